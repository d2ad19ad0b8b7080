//! Integer sums as they stand in the source: `start + j - i - 1`.

use crate::emit::marked_vars;
use crate::ir::{Block, Expr, Place, Projection, Range, Stmt, Ty, Var, Vars};
use crate::lower::marker;
use proc_macro2::{Delimiter, Group, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// Whether a range is all the integers from zero up to its bound, in either direction.
pub fn starts_at_zero(range: &Range) -> bool {
    range.is_whole() && Sum::of(&range.low).is_some_and(|low| low.is_zero())
}

/// How far an index is from a variable: `i + 1`, `i`, `i - 1`.
pub fn distance(at: &Expr, index: Var) -> Option<i64> {
    Sum::of(at)?.without(index)?.constant()
}

/// Whether statements read or write an element of a list at the variable, or at a sum that it, or a multiple of it, is a
/// term of: it is a `usize` then.
pub fn is_index(vars: &Vars, body: &Block, index: Var) -> bool {
    let mut found = body.result.iter().any(|result| has_index(vars, result, index));
    body.for_each_stmt(&mut |stmt| {
        if let Stmt::Assign(place, _) | Stmt::Add(place, _) = stmt {
            found |= is_index_of(vars, place, index);
        }
        stmt.for_each_expr(&mut |expr| found |= has_index(vars, expr, index));
        let results = stmt.blocks().into_iter().filter_map(|block| block.result.as_ref());
        results.for_each(|result| found |= has_index(vars, result, index));
    });
    found
}

fn has_index(vars: &Vars, expr: &Expr, index: Var) -> bool {
    let mut found = match expr {
        Expr::Load(place) | Expr::Borrow(place, _) | Expr::Snapshot(place) => is_index_of(vars, place, index),
        _ => false,
    };
    expr.for_each_child(&mut |child| found |= has_index(vars, child, index));
    found
}

fn is_index_of(vars: &Vars, place: &Place, index: Var) -> bool {
    let mut ty = vars[place.root].ty.clone();
    for step in &place.path {
        let (Projection::Index(at), Ty::Array(item) | Ty::Slice(item) | Ty::Vec(item)) = (step, ty) else {
            return false;
        };
        if Sum::of(at).is_some_and(|at| at.without(index).is_some() || at.product(index).is_some()) {
            return true;
        }
        ty = *item;
    }
    false
}

/// A sum of source terms and a constant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sum {
    plus: Vec<Term>,
    minus: Vec<Term>,
    constant: i64,
}

/// A term without a sign of its own, in marked source.
#[derive(Clone, Debug)]
struct Term(TokenStream);

impl Term {
    /// The factors between the signs of multiplication, if it has no other operators.
    fn factors(&self) -> Option<Vec<TokenStream>> {
        let mut factors = vec![TokenStream::new()];
        for token in self.0.clone() {
            match &token {
                TokenTree::Punct(punct) if punct.as_char() == '*' => factors.push(TokenStream::new()),
                TokenTree::Punct(punct) if matches!(punct.as_char(), '/' | '%') => return None,
                _ => factors.last_mut()?.extend([token]),
            }
        }
        factors.iter().all(|factor| !factor.is_empty()).then_some(factors)
    }
}

impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_string() == other.0.to_string()
    }
}

impl Sum {
    /// The sum that an integer expression is; of source that is no sum, one term.
    pub fn of(expr: &Expr) -> Option<Self> {
        match expr {
            Expr::Var(var) => Some(Self::of_var(*var)),
            Expr::Opaque(opaque) if opaque.cheap && opaque.writes.is_empty() => Self::parse(opaque.tokens.0.clone()),
            _ => None,
        }
    }

    /// A variable.
    pub fn of_var(var: Var) -> Self {
        let marker = TokenTree::Ident(marker(var, Span::call_site()));
        Self { plus: vec![Term(marker.into())], ..Self::default() }
    }

    /// A number.
    pub fn integer(constant: i64) -> Self {
        Self { constant, ..Self::default() }
    }

