#!/usr/bin/env bash
# How long the compiler takes: the crate itself, and programs that use it. docs/compile_time.md says what the columns mean.
#
# usage: benches/compile_time/run.sh [crate|PROGRAM...]     (default: all; writes a table in Markdown)
#
# Every program is a crate of its own in a temporary folder, as a user's is, with cargo's own profiles. It makes a network, takes
# a step of training and looks at the network frozen. Each time is the lesser of two, each after a change of the program.
# Where CARGO_TARGET_DIR is set, what is built there is used: the row of the crate needs an empty one.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
programs=$root/benches/compile_time/programs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
export TINTYPE_DIMS="50257 6432896" # words of the vocabulary, of one and of 128

# A network of an example (all that stands before its main function) for photographs.
photographs() { # EXAMPLE NETWORK
    sed '/^fn main/,$d' "$root/examples/$1.rs"
    echo "type Network = $2; type Images = Tensor4<16, 3, 224, 224>; const CLASSES: usize = 1000;"
    cat "$programs/images.rs"
}

# Ten tuples of ten layers, by turns convolutions and activations. They are spelt out: an array would be one type.
hundred() {
    local layers=
    for _ in 1 2 3 4 5; do layers+='Conv2d::<8, 8, 3, 3, Stride<1>, Padding<1>>::new(&mut rng), ReLU, '; done
    echo 'use tintype::prelude::*; fn main() { let mut rng = StdRng::seed_from_u64(0); let mut net = ('
    for _ in 1 2 3 4 5 6 7 8 9 10; do echo "($layers),"; done
    echo ');'
    cat "$programs/hundred.rs"
}

source_of() {
    case $1 in
        lenet) cat "$programs/lenet.rs" "$programs/images.rs" ;;
        vgg16) photographs vgg Vgg16 ;;
        resnet18) photographs resnet ResNet18 ;;
        resnet50) photographs resnet ResNet50 ;;
        gpt2) sed '/^fn main/,$d' "$root/examples/gpt2.rs"; cat "$programs/words.rs" ;;
        hundred) hundred ;;
        *) echo "run.sh: there is no program $1" >&2; exit 2 ;;
    esac
}

seconds() { # COMMAND...
    local begin
    begin=$(date +%s%N)
    "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    echo $((($(date +%s%N) - begin) / 1000000)) | sed 's/..$//; s/.$/.&/; s/^\./0./'
}

after_a_change() { # PROGRAM COMMAND...: the lesser of two
    local program=src/bin/$1.rs run
    shift
    for run in 1 2; do
        sed -i "s/seed_from_u64([0-9]*)/seed_from_u64($RANDOM$run)/" "$program"
        seconds "$@"
    done | sort -n | head -1
}

row() { # PROGRAM
    local this=(--bin "$1") cold
    cold=$(CARGO_INCREMENTAL=0 after_a_change "$1" cargo check "${this[@]}")
    cargo check --quiet "${this[@]}" 2> /dev/null
    cargo build --quiet "${this[@]}" 2> /dev/null
    echo "| $1 | $(after_a_change "$1" cargo check "${this[@]}") s | $cold s" \
        "| $(after_a_change "$1" cargo build "${this[@]}") s" \
        "| $(after_a_change "$1" cargo build --release "${this[@]}") s |"
}

wanted=("$@")
[ ${#wanted[@]} -gt 0 ] || wanted=(crate lenet vgg16 resnet18 resnet50 gpt2 hundred)

mkdir -p "$work/user/src/bin"
cat > "$work/user/Cargo.toml" <<END
[package]
name = "user"
version = "0.0.0"
edition = "2024"

[dependencies]
tintype = { path = "$root" }

[workspace]
END
cd "$work/user"
echo 'fn main() {}' > src/bin/none.rs
for program in "${wanted[@]}"; do
    [ "$program" = crate ] || source_of "$program" > "src/bin/$program.rs"
done
cargo fetch --quiet

check=$(seconds cargo check --bin none)
build=$(seconds cargo build --bin none)
release=$(seconds cargo build --release --bin none)
echo '| program | check | check, cold | build | release |'
echo '| --- | --- | --- | --- | --- |'
for program in "${wanted[@]}"; do
    case $program in
        crate)
            echo "| the crate and what it depends on, from clean | | $check s | $build s | $release s |"
            cargo clean --quiet --package tintype 2> /dev/null
            cargo clean --quiet --release --package tintype 2> /dev/null
            echo "| the crate alone | | $(seconds cargo check --bin none) s | $(seconds cargo build --bin none) s" \
                "| $(seconds cargo build --release --bin none) s |"
            ;;
        *) row "$program" ;;
    esac
done
