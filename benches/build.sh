#!/usr/bin/env bash
# How long the core takes to build from nothing (`default-features = false`, the profile `dev`, nothing incremental, as for a
# dependency), and the same for a macro that does nothing with the same dependencies: less than that no macro on `syn` takes.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
export CARGO_INCREMENTAL=0

# timed NAME: a clean build of the crate that the standard input describes.
timed() {
    local crate=$root/target/build-time/$1
    mkdir -p "$crate/src"
    : > "$crate/src/lib.rs"
    cat > "$crate/Cargo.toml"
    cp "$root/Cargo.lock" "$crate/Cargo.lock"
    (
        cd "$crate"
        cargo fetch --quiet
        rm -rf target
        TIMEFORMAT="$1: %R s, %U s + %S s of the processors"
        time cargo build --quiet --timings --target-dir target
        # the start and the duration of each crate, from cargo's own report
        sed -n '/^const UNIT_DATA = \[/,/^\];/p' target/cargo-timings/cargo-timing.html |
            awk -F '[:,]' '/"name"/ { name = $2 } /"target"/ { target = $2 } /"start"/ { start = $2 }
                /"duration"/ { printf "  %s%s from %.1f s on for %.1f s\n", name, target, start, $2 }' | tr -d '"'
    )
}

timed core <<TOML
[package]
name = "core-build"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
chainrule = { path = "$root", default-features = false }
TOML

{
    cat <<TOML
[package]
name = "empty-macro"
version = "0.0.0"
edition = "2024"
[workspace]
[lib]
proc-macro = true
[dependencies]
TOML
    sed -n '/^\[dependencies\]/,/^$/p' macros/Cargo.toml | sed 1d
} | timed empty-macro
