#!/usr/bin/env bash
# How long the macro takes for each function of the benchmarks, in milliseconds: built without and with optimisation.
# Cargo builds macros without it unless a `build-override` says otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."
export CHAINRULE_TIMINGS=$PWD/target/expansion/timings

timings() {
    touch benches/ratios.rs
    mkdir -p target/expansion
    rm -f "$CHAINRULE_TIMINGS"
    CARGO_PROFILE_DEV_BUILD_OVERRIDE_OPT_LEVEL=$1 \
        cargo build --quiet --bench ratios --target-dir "target/expansion/$1"
    awk -F '\t' '{ printf "%s %.1f\n", $1, $2 / 1000 }' "$CHAINRULE_TIMINGS" | sort
}

plain=$(timings 0)
optimised=$(timings 3)
echo "| function | macro in debug, ms | macro in release, ms |"
echo "|---|---:|---:|"
join <(echo "$plain") <(echo "$optimised") | sed 's/^\(.*\) \(.*\) \(.*\)$/| \1 | \2 | \3 |/'
