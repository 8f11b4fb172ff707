#!/usr/bin/env bash
# Builds every peer and prints one table of times and ratios.
#
# usage: ./run.sh [--threads 1,2] [--rounds 3] [--work C1,C2,…] [--peers tintype,torch,…]
#
# PyTorch and JAX take part if PYTHON (python3 if not set) has them; burn takes about seven minutes to build, candle three.
set -euo pipefail
cd "$(dirname "$0")"
cargo build --quiet --release -p peer-tintype -p peer-machine -p table
RUSTFLAGS="-C target-cpu=native" cargo build --quiet --profile peer --target-dir target-native -p peer-burn -p peer-candle -p peer-matmul
exec target/release/table "$@"
