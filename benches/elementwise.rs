//! Operations entry by entry, over a million entries: what they cost is passes over memory.
//!
//! `RAYON_NUM_THREADS=1 cargo bench --bench elementwise`.

use divan::{Bencher, black_box};
use tintype::prelude::*;

fn main() {
    divan::main();
}

const LENGTH: usize = 1 << 20;

fn x() -> Tensor1<LENGTH> {
    Tensor::randn(&mut StdRng::seed_from_u64(0))
}

/// `mean(relu(2x + 1))`, with its gradient.
#[divan::bench]
fn affine_relu_mean(bencher: Bencher) {
    let x = x().requires_grad();
    bencher.bench(|| (black_box(&x) * 2.0 + 1.0).relu().mean().backward());
}

/// One pass that reads and writes.
#[divan::bench]
fn scale(bencher: Bencher) {
    let x = x();
    bencher.bench(|| black_box(&x) * 2.0);
}

/// One pass that reads.
#[divan::bench]
fn sum(bencher: Bencher) {
    let x = x();
    bencher.bench(|| black_box(&x).sum());
}

/// An activation over a million entries, and the sum's gradient through it.
mod activation {
    use super::*;

    fn bench(bencher: Bencher, f: impl Fn(&Tensor1<LENGTH, f32, Tracked>) -> Tensor1<LENGTH, f32, Tracked> + Sync) {
        let x = x().requires_grad();
        bencher.bench(|| f(black_box(&x)).sum().backward());
    }

    #[divan::bench]
    fn relu(bencher: Bencher) {
        bench(bencher, |x| x.relu());
    }

    #[divan::bench]
    fn sigmoid(bencher: Bencher) {
        bench(bencher, |x| x.sigmoid());
    }

    #[divan::bench]
    fn tanh(bencher: Bencher) {
        bench(bencher, |x| x.tanh());
    }

    #[divan::bench]
    fn gelu_tanh(bencher: Bencher) {
        bench(bencher, |x| x.gelu_tanh());
    }

    #[divan::bench]
    fn silu(bencher: Bencher) {
        bench(bencher, |x| x.silu());
    }
}
