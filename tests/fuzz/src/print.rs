//! Programs as Rust.

use crate::ast::*;
use std::fmt::Write;

/// The functions as `f0`, `f1`, ..; the parameters of the last one are those of [`crate::compare`].
pub fn print(program: &Program) -> String {
    print_with(program, "")
}

/// The same with options of the attribute: `(order = 2)`.
pub fn print_with(program: &Program, options: &str) -> String {
    let mut out = String::from(STRUCT);
    for (number, function) in program.functions.iter().enumerate() {
        let params: Vec<String> =
            function.params.iter().map(|(name, ty)| format!("{name}: {}", type_name(*ty))).collect();
        let params = params.join(", ");
        let returns = type_name(function.returns);
        let parameters =
            function.params.iter().filter(|(_, ty)| matches!(ty, Type::Float | Type::Struct)).map(|(name, _)| name);
        // parameters are mutable variables too
        let shadows: String =
            parameters.fold(String::new(), |all, name| all + &format!("    let mut {name} = {name};\n"));
        let _ = writeln!(
            out,
            "#[chainrule::differentiable{options}]\npub fn f{number}({params}) -> {returns} {{\n{shadows}"
        );
        block(&mut out, &Block { result: None, ..function.body.clone() }, function);
        if let Some(result) = &function.body.result {
            let _ = writeln!(out, "{}", returned(result, function));
        }
        out.push_str("}\n\n");
    }
    out
}

const STRUCT: &str =
    "#[derive(Clone, Copy, chainrule::Differentiable)]\npub struct S {\n    a: f64,\n    b: f64,\n}\n\n";

fn type_name(ty: Type) -> &'static str {
    match ty {
        Type::Unit => "()",
        Type::Float => "f64",
        Type::Item => "&f64",
        Type::ItemMut => "&mut f64",
        Type::Pair => "(f64, f64)",
        Type::Array => "Vec<f64>",
        Type::Slice => "&[f64]",
        Type::SliceMut => "&mut [f64]",
        Type::Count => "usize",
        Type::Struct => "S",
        Type::StructMut => "&mut S",
        Type::Option => "Option<f64>",
        Type::Closure => "impl Fn(f64) -> f64",
        Type::Structs => "Vec<S>",
        Type::List => "Vec<f64>",
    }
}

fn block(out: &mut String, body: &Block, function: &Function) {
    for item in &body.stmts {
        stmt(out, item, function);
    }
    if let Some(result) = &body.result {
        let _ = writeln!(out, "{}", value(result, function));
    }
}

fn braced(body: &Block, function: &Function) -> String {
    let mut out = String::from("{\n");
    block(&mut out, body, function);
    out.push('}');
    out
}

