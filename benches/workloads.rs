//! The work that users do, timed: convolutions, matrix products, small networks, training steps, elementwise operations.
//!
//! `cargo bench --bench workloads`, and `RAYON_NUM_THREADS=1 cargo bench --bench workloads -- conv` for one thread and some of
//! the work. Times are compared with another library's only within one run of both: the machine matters more than the library.

use divan::{Bencher, black_box};
use tintype::prelude::*;

fn main() {
    divan::main();
}

fn rng() -> StdRng {
    StdRng::seed_from_u64(0)
}

/// The course's convolution: 1×20×64×128 by 16×20×3×5.
mod conv_course {
    use super::*;

    fn work() -> (Conv2d<20, 16, 3, 5>, Tensor4<1, 20, 64, 128>) {
        (Conv2d::new(&mut rng()), Tensor::randn(&mut rng()))
    }

    #[divan::bench]
    fn forward(bencher: Bencher) {
        let (conv, x) = work();
        let conv = conv.freeze();
        bencher.bench(|| -> Tensor4<1, 16, 62, 124> { conv.forward(black_box(&x)) });
    }

    #[divan::bench]
    fn gradients(bencher: Bencher) {
        let (conv, x) = work();
        let x = x.requires_grad();
        bencher.bench(|| conv.forward(black_box(&x)).sum().backward());
    }
}

/// A layer of a larger network: 32×64×28×28 by 64×64×3×3, padded.
mod conv_deep {
    use super::*;

    type Layer = Conv2d<64, 64, 3, 3, Stride<1>, Padding<1>>;

    fn work() -> (Layer, Tensor4<32, 64, 28, 28>) {
        (Conv2d::new(&mut rng()), Tensor::randn(&mut rng()))
    }

    #[divan::bench]
    fn forward(bencher: Bencher) {
        let (conv, x) = work();
        let conv = conv.freeze();
        bencher.bench(|| -> Tensor4<32, 64, 28, 28> { conv.forward(black_box(&x)) });
    }

    #[divan::bench]
    fn gradients(bencher: Bencher) {
        let (conv, x) = work();
        let x = x.requires_grad();
        bencher.bench(|| conv.forward(black_box(&x)).sum().backward());
    }
}

/// Square matrix products.
#[divan::bench(consts = [64, 256, 1024])]
fn matmul<const N: usize>(bencher: Bencher) {
    let (a, b) = (Tensor2::<N, N>::randn(&mut rng()), Tensor2::<N, N>::randn(&mut rng()));
    bencher.bench(|| black_box(&a).matmul(&b));
}

/// A network of 4-32-32-2.
mod small_network {
    use super::*;

    type Net = (Linear<4, 32>, ReLU, Linear<32, 32>, ReLU, Linear<32, 2>);

    fn net() -> Net {
        let rng = &mut rng();
        (Linear::new(rng), ReLU, Linear::new(rng), ReLU, Linear::new(rng))
    }

    #[divan::bench]
    fn inference(bencher: Bencher) {
        let (net, x) = (net().freeze(), Tensor1::<4>::randn(&mut rng()));
        bencher.bench(|| -> Tensor1<2> { net.forward(black_box(&x)) });
    }

    #[divan::bench(consts = [1, 32])]
    fn training_step<const BATCH: usize>(bencher: Bencher) {
        let (mut net, mut sgd) = (net(), Sgd::new(1e-3));
        let (x, t) = (
            Tensor2::<BATCH, 4>::randn(&mut rng()),
            Tensor2::<BATCH, 2>::randn(&mut rng()),
        );
        bencher.bench_local(|| {
            let gradients = net.forward(black_box(&x)).mse_loss(&t).backward();
            sgd.step(&mut net, &gradients);
        });
    }
}

/// A training step of a small convolutional network on 64 digits.
#[divan::bench]
fn lenet_step(bencher: Bencher) {
    let rng = &mut rng();
    let mut net = (
        Conv2d::<1, 8, 5>::new(rng),
        ReLU,
        MaxPool2d::<2>::new(),
        Conv2d::<8, 16, 5>::new(rng),
        ReLU,
        MaxPool2d::<2>::new(),
        Flatten,
        Linear::<256, 10>::new(rng),
    );
    let x = Tensor4::<64, 1, 28, 28>::randn(rng);
    let labels = Labels::<64, 10>::try_from(std::array::from_fn::<usize, 64, _>(|i| i % 10)).expect("less than 10");
    let mut adam = Adam::new(1e-3);
    bencher.bench_local(|| {
        let gradients = net.forward(black_box(&x)).cross_entropy(&labels).backward();
        adam.step(&mut net, &gradients);
    });
}

/// `mean(relu(2x + 1))` over a million entries, with its gradient.
#[divan::bench]
fn elementwise(bencher: Bencher) {
    let x = Tensor1::<1_048_576>::randn(&mut rng()).requires_grad();
    bencher.bench(|| (black_box(&x) * 2.0 + 1.0).relu().mean().backward());
}

/// `y = 2y`, a thousand times on three entries, and back.
#[divan::bench]
fn long_graph(bencher: Bencher) {
    let x = Tensor1::<3>::randn(&mut rng()).requires_grad();
    bencher.bench(|| (0..1000).fold(black_box(&x).clone(), |y, _| y * 2.0).sum().backward());
}

/// The softmax over the last axis of 128×1000.
#[divan::bench]
fn softmax(bencher: Bencher) {
    let x = Tensor2::<128, 1000>::randn(&mut rng());
    bencher.bench(|| black_box(&x).softmax::<1>());
}

/// Scaled dot-product attention, 8 heads of 128×64, with its gradients.
#[divan::bench]
fn attention(bencher: Bencher) {
    let tensor = || Tensor4::<1, 8, 128, 64>::randn(&mut rng()).requires_grad();
    let (q, k, v) = (tensor(), tensor(), tensor());
    bencher.bench(|| {
        let scores = black_box(&q).matmul(&k.transpose::<2, 3>()) * 0.125;
        scores.softmax::<3>().matmul(&v).sum().backward()
    });
}
