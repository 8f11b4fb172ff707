#!/usr/bin/env bash
# How long the compiler takes: the crate itself, and programs that use it.
#
# usage: benches/compile_time/run.sh [PROGRAM...]     (default: all; writes a table in Markdown)
#
# Every program is a crate of its own in a temporary folder, as a user's is. "check" is `cargo check` of the whole program after a
# change, without what rustc would remember of the last time: the most that a change can cost. "release" is
# `cargo build --release` of the program, its dependencies built. Each is the least of three.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_TARGET_DIR="$work/target" CARGO_INCREMENTAL=0

# A network of a hundred layers: ten tuples of ten, by turns convolutions and activations.
hundred() {
    echo 'use tintype::prelude::*;'
    echo 'fn main() {'
    echo '    let mut rng = StdRng::seed_from_u64(0);'
    for block in 0 1 2 3 4 5 6 7 8 9; do
        printf '    let block%s = (' "$block"
        for _ in 1 2 3 4 5; do
            printf 'Conv2d::<8, 8, 3, 3, Stride<1>, Padding<1>>::new(&mut rng), ReLU, '
        done
        echo ');'
    done
    echo '    let net = (block0, block1, block2, block3, block4, block5, block6, block7, block8, block9);'
    echo '    let y: Tensor4<1, 8, 16, 16, f32, Tracked> = net.forward(&Tensor4::<1, 8, 16, 16>::rand(&mut rng));'
    echo '    println!("{}", y.sum().backward().len());'
    echo '}'
}

seconds() { # of the fastest of three runs of a command, with a change to the program before each
    local source=$1 best= begin took
    shift
    for run in 1 2 3; do
        echo "// $RANDOM $run" >> "$source"
        begin=$(date +%s%N)
        "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
        took=$(($(date +%s%N) - begin))
        if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
    done
    awk "BEGIN { printf \"%.1f\", $best / 1e9 }"
}

programs=("$@")
[ ${#programs[@]} -gt 0 ] || programs=(mnist vgg resnet gpt2 hundred)

mkdir -p "$work/user/src/bin"
cat > "$work/user/Cargo.toml" <<END
[package]
name = "user"
version = "0.0.0"
edition = "2024"

[dependencies]
tintype = { path = "$root" }
rand = "0.10"
indicatif = "0.18"
lexopt = "0.3"

[workspace]
END
cd "$work/user"
for program in "${programs[@]}"; do
    source="src/bin/$program.rs"
    if [ "$program" = hundred ]; then hundred > "$source"; else cp "$root/examples/$program.rs" "$source"; fi
done

begin=$(date +%s)
CARGO_MANIFEST_DIR=$root cargo check --quiet --bins > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
echo "| program | check | release |"
echo "| --- | --- | --- |"
echo "| the crate and what it depends on, from clean | $(($(date +%s) - begin)) s | |"
cargo build --quiet --release --bins > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
for program in "${programs[@]}"; do
    source="src/bin/$program.rs"
    check=$(seconds "$source" cargo check --quiet --bin "$program")
    release=$(seconds "$source" cargo build --quiet --release --bin "$program")
    echo "| $program | $check s | $release s |"
done
