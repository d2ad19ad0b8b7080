#!/usr/bin/env bash
# What `#[differentiable]` costs where it stands on the functions of a problem (of all problems without an argument), in
# milliseconds of processor time, with the macro and its dependencies built without optimisation, as Cargo does by itself, and
# with it, as a `build-override` may ask for.
#
# The first table has the time in the macro for each function. The second has the functions of each file together: what
# `cargo check` takes for them without the attribute, and what the attribute adds, the macro and rustc's work on the
# generated code. The functions stand in a crate of their own, several times, so that the times are long enough to be
# measured. All times are the least of several runs.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
crate=$root/target/expansion
problems=${1:-$(cd benches/problems && grep -l '^#\[differentiable' -- *.rs | sed 's/\.rs$//')}
copies=${COPIES:-5}
copies_without=${COPIES_WITHOUT:-100}
runs=${RUNS:-3}

mkdir -p "$crate/src"
cat > "$crate/Cargo.toml" <<TOML
[package]
name = "expansion"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
chainrule = { path = "$root", features = ["sparse"] }
nalgebra = { version = "0.35", default-features = false, features = ["std"] }
TOML
cp Cargo.lock "$crate/Cargo.lock"

# A problem's file up to the end of the last function with the attribute, without what it takes from its neighbours.
functions() {
    awk '{ line[NR] = $0 }
         /^#\[differentiable/ { inside = 1 }
         /^}/ && inside { last = NR; inside = 0 }
         END { for (i = 1; i <= last; i++) print line[i] }' "benches/problems/$1.rs" |
        grep -vE '^(//!|#!\[|use (super|rand|rand_chacha|chainrule::init|chainrule::sparse))'
}

without_attribute() {
    sed -E '/^#\[differentiable/d; s/#\[no_diff\] ?//g'
}

# copied TIMES: a crate with the standard input in that many modules.
copied() {
    local source
    source=$(cat)
    echo '#![allow(warnings)]'
    for i in $(seq "$1"); do
        printf 'pub mod copy_%d {\n%s\n}\n' "$i" "$source"
    done
}

# The processor time of `cargo check` of the crate as it stands.
checked() {
    TIMEFORMAT='%U %S'
    for _ in $(seq "$runs"); do
        touch "$crate/src/lib.rs"
        { time (cd "$crate" && cargo check --quiet --target-dir "$crate/$level" 2>> "$crate/log"); } 2>&1
    done | awk '{ t = ($1 + $2) * 1000 } NR == 1 || t < least { least = t } END { print least }'
}

export CARGO_INCREMENTAL=0
rm -f "$crate"/timings.* "$crate/log"
declare -A without added
for level in 0 3; do
    export CARGO_PROFILE_DEV_BUILD_OVERRIDE_OPT_LEVEL=$level
    : > "$crate/src/lib.rs"
    (cd "$crate" && cargo check --quiet --target-dir "$crate/$level")
    empty=$(checked)
    for problem in $problems; do
        if [ "$level" = 0 ]; then
            functions "$problem" | without_attribute | copied "$copies_without" > "$crate/src/lib.rs"
            without[$problem]=$(awk -v a="$(checked)" -v b="$empty" -v n="$copies_without" 'BEGIN { print (a - b) / n }')
        fi
        functions "$problem" | copied "$copies" > "$crate/src/lib.rs"
        export CHAINRULE_TIMINGS=$crate/timings.$level.$problem
        added[$problem,$level]=$(awk -v a="$(checked)" -v b="$empty" -v n="$copies" -v own="${without[$problem]}" \
            'BEGIN { print (a - b) / n - own }')
        unset CHAINRULE_TIMINGS
    done
done

# least LEVEL PROBLEM: the functions of a problem with their times in the macro.
least() {
    awk -F '\t' '!($1 in least) || $2 < least[$1] { least[$1] = $2 }
        END { for (name in least) printf "%s %.1f\n", name, least[name] / 1000 }' "$crate/timings.$1.$2" | sort
}

echo "| function | macro in debug, ms | macro in release, ms |"
echo "|---|---:|---:|"
for problem in $problems; do
    join <(least 0 "$problem") <(least 3 "$problem") | sed "s/^\(.*\) \(.*\) \(.*\)$/| \`$problem::\1\` | \2 | \3 |/"
done
echo
echo "| file | functions | checked without it, ms | added, macro in debug, ms | times | added, macro in release, ms | times |"
echo "|---|---:|---:|---:|---:|---:|---:|"
for problem in $problems; do
    count=$(functions "$problem" | grep -c '^#\[differentiable')
    awk -v p="$problem" -v c="$count" -v w="${without[$problem]}" -v d="${added[$problem,0]}" -v r="${added[$problem,3]}" \
        'BEGIN { printf "| %s | %d | %.1f | %.0f | %.0f | %.0f | %.0f |\n", p, c, w, d, d / w, r, r / w }'
done
