//! Matrix products. "Items" are floating-point operations: beside each line stands how many it does a second, and `peak` says
//! how many one core could.
//!
//! `RAYON_NUM_THREADS=1 cargo bench --bench matmul`.

mod machine;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use tintype::prelude::*;

fn main() {
    divan::main();
}

#[divan::bench]
fn peak(bencher: Bencher) {
    machine::peak(bencher);
}

fn randn<S: Shape>() -> Tensor<S> {
    Tensor::randn(&mut StdRng::seed_from_u64(0))
}

#[divan::bench(consts = [16, 64, 100, 256, 512, 1024])]
fn square<const N: usize>(bencher: Bencher) {
    let (a, b) = (randn::<Rank2<N, N>>(), randn::<Rank2<N, N>>());
    bencher
        .counter(ItemsCount::new(2 * N * N * N))
        .bench(|| black_box(&a).matmul(&b));
}

/// The product and the gradients of both sides: three products, two of them with a side transposed.
#[divan::bench(consts = [64, 256, 1024])]
fn with_gradients<const N: usize>(bencher: Bencher) {
    let (a, b) = (
        randn::<Rank2<N, N>>().requires_grad(),
        randn::<Rank2<N, N>>().requires_grad(),
    );
    bencher
        .counter(ItemsCount::new(6 * N * N * N))
        .bench(|| black_box(&a).matmul(&b).sum().backward());
}