fn stmt(out: &mut String, item: &Stmt, function: &Function) {
    let float = |x: &Expr| expr(x, function);
    let text = match item {
        Stmt::Let(name, x) => format!("let mut {name} = {};", float(x)),
        Stmt::LetPair(name, x) => format!("let mut {name} = {};", pair(x, function)),
        Stmt::LetParts([a, b], x) => format!("let (mut {a}, mut {b}) = {};", pair(x, function)),
        Stmt::LetArray(name, xs) => {
            format!("let mut {name} = [{}];", xs.iter().map(float).collect::<Vec<_>>().join(", "))
        }
        Stmt::LetVec(name, x) => format!("let mut {name} = vec![{}; {LENGTH}];", float(x)),
        Stmt::LetCount(name, x) => format!("let mut {name}: usize = {};", index(x)),
        Stmt::Count(name, by) => format!("{name} += {by};"),
        Stmt::Assign(place, op, x) => {
            let place = match place {
                Place::Var(name) => name.clone(),
                Place::Deref(name) => format!("*{name}"),
                Place::Elem(name, at) => format!("{name}[{}]", index(at)),
                Place::Part(name, at) => format!("{name}.{at}"),
                Place::Field(name, at) => format!("{name}.{}", FIELDS[*at]),
                Place::ElemField(name, at, field) => format!("{name}[{}].{}", index(at), FIELDS[*field]),
            };
            match op {
                Assign::Set => format!("{place} = {};", float(x)),
                Assign::Add => format!("{place} += {};", float(x)),
                Assign::Sub => format!("{place} -= {};", float(x)),
                Assign::Mul => format!("{place} *= {};", float(x)),
                Assign::Div => format!("{place} /= ({}).sin() + 1.5;", float(x)),
            }
        }
        Stmt::If(c, then, None) => format!("if {} {}", cond(c, function), braced(then, function)),
        Stmt::If(c, then, Some(otherwise)) => {
            format!("if {} {} else {}", cond(c, function), braced(then, function), braced(otherwise, function))
        }
        Stmt::Match(on, arms) => {
            let last = arms.len() - 1;
            let mut text = format!("match {} {{\n", index(on));
            for (number, arm) in arms.iter().enumerate() {
                let pattern = if number == last { "_".into() } else { number.to_string() };
                let _ = writeln!(text, "{pattern} => {}", braced(arm, function));
            }
            text + "}"
        }
        Stmt::For(x) => {
            let mut range = format!("{}..{}", index(&x.start), index(&x.end));
            if x.step > 1 || x.reversed {
                range = format!("({range})");
            }
            if x.step > 1 {
                let _ = write!(range, ".step_by({})", x.step);
            }
            if x.reversed {
                range.push_str(".rev()");
            }
            format!("{}: for {} in {range} {}", x.label, x.var, braced(&x.body, function))
        }
        Stmt::Each { label, array, item, index, mutable, body } => {
            let iter = if *mutable { "iter_mut" } else { "iter" };
            let body = braced(body, function);
            match index {
                Some(index) => format!("{label}: for ({index}, {item}) in {array}.{iter}().enumerate() {body}"),
                None => format!("{label}: for {item} in {array}.{iter}() {body}"),
            }
        }
        Stmt::While { label, counter, limit, cond: also, body } => {
            let also = also.as_ref().map_or(String::new(), |c| format!(" && {}", cond(c, function)));
            let body = braced(body, function);
            let head = format!("let mut {counter}: usize = 0;\n{label}: while {counter} < {limit}{also}");
            format!("{head} {{\n{counter} += 1;\n{}", &body[1..])
        }
        Stmt::Loop { label, counter, limit, body } => {
            let body = braced(body, function);
            let head = format!("let mut {counter}: usize = 0;\n{label}: loop {{\nif {counter} >= {limit} {{ break; }}");
            format!("{head}\n{counter} += 1;\n{}", &body[1..])
        }
        Stmt::Break(label) => format!("break {};", label.as_deref().unwrap_or_default()),
        Stmt::Continue(label) => format!("continue {};", label.as_deref().unwrap_or_default()),
        Stmt::Return(None) => "return;".into(),
        Stmt::Return(Some(x)) => format!("return {};", returned(x, function)),
        Stmt::Call(callee, given) => format!("f{callee}({});", args(given, function)),
        Stmt::LetStruct(name, x) => format!("let mut {name} = {};", structure(x, function)),
        Stmt::AssignStruct(name, deref, x) => {
            format!("{}{name} = {};", if *deref { "*" } else { "" }, structure(x, function))
        }
        Stmt::LetStructs(name, x) => format!("let mut {name} = vec![{}; {LENGTH}];", structure(x, function)),
        Stmt::AssignElem(name, at, x) => format!("{name}[{}] = {};", index(at), structure(x, function)),
        Stmt::LetClosure(name, param, x) => format!("let {name} = move |{param}: f64| {};", float(x)),
        Stmt::IfSome(name, callee, given, then, otherwise) => format!(
            "if let Some(mut {name}) = f{callee}({}) {} else {}",
            args(given, function),
            braced(then, function),
            braced(otherwise, function)
        ),
        Stmt::IfGet(name, array, at, then, otherwise) => format!(
            "if let Some(mut {name}) = {array}.get({}).copied() {} else {}",
            index(at),
            braced(then, function),
            braced(otherwise, function)
        ),
        Stmt::LetElse(name, callee, given, otherwise) => {
            format!("let Some(mut {name}) = f{callee}({}) else {};", args(given, function), braced(otherwise, function))
        }
        Stmt::LetTry(name, callee, given) => format!("let mut {name} = f{callee}({})?;", args(given, function)),
        Stmt::Swap(name, i, j) => format!("{name}.swap({}, {});", index(i), index(j)),
        Stmt::Exchange(a, b) => format!("std::mem::swap(&mut {a}, &mut {b});"),
        Stmt::AssignParts([a, b], x) => format!("({a}, {b}) = {};", pair(x, function)),
        Stmt::Reverse(name) => format!("{name}.reverse();"),
        Stmt::Rotate(name, by) => format!("{name}.rotate_left({by});"),
        Stmt::Fill(name, x) => format!("{name}.fill({});", float(x)),
    };
    out.push_str(&text);
    out.push('\n');
}

