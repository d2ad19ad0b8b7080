#!/usr/bin/env bash
# Instructions per call, counted by callgrind: `benches/instructions.sh [filter]`. Needs valgrind.
#
# A run of 3N calls minus a run of N calls leaves 2N calls and nothing of the set-up.
set -euo pipefail
cd "$(dirname "$0")/.."
filter=${1:-}
counts=$(mktemp -d)
trap 'rm -rf "$counts"' EXIT

binary=$(cargo bench --no-run --bench ratios 2>&1 | sed -n 's/.*(\(target.*ratios-[0-9a-f]*\))$/\1/p')

# The instructions of `case variant times`, start and end of the process included.
total() {
    valgrind --tool=callgrind --callgrind-out-file="$counts/out" "$binary" "$@" >/dev/null 2>"$counts/log"
    sed -n 's/^.*Collected : \([0-9]*\).*$/\1/p' "$counts/log"
}

per_call() {
    echo $((($(total "$1" "$2" $((3 * times))) - $(total "$1" "$2" "$times")) / (2 * times)))
}

echo "| problem | primal | generated gradient | gradient by hand | generated / primal | by hand / primal |"
echo "|---|---:|---:|---:|---:|---:|"
for case in $("$binary" --list | grep -F -- "$filter"); do
    case $case in
    gmm-*) times=1 ;;
    *) times=100 ;;
    esac
    primal=$(per_call "$case" primal)
    generated=$(per_call "$case" generated)
    by_hand=$(per_call "$case" by-hand)
    awk -v n="$case" -v p="$primal" -v g="$generated" -v h="$by_hand" \
        'BEGIN { printf "| %s | %d | %d | %d | %.2f | %.2f |\n", n, p, g, h, g / p, h / p }'
done