    fn parse(tokens: TokenStream) -> Option<Self> {
        if !tokens.clone().into_iter().all(|token| is_in_sum(&token)) {
            let whole = TokenTree::Group(Group::new(Delimiter::Parenthesis, tokens));
            return Some(Self { plus: vec![Term(whole.into())], ..Self::default() });
        }
        let mut sum = Self::default();
        let (mut term, mut negative) = (Vec::new(), false);
        for token in tokens {
            match &token {
                TokenTree::Punct(punct) if matches!(punct.as_char(), '+' | '-') => {
                    sum.add_term(std::mem::take(&mut term), negative)?;
                    negative = punct.as_char() == '-';
                }
                _ => term.push(token),
            }
        }
        sum.add_term(term, negative)?;
        Some(sum)
    }

    fn add_term(&mut self, mut term: Vec<TokenTree>, negative: bool) -> Option<()> {
        let inner = match term.as_slice() {
            [] => return None,
            [TokenTree::Group(group)] if matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::None) => {
                Some(Self::parse(group.stream())?)
            }
            [TokenTree::Literal(literal)] => {
                let text = literal.to_string();
                let digits = text.strip_suffix("usize").unwrap_or(&text).replace('_', "");
                Some(Self::integer(digits.parse().ok()?))
            }
            _ => None,
        };
        let inner = inner.unwrap_or_else(|| {
            let term = Term(term.drain(..).collect());
            Self { plus: vec![term], ..Self::default() }
        });
        *self = if negative { self.less(&inner) } else { self.plus(&inner) };
        Some(())
    }

    /// The sum of two; what cancels is left out.
    pub fn plus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        sum.constant += other.constant;
        for term in &other.plus {
            cancel_or_push(&mut sum.plus, &mut sum.minus, term);
        }
        for term in &other.minus {
            cancel_or_push(&mut sum.minus, &mut sum.plus, term);
        }
        sum
    }

    /// The difference of two.
    pub fn less(&self, other: &Self) -> Self {
        let negative = Self { plus: other.minus.clone(), minus: other.plus.clone(), constant: -other.constant };
        self.plus(&negative)
    }

    /// What is left of it without this variable, if that is one of its terms and stands in no other.
    pub fn without(&self, var: Var) -> Option<Self> {
        let rest = self.less(&Self::of_var(var));
        (rest.plus.len() + 1 == self.plus.len() && !rest.reads().contains(&var)).then_some(rest)
    }

    /// Whether this variable is subtracted, and what is left of the sum without it, if it is one term and stands in no other.
    pub fn apart(&self, var: Var) -> Option<(bool, Self)> {
        if let Some(rest) = self.without(var) {
            return Some((false, rest));
        }
        let rest = self.plus(&Self::of_var(var));
        (rest.minus.len() + 1 == self.minus.len() && !rest.reads().contains(&var)).then_some((true, rest))
    }

    /// Its products of two factors, in both orders, and what is left without each: `i`, `n` and `j` of `i * n + j`.
    pub fn products(&self) -> Vec<(Self, Self, Self)> {
        let mut products = Vec::new();
        for term in &self.plus {
            if let Some([left, right]) = term.factors().as_deref()
                && let (Some(left), Some(right)) = (Self::parse(left.clone()), Self::parse(right.clone()))
            {
                let rest = self.less(&Self { plus: vec![term.clone()], ..Self::default() });
                products.push((left.clone(), right.clone(), rest.clone()));
                products.push((right, left, rest));
            }
        }
        products
    }

    /// The source of its terms.
    pub fn terms(&self) -> impl Iterator<Item = &TokenStream> {
        self.plus.iter().chain(&self.minus).map(|term| &term.0)
    }

    /// The index of an element of a list, or the two of one of a matrix.
    pub fn indices(at: &Expr) -> Option<Vec<Self>> {
        if let Expr::Opaque(opaque) = at
            && let [TokenTree::Group(group)] = &opaque.tokens.0.clone().into_iter().collect::<Vec<_>>()[..]
        {
            let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
            let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
            if opaque.cheap && opaque.writes.is_empty() && tokens.iter().any(is_comma) {
                return tokens.split(is_comma).map(|part| Self::parse(part.iter().cloned().collect())).collect();
            }
        }
        Some(vec![Self::of(at)?])
    }

    /// What is left of it without the product that has this variable as a factor, and what the variable is multiplied by
    /// there, if it stands in no other term: `j` and `n` of `i * n + j`.
    pub fn product(&self, var: Var) -> Option<(Self, Self)> {
        self.products().into_iter().find_map(|(factor, other, rest)| {
            let alone = factor == Self::of_var(var) && other != factor && !rest.reads().contains(&var);
            alone.then_some((rest, other))
        })
    }

    /// The product of two; of a sum with more than one term it is one term.
    pub fn times(&self, other: &Self) -> Self {
        match (self.constant(), other.constant()) {
            (Some(0), _) | (_, Some(0)) => Self::default(),
            (Some(1), _) => other.clone(),
            (_, Some(1)) => self.clone(),
            _ => {
                let mut tokens = self.as_factor();
                tokens.extend([TokenTree::Punct(Punct::new('*', Spacing::Alone))]);
                tokens.extend(other.as_factor());
                Self { plus: vec![Term(tokens)], ..Self::default() }
            }
        }
    }

    fn as_factor(&self) -> TokenStream {
        let tokens = self.tokens();
        match tokens.clone().into_iter().count() {
            1 => tokens,
            _ => TokenTree::Group(Group::new(Delimiter::Parenthesis, tokens)).into(),
        }
    }

    /// The variables in it.
    pub fn reads(&self) -> Vec<Var> {
        let mut reads: Vec<Var> = self.plus.iter().chain(&self.minus).flat_map(|term| marked_vars(&term.0)).collect();
        reads.sort_unstable();
        reads.dedup();
        reads
    }

    /// Its value, if it has no terms.
    pub fn constant(&self) -> Option<i64> {
        (self.plus.is_empty() && self.minus.is_empty()).then_some(self.constant)
    }

    /// Whether it is zero, whatever its variables are.
    pub fn is_zero(&self) -> bool {
        self.constant() == Some(0)
    }

    /// One more, where nothing is subtracted: what is less than zero on the way would be an error, or enormous, and its successor is neither.
    pub fn successor(&self) -> Option<Expr> {
        (self.minus.is_empty() && self.constant >= 0).then(|| self.plus(&Self::integer(1)).expr())
    }

    /// The sum as an expression.
    pub fn expr(&self) -> Expr {
        crate::emit::integer(self.tokens(), self.reads())
    }

    /// `self..end`
    pub fn range_to(&self, end: &Self) -> Expr {
        let reads = [self.reads(), end.reads()].concat();
        let low = if self.is_zero() { TokenStream::new() } else { self.tokens() };
        crate::emit::range_of(&low, &end.tokens(), reads)
    }

    /// `self..`
    pub fn to_the_end(&self) -> Expr {
        crate::emit::range_of(&self.tokens(), &TokenStream::new(), self.reads())
    }

    /// Its source: first what is added, so that no difference on the way is negative.
    fn tokens(&self) -> TokenStream {
        let mut tokens = TokenStream::new();
        let sign = |tokens: &mut TokenStream, sign| {
            if !tokens.is_empty() {
                tokens.extend([TokenTree::Punct(Punct::new(sign, Spacing::Alone))]);
            }
        };
        for term in &self.plus {
            sign(&mut tokens, '+');
            tokens.extend(term.0.clone());
        }
        if self.constant > 0 || self.plus.is_empty() {
            sign(&mut tokens, '+');
            tokens.extend([TokenTree::Literal(Literal::i64_unsuffixed(self.constant.max(0)))]);
        }
        for term in &self.minus {
            sign(&mut tokens, '-');
            tokens.extend(term.0.clone());
        }
        if self.constant < 0 {
            sign(&mut tokens, '-');
            tokens.extend([TokenTree::Literal(Literal::u64_unsuffixed(self.constant.unsigned_abs()))]);
        }
        tokens
    }
}

fn cancel_or_push(terms: &mut Vec<Term>, opposite: &mut Vec<Term>, term: &Term) {
    match opposite.iter().position(|known| known == term) {
        Some(at) => {
            opposite.remove(at);
        }
        None => terms.push(term.clone()),
    }
}

/// Whether a token stands in sums and products only.
fn is_in_sum(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(ident) => {
            !matches!(ident.to_string().as_str(), "as" | "if" | "match" | "unsafe" | "move" | "loop")
        }
        TokenTree::Punct(punct) => matches!(punct.as_char(), '+' | '-' | '*' | '/' | '%' | '.' | ':'),
        TokenTree::Group(group) => group.delimiter() != Delimiter::Brace,
        TokenTree::Literal(_) => true,
    }
}