/// What a function returns.
fn returned(x: &Value, function: &Function) -> String {
    let text = value(x, function);
    match (x, function.returns) {
        (Value::Pair(_), Type::List) => format!("{{ let pair = {text}; vec![pair.0, pair.1] }}"),
        (_, Type::List) => format!("vec![{text}]"),
        _ => text,
    }
}

fn value(x: &Value, function: &Function) -> String {
    match x {
        Value::Float(x) => expr(x, function),
        Value::Pair(x) => pair(x, function),
        Value::Struct(x) => structure(x, function),
        Value::Option(Some(x)) => format!("Some({})", expr(x, function)),
        Value::Option(None) => "None".into(),
    }
}

/// The names of the fields of the struct.
const FIELDS: [&str; 2] = ["a", "b"];

fn structure(x: &Struct, function: &Function) -> String {
    match x {
        Struct::Literal { a, b, swapped: false } => {
            format!("S {{ a: {}, b: {} }}", expr(a, function), expr(b, function))
        }
        Struct::Literal { a, b, swapped: true } => {
            format!("S {{ b: {}, a: {} }}", expr(b, function), expr(a, function))
        }
        Struct::Update(a, base) => format!("S {{ a: {}, ..{base} }}", expr(a, function)),
        Struct::Copy(name) => name.clone(),
        Struct::Deref(name) => format!("*{name}"),
        Struct::Elem(name, at) => format!("{name}[{}]", index(at)),
        Struct::Call(callee, given) => format!("f{callee}({})", args(given, function)),
    }
}

fn pair(x: &Pair, function: &Function) -> String {
    match x {
        Pair::Tuple(a, b) => format!("({}, {})", expr(a, function), expr(b, function)),
        Pair::Call(callee, given) => format!("f{callee}({})", args(given, function)),
    }
}

fn args(given: &[Arg], function: &Function) -> String {
    let borrowed = |name: &String| function.params.iter().any(|(param, _)| param == name);
    let lent = |name: &str| function.params.iter().any(|(param, ty)| param == name && *ty == Type::SliceMut);
    let borrowed_struct =
        |name: &str| function.params.iter().any(|(param, ty)| param == name && *ty == Type::StructMut);
    let each = given.iter().map(|arg| match arg {
        Arg::Float(x) => expr(x, function),
        // a `&mut` under its bare name counts as lent for writing, see docs/limitations.md
        Arg::Slice(name) if lent(name) => format!("&*{name}"),
        Arg::Slice(name) | Arg::SliceMut(name) if borrowed(name) => name.clone(),
        Arg::Slice(name) => format!("&{name}"),
        Arg::SliceMut(name) => format!("&mut {name}"),
        Arg::Count(x) => index(x),
        Arg::Less(name) => format!("{name} - 1"),
        Arg::Struct(x) => structure(x, function),
        Arg::StructMut(name) if borrowed_struct(name) => name.clone(),
        Arg::StructMut(name) => format!("&mut {name}"),
    });
    each.collect::<Vec<_>>().join(", ")
}

/// A `usize`.
pub fn index(x: &Index) -> String {
    let mut terms: Vec<String> = Vec::new();
    for (name, factor) in &x.terms {
        terms.push(if *factor == 1 { name.clone() } else { format!("{name} * {factor}") });
    }
    if x.offset > 0 || terms.is_empty() {
        terms.push(x.offset.to_string());
    }
    let plain = terms.len() == 1 && !terms[0].contains('*');
    let sum = terms.join(" + ");
    match x.modulus {
        Some(modulus) if plain => format!("{sum} % {modulus}"),
        Some(modulus) => format!("({sum}) % {modulus}"),
        None => sum,
    }
}

