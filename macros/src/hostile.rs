//! Mutated tokens of valid functions: the macro neither panics nor hangs on them.
//!
//! The functions are those of the zoo, read when the test runs. Outside of a compiler `proc_macro2` brings tokens of its own.

use crate::derive::expand_derive;
use crate::differentiable::expand_differentiable;
use crate::stand_in::expand_derivative_of;
use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

const CASES: usize = 10_000;

/// Far above what any function of the zoo takes, and far below a hang.
const LIMIT: Duration = Duration::from_secs(10);

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }
}

/// The items of the zoo: those in `zoo! { .. }`.
fn zoo() -> Vec<TokenStream> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/zoo");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut items = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs")) {
        let file = syn::parse_file(&std::fs::read_to_string(file).unwrap()).unwrap();
        for item in file.items {
            if let syn::Item::Macro(zoo) = item
                && let Ok(inner) = syn::parse2::<syn::File>(zoo.mac.tokens)
            {
                items.extend(inner.items.iter().map(ToTokens::to_token_stream));
            }
        }
    }
    items
}

/// One change somewhere in a stream: tokens are dropped, doubled, swapped, replaced or taken from elsewhere.
fn mutate(tokens: TokenStream, donor: &[TokenTree], random: &mut Random) -> TokenStream {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let groups: Vec<usize> = (0..tokens.len()).filter(|at| matches!(tokens[*at], TokenTree::Group(_))).collect();
    if !groups.is_empty() && random.below(8) != 0 {
        let at = groups[random.below(groups.len())];
        if let TokenTree::Group(group) = &tokens[at] {
            let inner = mutate(group.stream(), donor, random);
            let delimiter = match random.below(40) {
                0 => Delimiter::Bracket,
                1 => Delimiter::Brace,
                2 => Delimiter::Parenthesis,
                _ => group.delimiter(),
            };
            tokens[at] = Group::new(delimiter, inner).into();
        }
        return tokens.into_iter().collect();
    }
    let at = random.below(tokens.len());
    let other = random.below(tokens.len());
    match random.below(7) {
        0 if !tokens.is_empty() => drop(tokens.remove(at)),
        1 if !tokens.is_empty() => tokens.insert(at, tokens[other].clone()),
        2 if !tokens.is_empty() => tokens.swap(at, other),
        3 if !tokens.is_empty() => tokens[at] = odd(random),
        4 if !tokens.is_empty() => drop(tokens.drain(at.min(other)..at.max(other))),
        5 if !tokens.is_empty() && !donor.is_empty() => tokens[at] = donor[random.below(donor.len())].clone(),
        _ => tokens.insert(at, odd(random)),
    }
    tokens.into_iter().collect()
}

/// A token that may mean something else here.
fn odd(random: &mut Random) -> TokenTree {
    const WORDS: &[&str] = &[
        "x", "self", "mut", "ref", "let", "if", "else", "match", "loop", "while", "for", "in", "return", "break",
        "continue", "move", "async", "unsafe", "fn", "f64", "f32", "usize", "dyn", "impl", "const", "static", "_",
        "as", "where", "await",
    ];
    const SIGNS: &[char] =
        &['+', '-', '*', '/', '=', '&', '|', '!', '?', '.', ',', ';', ':', '<', '>', '#', '@', '\'', '%'];
    match random.below(3) {
        0 => Ident::new(WORDS[random.below(WORDS.len())], Span::call_site()).into(),
        1 => Punct::new(SIGNS[random.below(SIGNS.len() - 2)], Spacing::Alone).into(),
        _ => match random.below(4) {
            0 => Literal::u128_unsuffixed(u128::MAX).into(),
            1 => Literal::f64_unsuffixed(1e308).into(),
            2 => Literal::string("x").into(),
            _ => Literal::usize_suffixed(random.below(9)).into(),
        },
    }
}

/// A function without its body.
fn declaration(item: TokenStream) -> TokenStream {
    let is_body = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    item.into_iter().filter(|token| !is_body(token)).chain([Punct::new(';', Spacing::Alone).into()]).collect()
}

/// All tokens in all groups.
fn flat(tokens: TokenStream, into: &mut Vec<TokenTree>) {
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            flat(group.stream(), into);
        }
        into.push(token);
    }
}

#[test]
fn never_panics_and_never_hangs() {
    let items = zoo();
    assert!(items.len() > 100, "the zoo has only {} functions", items.len());
    let mut donor = Vec::new();
    items.iter().for_each(|item| flat(item.clone(), &mut donor));
    const OPTIONS: &[&str] = &[
        "",
        "",
        "",
        "",
        "wrt(x)",
        "wrt(x, x)",
        "simplify = false",
        "checkpoint",
        "order = 2",
        "wrt",
        "=,",
        "custom_jvp = rule",
        "custom_vjp = <f64 as Rules>::rule, checkpoint",
    ];
    let mut random = Random(7);
    for case in 0..CASES {
        let mut item = items[random.below(items.len())].clone();
        for _ in 0..1 + random.below(3) {
            item = mutate(item, &donor, &mut random);
        }
        let options = TokenStream::from_str(OPTIONS[random.below(OPTIONS.len())]).unwrap();
        let begun = Instant::now();
        let text = format!("#[differentiable({options})]\n{item}");
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            drop(expand_differentiable(options.clone(), item.clone()));
            drop(expand_derivative_of(
                TokenStream::from_str(&format!("other::f, {options}")).unwrap(),
                declaration(item.clone()),
            ));
            drop(expand_derive(item));
        }));
        assert!(outcome.is_ok(), "case {case} makes the macro panic:\n{text}");
        assert!(begun.elapsed() < LIMIT, "case {case} takes {:?}:\n{text}", begun.elapsed());
    }
}
