//! Matrix products: square ones, and those of attention, batched.
//!
//! `RAYON_NUM_THREADS=1 cargo bench --bench matmul`. "Gitem/s" are 10⁹ floating-point operations a second, beside `at_best`,
//! which is what the machine manages in registers.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use tintype::prelude::*;

#[path = "machine/multiply_adds.rs"]
mod machine;

fn main() {
    divan::main();
}

fn random<S: Shape>() -> Tensor<S> {
    Tensor::randn(&mut StdRng::seed_from_u64(0))
}

/// Multiply-adds in registers, on one thread.
#[divan::bench]
fn at_best(bencher: Bencher) {
    let operations = machine::multiply_adds(1000);
    bencher
        .counter(ItemsCount::new(operations))
        .bench(|| machine::multiply_adds(black_box(1000)));
}

#[divan::bench(consts = [16, 64, 256, 1024])]
fn square<const N: usize>(bencher: Bencher) {
    let (a, b) = (random::<Rank2<N, N>>(), random::<Rank2<N, N>>());
    bencher
        .counter(ItemsCount::new(2 * N * N * N))
        .bench(|| black_box(&a).matmul(&b));
}

/// Eight heads: queries by keys, and scores by values.
#[divan::bench]
fn heads(bencher: Bencher) {
    let (q, k) = (random::<Rank4<1, 8, 128, 64>>(), random::<Rank4<1, 8, 64, 128>>());
    bencher
        .counter(ItemsCount::new(2 * 8 * 128 * 128 * 64_usize))
        .bench(|| black_box(&q).matmul(&k));
}

/// Scaled dot-product attention, eight heads of 128×64, with its gradients.
#[divan::bench]
fn attention(bencher: Bencher) {
    let tensor = || random::<Rank4<1, 8, 128, 64>>().requires_grad();
    let (q, k, v) = (tensor(), tensor(), tensor());
    bencher
        .counter(ItemsCount::new(2 * 6 * 8 * 128 * 128 * 64_usize))
        .bench(|| {
            let scores = black_box(&q).matmul(&k.transpose::<2, 3>()) * 0.125;
            scores.softmax::<3>().matmul(&v).sum().backward()
        });
}