fn cond(c: &Cond, function: &Function) -> String {
    match c {
        Cond::Less(a, b) => format!("({}) < ({})", expr(a, function), expr(b, function)),
        Cond::Equal(a, b) => format!("{} == {b}", index(a)),
        Cond::And(a, b) => format!("({} && {})", cond(a, function), cond(b, function)),
        Cond::Or(a, b) => format!("({} || {})", cond(a, function), cond(b, function)),
        Cond::Not(a) => format!("!({})", cond(a, function)),
    }
}

fn expr(x: &Expr, function: &Function) -> String {
    let float = |x: &Expr| expr(x, function);
    match x {
        Expr::Const(x) => format!("{x:?}_f64"),
        Expr::Var(name) => name.clone(),
        Expr::Deref(name) => format!("*{name}"),
        Expr::Elem(name, at) => format!("{name}[{}]", index(at)),
        Expr::Part(name, at) => format!("{name}.{at}"),
        Expr::Cast(x) => format!("(({}) as f64)", index(x)),
        Expr::Unary(op, x) => {
            let x = float(x);
            match op {
                Unary::Neg => format!("-({x})"),
                Unary::Sin => format!("({x}).sin()"),
                Unary::Cos => format!("({x}).cos()"),
                Unary::Tanh => format!("({x}).tanh()"),
                Unary::Exp => format!("({x}).tanh().exp()"),
                Unary::Ln => format!("(({x}).sin() + 1.5).ln()"),
                Unary::Sqrt => format!("(({x}).sin() + 1.5).sqrt()"),
                Unary::Recip => format!("(({x}).sin() + 1.5).recip()"),
                Unary::Abs => format!("({x}).abs()"),
                Unary::Square => format!("({x}).powi(2)"),
                Unary::Cube => format!("({x}).powi(3)"),
            }
        }
        Expr::Binary(op, x, y) => {
            let (left, right) = (float(x), float(y));
            // a literal beside a value takes its type from it
            let right = match (op, &**x, &**y) {
                (Binary::Add | Binary::Sub | Binary::Mul, Expr::Var(_) | Expr::Elem(..), Expr::Const(y)) => {
                    format!("{y:?}")
                }
                _ => right,
            };
            match op {
                Binary::Add => format!("(({left}) + ({right}))"),
                Binary::Sub => format!("(({left}) - ({right}))"),
                Binary::Mul => format!("(({left}) * ({right}))"),
                Binary::Div => format!("(({left}) / (({right}).sin() + 1.5))"),
                Binary::Max => format!("({left}).max({right})"),
                Binary::Min => format!("({left}).min({right})"),
                Binary::Powf => format!("(({left}).sin() + 1.5).powf(({right}).tanh())"),
            }
        }
        Expr::If(c, then, otherwise) => {
            format!("(if {} {} else {})", cond(c, function), braced(then, function), braced(otherwise, function))
        }
        Expr::Call(callee, given) => format!("f{callee}({})", args(given, function)),
        Expr::Or(callee, given, x) => format!("f{callee}({}).unwrap_or({})", args(given, function), float(x)),
        Expr::MapOr(callee, given, x, item, body) => {
            format!("f{callee}({}).map_or({}, |{item}| {})", args(given, function), float(x), float(body))
        }
        Expr::Get(name, at, x) => format!("{name}.get({}).copied().unwrap_or({})", index(at), float(x)),
        Expr::Field(name, at) => format!("{name}.{}", FIELDS[*at]),
        Expr::ElemField(name, at, field) => format!("{name}[{}].{}", index(at), FIELDS[*field]),
        Expr::Apply(name, x) => format!("{name}({})", float(x)),
        Expr::Block(body) => format!("({})", braced(body, function)),
        Expr::Sum(array, item, body) => format!("{array}.iter().map(|{item}| {}).sum::<f64>()", float(body)),
    }
}
