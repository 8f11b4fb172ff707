//! The work in tintype.

use harness::{Harness, Numbers};
use std::hint::black_box;
use tintype::prelude::*;

/// A tensor of the same numbers as every peer's.
fn random<S: Shape>(numbers: &mut Numbers, scale: f32) -> Tensor<S> {
    Tensor::try_from(numbers.vec(S::NUMEL, scale)).expect("as many numbers as the shape has")
}

fn matmul<const N: usize>(harness: &Harness, work: &str, numbers: &mut Numbers) {
    let (a, b): (Tensor2<N, N>, Tensor2<N, N>) = (random(numbers, 1.0), random(numbers, 1.0));
    harness.time(work, || black_box(&a).matmul(&b));
}

type Small = (Linear<4, 32>, ReLU, Linear<32, 32>, ReLU, Linear<32, 2>);

fn small(rng: &mut StdRng) -> Small {
    (Linear::new(rng), ReLU, Linear::new(rng), ReLU, Linear::new(rng))
}

fn training_step<const BATCH: usize>(harness: &Harness, work: [&str; 2], rng: &mut StdRng) {
    let (mut net, mut sgd) = (small(rng), Sgd::new(1e-3));
    let (x, t) = (Tensor2::<BATCH, 4>::randn(rng), Tensor2::<BATCH, 2>::randn(rng));
    let mut workspace = Workspace::<Small, Rank2<BATCH, 4>>::new();
    harness.time(work[0], || {
        workspace.mse_loss(&net, black_box(&x), &t);
        sgd.step(&mut net, &workspace);
    });
    harness.time(work[1], || {
        let gradients = net.forward(black_box(&x)).mse_loss(&t).backward();
        sgd.step(&mut net, &gradients);
    });
}

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

fn main() {
    let harness = &Harness::new("tintype");
    let (numbers, rng) = (&mut Numbers::default(), &mut StdRng::seed_from_u64(0));

    {
        let x: Tensor4<1, 20, 64, 128> = random(numbers, 1.0);
        let conv = Conv2d::<20, 16, 3, 5>::new(rng);
        let frozen = conv.clone().freeze();
        harness.time("C1", || -> Tensor4<1, 16, 62, 124> { frozen.forward(black_box(&x)) });
        let x = x.requires_grad();
        harness.time("C2", || conv.forward(black_box(&x)).sum().backward());
    }
    {
        let x: Tensor4<32, 64, 28, 28> = random(numbers, 1.0);
        let conv = Conv2d::<64, 64, 3, 3, Stride<1>, Padding<1>>::new(rng);
        let frozen = conv.clone().freeze();
        harness.time("C3", || -> Tensor4<32, 64, 28, 28> { frozen.forward(black_box(&x)) });
        let x = x.requires_grad();
        harness.time("C4", || conv.forward(black_box(&x)).sum().backward());
    }
    matmul::<64>(harness, "M1", numbers);
    matmul::<256>(harness, "M2", numbers);
    matmul::<1024>(harness, "M3", numbers);
    {
        let (net, x) = (small(rng).freeze(), Tensor1::<4>::randn(rng));
        let array = *x.array();
        harness.time("N1", || net.infer(black_box(&array)));
        harness.time("N1-graph", || -> Tensor1<2> { net.forward(black_box(&x)) });
    }
    training_step::<1>(harness, ["N2", "N2-graph"], rng);
    training_step::<32>(harness, ["N3", "N3-graph"], rng);
    {
        let mut net: LeNet = (
            Conv2d::new(rng),
            ReLU,
            MaxPool2d::new(),
            Conv2d::new(rng),
            ReLU,
            MaxPool2d::new(),
            Flatten,
            Linear::new(rng),
        );
        let x: Tensor4<64, 1, 28, 28> = random(numbers, 1.0);
        let labels = Labels::<64, 10>::try_from(std::array::from_fn::<usize, 64, _>(|i| i % 10)).expect("less than 10");
        let mut adam = Adam::new(1e-3);
        harness.time("N4", || {
            let gradients = net.forward(black_box(&x)).cross_entropy(&labels).backward();
            adam.step(&mut net, &gradients);
        });
        let mut workspace = Workspace::<LeNet, Rank4<64, 1, 28, 28>>::new();
        harness.time("N4-direct", || {
            workspace.cross_entropy(&net, black_box(&x), &labels);
            adam.step(&mut net, &workspace);
        });
    }
    {
        let x: Tensor1<1_048_576, f32, Tracked> = random(numbers, 1.0).requires_grad();
        harness.time("E1", || (black_box(&x) * 2.0 + 1.0).relu().mean().backward());
    }
    {
        let x: Tensor1<3, f32, Tracked> = random(numbers, 1.0).requires_grad();
        harness.time("G1", || {
            (0..1000).fold(black_box(&x).clone(), |y, _| y * 2.0).sum().backward()
        });
    }
    {
        let x: Tensor2<128, 1000> = random(numbers, 1.0);
        harness.time("R1", || black_box(&x).softmax::<1>());
        let (x, layer): (Tensor2<256, 768>, _) = (random(numbers, 1.0), LayerNorm::<768>::new().freeze());
        harness.time("R2", || -> Tensor2<256, 768> { layer.forward(black_box(&x)) });
    }
    {
        let mut tensor = || -> Tensor4<1, 8, 128, 64, f32, Tracked> { random(numbers, 1.0).requires_grad() };
        let (q, k, v) = (tensor(), tensor(), tensor());
        harness.time("A1", || {
            let scores = black_box(&q).matmul(&k.transpose::<2, 3>()) * 0.125;
            scores.softmax::<3>().matmul(&v).sum().backward()
        });
        harness.time("A1-attention", || {
            black_box(&q).attention(&k, &v, Unmasked).sum().backward()
        });
    }
}
