//! What the graph costs: long chains of small operations, steps of small networks.
//!
//! `RAYON_NUM_THREADS=1 cargo bench --bench graph`.

use divan::{Bencher, black_box};
use tintype::prelude::*;

fn main() {
    divan::main();
}

fn rng() -> StdRng {
    StdRng::seed_from_u64(0)
}

/// `y = 2y`, a thousand times on three entries, and back.
#[divan::bench]
fn long_graph(bencher: Bencher) {
    let x = Tensor1::<3>::randn(&mut rng()).requires_grad();
    bencher.bench(|| (0..1000).fold(black_box(&x).clone(), |y, _| y * 2.0).sum().backward());
}

/// The same without a graph.
#[divan::bench]
fn long_chain(bencher: Bencher) {
    let x = Tensor1::<3>::randn(&mut rng());
    bencher.bench(|| (0..1000).fold(black_box(&x).clone(), |y, _| y * 2.0).sum());
}

/// A network of 4-32-32-2 with relu.
type Net = (Linear<4, 32>, ReLU, Linear<32, 32>, ReLU, Linear<32, 2>);

fn net() -> Net {
    let rng = &mut rng();
    (Linear::new(rng), ReLU, Linear::new(rng), ReLU, Linear::new(rng))
}

#[divan::bench(consts = [1, 32])]
fn forward<const BATCH: usize>(bencher: Bencher) {
    let net = net();
    let x = Tensor2::<BATCH, 4>::randn(&mut rng());
    bencher.bench(|| net.forward(black_box(&x)));
}

#[divan::bench(consts = [1, 32])]
fn forward_and_backward<const BATCH: usize>(bencher: Bencher) {
    let net = net();
    let (x, target) = (
        Tensor2::<BATCH, 4>::randn(&mut rng()),
        Tensor2::<BATCH, 2>::randn(&mut rng()),
    );
    bencher.bench(|| net.forward(black_box(&x)).mse_loss(&target).backward());
}

#[divan::bench(consts = [1, 32])]
fn training_step<const BATCH: usize>(bencher: Bencher) {
    let mut net = net();
    let (x, target) = (
        Tensor2::<BATCH, 4>::randn(&mut rng()),
        Tensor2::<BATCH, 2>::randn(&mut rng()),
    );
    let mut optimizer = Sgd::new(1e-3);
    bencher.bench_local(|| {
        let gradients = net.forward(black_box(&x)).mse_loss(&target).backward();
        optimizer.step(&mut net, &gradients);
    });
}
