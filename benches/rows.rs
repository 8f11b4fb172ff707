//! Functions of rows: softmax and normalisation.
//!
//! `RAYON_NUM_THREADS=1 cargo bench --bench rows`. Rates are bytes read and written, beside `at_best`, which streams as many.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use tintype::prelude::*;

#[path = "machine/stream.rs"]
mod machine;

fn main() {
    divan::main();
}

fn random<S: Shape>() -> Tensor<S> {
    Tensor::randn(&mut StdRng::seed_from_u64(0))
}

/// Reading and writing 256×768 numbers.
#[divan::bench]
fn at_best(bencher: Bencher) {
    let (from, mut to) = (vec![1.0; 256 * 768], vec![0.0; 256 * 768]);
    bencher
        .counter(BytesCount::new(2 * size_of_val(&from[..])))
        .bench_local(|| machine::stream(black_box(&from), &mut to));
}

#[divan::bench]
fn softmax(bencher: Bencher) {
    let x = random::<Rank2<128, 1000>>();
    bencher
        .counter(BytesCount::new(2 * 4 * 128 * 1000_usize))
        .bench(|| black_box(&x).softmax::<1>());
}

#[divan::bench]
fn softmax_gradient(bencher: Bencher) {
    let x = random::<Rank2<128, 1000>>().requires_grad();
    let weight = random::<Rank2<128, 1000>>();
    bencher.bench(|| (black_box(&x).softmax::<1>() * &weight).sum().backward());
}

#[divan::bench]
fn layer_norm(bencher: Bencher) {
    let (x, layer) = (random::<Rank2<256, 768>>(), LayerNorm::<768>::new().freeze());
    bencher
        .counter(BytesCount::new(2 * 4 * 256 * 768_usize))
        .bench(|| layer.forward(black_box(&x)));
}

#[divan::bench]
fn layer_norm_gradient(bencher: Bencher) {
    let (x, layer) = (random::<Rank2<256, 768>>().requires_grad(), LayerNorm::<768>::new());
    let weight = random::<Rank2<256, 768>>();
    bencher.bench(|| (layer.forward(black_box(&x)) * &weight).sum().backward());
}
