//! Variables that a format string captures: `assert!(x > 0.0, "x is {x}")`.
//!
//! Takes the name of a macro and its arguments; returns the names that its format string reads. They become named
//! arguments, because a variable of the source may have another name in generated code, or be a place without a name.

use std::collections::BTreeSet;

/// The position of the format string among the arguments of a macro.
fn position(name: &str) -> Option<usize> {
    Some(match name {
        "print" | "println" | "eprint" | "eprintln" | "format" | "panic" | "unreachable" | "todo" | "unimplemented" => {
            0
        }
        "trace" | "debug" | "info" | "warn" | "error" => 0,
        "assert" | "debug_assert" | "write" | "writeln" => 1,
        "assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne" => 2,
        _ => return None,
    })
}

/// The names that the format string of a macro captures, in order, except those that are given as arguments.
pub fn captures<'a>(name: &str, mut args: impl Iterator<Item = &'a syn::Expr>) -> Vec<String> {
    let Some(position) = position(name) else { return Vec::new() };
    let Some(syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(format), .. })) = args.nth(position) else {
        return Vec::new();
    };
    let given: BTreeSet<String> = args.filter_map(argument_name).collect();
    names(&format.value()).into_iter().filter(|name| !given.contains(name)).collect()
}

/// `name` of `name = value`.
fn argument_name(arg: &syn::Expr) -> Option<String> {
    match arg {
        syn::Expr::Assign(assign) => match &*assign.left {
            syn::Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
            _ => None,
        },
        _ => None,
    }
}

/// The names in `{name}`, `{name:?}`, `{:width$.precision$}`.
fn names(format: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut note = |name: &str| {
        if syn::parse_str::<syn::Ident>(name).is_ok() && !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
    };
    let text = format.replace("{{", "");
    for hole in text.split('{').skip(1) {
        let hole = hole.split('}').next().unwrap_or_default();
        let (name, spec) = hole.split_once(':').unwrap_or((hole, ""));
        note(name.trim());
        for counted in spec.split_inclusive('$').filter_map(|part| part.strip_suffix('$')) {
            let start = counted.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |at| at + 1);
            note(&counted[start..]);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn every_form_is_found() {
        assert_eq!(names("{x} {} {0} {{y}} {z:?} {:w$.p$} {x:>8.3}"), ["x", "z", "w", "p"]);
        assert_eq!(names("none"), [""; 0]);
    }
}
