//! The work in burn, on its backend `flex`.

#![recursion_limit = "256"]

use burn::module::Module;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::loss::{CrossEntropyLossConfig, MseLoss, Reduction};
use burn::nn::{Linear, LinearConfig};
use burn::optim::{AdamConfig, GradientsParams, ModuleOptimizer, SgdConfig};
use burn::tensor::activation::{relu, softmax};
use burn::tensor::module::{conv2d, layer_norm, max_pool2d};
use burn::tensor::ops::{ConvOptions, MaxPoolOptions};
use burn::tensor::{Device, Int, Tensor, TensorData};
use harness::{Harness, Numbers};

/// The device without and with gradients, and where the numbers come from.
struct Work {
    plain: Device,
    differentiable: Device,
    numbers: Numbers,
}

impl Work {
    fn on<const D: usize>(&mut self, device: &Device, shape: [usize; D], scale: f32) -> Tensor<D> {
        let numbers = self.numbers.vec(shape.iter().product(), scale);
        Tensor::from_data(TensorData::new(numbers, shape), device)
    }

    fn constant<const D: usize>(&mut self, shape: [usize; D], scale: f32) -> Tensor<D> {
        self.on(&self.plain.clone(), shape, scale)
    }

    fn variable<const D: usize>(&mut self, shape: [usize; D], scale: f32) -> Tensor<D> {
        self.on(&self.differentiable.clone(), shape, scale)
    }

    fn convolution(&mut self, harness: &Harness, names: [&str; 2], x: [usize; 4], weight: [usize; 4], padding: usize) {
        let options = ConvOptions::new([1, 1], [padding, padding], [1, 1], 1);
        let (input, kernel, bias) = (
            self.constant(x, 1.0),
            self.constant(weight, 0.1),
            self.constant([weight[0]], 1.0),
        );
        harness.time(names[0], || {
            conv2d(input.clone(), kernel.clone(), Some(bias.clone()), options.clone())
        });
        let (input, kernel, bias) = (
            self.variable(x, 1.0),
            self.variable(weight, 0.1),
            self.variable([weight[0]], 1.0),
        );
        harness.time(names[1], || {
            let (input, kernel, bias) = (leaf(&input), leaf(&kernel), leaf(&bias));
            let y = conv2d(input.clone(), kernel.clone(), Some(bias.clone()), options.clone());
            let gradients = y.sum().backward();
            (input.grad(&gradients), kernel.grad(&gradients), bias.grad(&gradients))
        });
    }
}

/// A new leaf of a graph with the same entries.
fn leaf<const D: usize>(x: &Tensor<D>) -> Tensor<D> {
    x.clone().detach().require_grad()
}

#[derive(Module, Debug)]
struct Small {
    a: Linear,
    b: Linear,
    c: Linear,
}

impl Small {
    fn new(device: &Device) -> Small {
        Small {
            a: LinearConfig::new(4, 32).init(device),
            b: LinearConfig::new(32, 32).init(device),
            c: LinearConfig::new(32, 2).init(device),
        }
    }

    fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        self.c.forward(relu(self.b.forward(relu(self.a.forward(x)))))
    }
}

#[derive(Module, Debug)]
struct LeNet {
    conv1: Conv2d,
    conv2: Conv2d,
    linear: Linear,
}

impl LeNet {
    fn new(device: &Device) -> LeNet {
        LeNet {
            conv1: Conv2dConfig::new([1, 8], [5, 5]).init(device),
            conv2: Conv2dConfig::new([8, 16], [5, 5]).init(device),
            linear: LinearConfig::new(256, 10).init(device),
        }
    }

    fn forward(&self, x: Tensor<4>) -> Tensor<2> {
        let x = max_pool2d(relu(self.conv1.forward(x)), MaxPoolOptions::new([2, 2]));
        let x = max_pool2d(relu(self.conv2.forward(x)), MaxPoolOptions::new([2, 2]));
        self.linear.forward(x.flatten(1, 3))
    }
}

fn main() {
    let harness = &Harness::new("burn");
    let plain = Device::flex();
    let differentiable = plain.clone().autodiff();
    let device = &differentiable.clone();
    let mut work = Work {
        plain,
        differentiable,
        numbers: Numbers::default(),
    };

    work.convolution(harness, ["C1", "C2"], [1, 20, 64, 128], [16, 20, 3, 5], 0);
    work.convolution(harness, ["C3", "C4"], [32, 64, 28, 28], [64, 64, 3, 3], 1);
    for (name, n) in [("M1", 64), ("M2", 256), ("M3", 1024)] {
        let (a, b) = (work.constant([n, n], 1.0), work.constant([n, n], 1.0));
        harness.time(name, || a.clone().matmul(b.clone()));
    }
    {
        let net = Small::new(device).valid();
        let x = work.constant([1, 4], 1.0);
        harness.time("N1", || net.forward(x.clone()));
    }
    for (name, batch) in [("N2", 1), ("N3", 32)] {
        let mut net = Some(Small::new(device));
        let mut sgd: ModuleOptimizer = SgdConfig::new().init();
        let (x, t) = (work.variable([batch, 4], 1.0), work.variable([batch, 2], 1.0));
        let mse = MseLoss::new();
        harness.time(name, || {
            let before = net.take().expect("each step puts it back");
            let loss = mse.forward(before.forward(x.clone()), t.clone(), Reduction::Mean);
            let gradients = GradientsParams::from_grads(loss.backward(), &before);
            net = Some(sgd.step(1e-3, before, gradients));
        });
    }
    {
        let x = work.variable([64, 1, 28, 28], 1.0);
        let labels: Vec<i32> = (0..64).map(|i| i % 10).collect();
        let labels: Tensor<1, Int> = Tensor::from_data(TensorData::new(labels, [64]), device);
        let mut net = Some(LeNet::new(device));
        let mut adam: ModuleOptimizer = AdamConfig::new().init();
        let cross_entropy = CrossEntropyLossConfig::new().init(device);
        harness.time("N4", || {
            let before = net.take().expect("each step puts it back");
            let loss = cross_entropy.forward(before.forward(x.clone()), labels.clone());
            let gradients = GradientsParams::from_grads(loss.backward(), &before);
            net = Some(adam.step(1e-3, before, gradients));
        });
    }
    {
        let x = work.variable([1 << 20], 1.0);
        harness.time("E1", || {
            let x = leaf(&x);
            let gradients = relu(x.clone() * 2.0 + 1.0).mean().backward();
            x.grad(&gradients)
        });
        let x = work.variable([3], 1.0);
        harness.time("G1", || {
            let x = leaf(&x);
            let y = (0..1000).fold(x.clone(), |y, _| y * 2.0);
            x.grad(&y.sum().backward())
        });
    }
    let x = work.constant([128, 1000], 1.0);
    harness.time("R1", || softmax(x.clone(), 1));
    let (x, weight, bias) = (
        work.constant([256, 768], 1.0),
        work.constant([768], 1.0),
        work.constant([768], 1.0),
    );
    harness.time("R2", || layer_norm(x.clone(), weight.clone(), Some(bias.clone()), 1e-5));
    let mut heads = || work.variable([1, 8, 128, 64], 1.0);
    let (q, k, v) = (heads(), heads(), heads());
    harness.time("A1", || {
        let (q, k, v) = (leaf(&q), leaf(&k), leaf(&v));
        let scores = q.clone().matmul(k.clone().transpose()) * 0.125;
        let gradients = softmax(scores, 3).matmul(v.clone()).sum().backward();
        (q.grad(&gradients), k.grad(&gradients), v.grad(&gradients))
    });
}
