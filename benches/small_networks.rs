//! Small networks, timed with a graph and directly: a network of 4-32-32-2 in use and in training, a step of a LeNet.
//!
//! `RAYON_NUM_THREADS=1 cargo bench --bench small_networks`. At 116 GFLOP/s a core, the arithmetic of the network of 4-32-32-2
//! takes 0.02 µs in use, 0.07 µs in a step with one sample and 2.1 µs in a step with 32; that of the LeNet 950 µs.

use divan::{Bencher, black_box};
use tintype::prelude::*;

fn main() {
    divan::main();
}

type Net = (Linear<4, 32>, ReLU, Linear<32, 32>, ReLU, Linear<32, 2>);

fn net() -> Net {
    let rng = &mut StdRng::seed_from_u64(0);
    (Linear::new(rng), ReLU, Linear::new(rng), ReLU, Linear::new(rng))
}

fn randn<S: Shape>() -> Tensor<S> {
    Tensor::randn(&mut StdRng::seed_from_u64(1))
}

/// The output for one sample.
mod inference {
    use super::*;

    #[divan::bench(sample_size = 1000)]
    fn graph(bencher: Bencher) {
        let (net, x) = (net().freeze(), randn::<Rank1<4>>());
        bencher.bench_local(|| -> Tensor1<2> { net.forward(black_box(&x)) });
    }

    #[divan::bench(sample_size = 1000)]
    fn direct(bencher: Bencher) {
        let (net, x) = (net(), *randn::<Rank1<4>>().array());
        bencher.bench_local(|| -> [f32; 2] { net.infer(black_box(&x)) });
    }
}

/// Forward, mean squared error, backward and gradient descent, for a batch of 1 or 32.
mod training_step {
    use super::*;

    #[divan::bench(consts = [1, 32], sample_size = 100)]
    fn graph<const BATCH: usize>(bencher: Bencher) {
        let (mut net, mut sgd) = (net(), Sgd::new(1e-3));
        let (x, t) = (randn::<Rank2<BATCH, 4>>(), randn::<Rank2<BATCH, 2>>());
        bencher.bench_local(|| {
            let gradients = net.forward(black_box(&x)).mse_loss(&t).backward();
            sgd.step(&mut net, &gradients);
        });
    }

    #[divan::bench(consts = [1, 32], sample_size = 100)]
    fn direct<const BATCH: usize>(bencher: Bencher) {
        let (mut net, mut sgd) = (net(), Sgd::new(1e-3));
        let mut workspace = Workspace::<Net, Rank2<BATCH, 4>>::new();
        let (x, t) = (*randn::<Rank2<BATCH, 4>>().array(), *randn::<Rank2<BATCH, 2>>().array());
        bencher.bench_local(|| {
            let loss = workspace.mse_loss(&net, black_box(&x), &t);
            sgd.step(&mut net, &workspace);
            loss
        });
    }
}

/// Forward, cross-entropy, backward and Adam on 64 digits.
mod lenet_step {
    use super::*;

    type LeNet = (
        Conv2d<1, 8, 5>,
        ReLU,
        MaxPool2d<2>,
        Conv2d<8, 16, 5>,
        ReLU,
        MaxPool2d<2>,
        Flatten,
        Linear<256, 10>,
    );

    fn work() -> (LeNet, Tensor4<64, 1, 28, 28>, Labels<64, 10>) {
        let rng = &mut StdRng::seed_from_u64(0);
        let net = (
            Conv2d::new(rng),
            ReLU,
            MaxPool2d::new(),
            Conv2d::new(rng),
            ReLU,
            MaxPool2d::new(),
            Flatten,
            Linear::new(rng),
        );
        let labels: [usize; 64] = std::array::from_fn(|i| i % 10);
        (net, randn(), labels.try_into().expect("less than 10"))
    }

    #[divan::bench]
    fn graph(bencher: Bencher) {
        let ((mut net, x, labels), mut adam) = (work(), Adam::new(1e-3));
        bencher.bench_local(|| {
            let gradients = net.forward(black_box(&x)).cross_entropy(&labels).backward();
            adam.step(&mut net, &gradients);
        });
    }

    #[divan::bench]
    fn direct(bencher: Bencher) {
        let ((mut net, x, labels), mut adam) = (work(), Adam::new(1e-3));
        let mut workspace = Workspace::<LeNet, Rank4<64, 1, 28, 28>>::new();
        bencher.bench_local(|| {
            let loss = workspace.cross_entropy(&net, black_box(&x), &labels);
            adam.step(&mut net, &workspace);
            loss
        });
    }
}
