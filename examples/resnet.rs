//! ResNet-18 and ResNet-50 (He et al. 2015) in types, one image through each, and a small one that learns.
//!
//! `cargo run --release --example resnet`. The parameters have torchvision's names, so that its weights load as they are.

use std::time::Instant;
use tintype::prelude::*;

/// A convolution without a bias, which the normalisation behind it would take away again.
type Conv<const I: usize, const O: usize, const K: usize, S, P, T> = In<WithoutBias<Conv2d<I, O, K, K, S, P>>, T>;
type Norm<const C: usize, T> = In<BatchNorm2d<C>, T>;

/// Two convolutions and a connection around them. `S` is the stride of the first one, and `D` what the connection does to
/// the input so that it has the shape of the output.
#[derive(Module)]
#[module(path(conv1, bn1, conv2, bn2), path(downsample))] // for the summary
struct BasicBlock<const I: usize, const O: usize, S, D, T: Track = Tracked> {
    conv1: Conv<I, O, 3, S, Padding<1>, T>,
    bn1: Norm<O, T>,
    conv2: Conv<O, O, 3, Stride<1>, Same, T>,
    bn2: Norm<O, T>,
    downsample: D,
}

/// The shapes meet, or this does not compile: both branches give the same batch, channels, height and width.
impl<X, B: Dimension, H: Dimension, W: Dimension, const I: usize, const O: usize, S, D, T: Track> Module<X>
    for BasicBlock<I, O, S, D, T>
where
    Conv<I, O, 3, S, Padding<1>, T>: Module<X, Output = Tensor<(B, Dim<O>, H, W), f32, T>>,
    D: Module<X, Output = Tensor<(B, Dim<O>, H, W), f32, T>>,
{
    type Output = Tensor<(B, Dim<O>, H, W), f32, T>;
    fn apply(&self, x: &X) -> Self::Output {
        let y = self.bn1.forward(&self.conv1.forward(x)).relu();
        let y = self.bn2.forward(&self.conv2.forward(&y));
        (y + self.downsample.forward(x)).relu()
    }
}

/// Three convolutions, of which the one in the middle works on fewer channels, `M`, and a connection around them.
#[derive(Module)]
#[module(path(conv1, bn1, conv2, bn2, conv3, bn3), path(downsample))]
struct Bottleneck<const I: usize, const M: usize, const O: usize, S, D, T: Track = Tracked> {
    conv1: Conv<I, M, 1, Stride<1>, Same, T>,
    bn1: Norm<M, T>,
    conv2: Conv<M, M, 3, S, Padding<1>, T>,
    bn2: Norm<M, T>,
    conv3: Conv<M, O, 1, Stride<1>, Same, T>,
    bn3: Norm<O, T>,
    downsample: D,
}

impl<B, H0, W0, H, W, const I: usize, const M: usize, const O: usize, S, D, T: Track>
    Module<Tensor<(B, Dim<I>, H0, W0), f32, T>> for Bottleneck<I, M, O, S, D, T>
where
    B: Dimension,
    H0: Dimension,
    W0: Dimension,
    H: Dimension,
    W: Dimension,
    Conv<M, M, 3, S, Padding<1>, T>:
        Module<Tensor<(B, Dim<M>, H0, W0), f32, T>, Output = Tensor<(B, Dim<M>, H, W), f32, T>>,
    D: Module<Tensor<(B, Dim<I>, H0, W0), f32, T>, Output = Tensor<(B, Dim<O>, H, W), f32, T>>,
{
    type Output = Tensor<(B, Dim<O>, H, W), f32, T>;
    fn apply(&self, x: &Tensor<(B, Dim<I>, H0, W0), f32, T>) -> Self::Output {
        let y = self.bn1.forward(&self.conv1.forward(x)).relu();
        let y = self.bn2.forward(&self.conv2.forward(&y)).relu();
        let y = self.bn3.forward(&self.conv3.forward(&y));
        (y + self.downsample.forward(x)).relu()
    }
}

/// What makes an input of `I` channels one of `O`, of a smaller size if the stride says so.
type Shortcut<const I: usize, const O: usize, S, T = Tracked> = (Conv<I, O, 1, S, Padding<0>, T>, Norm<O, T>);

/// Blocks that keep the shape, and blocks that change it.
type Basic<const C: usize> = BasicBlock<C, C, Stride<1>, Identity>;
type BasicDown<const I: usize, const O: usize> = BasicBlock<I, O, Stride<2>, Shortcut<I, O, Stride<2>>>;
type Deep<const M: usize, const C: usize> = Bottleneck<C, M, C, Stride<1>, Identity>;
type DeepDown<const I: usize, const M: usize, const O: usize, S = Stride<2>> =
    Bottleneck<I, M, O, S, Shortcut<I, O, S>>;

#[derive(Module)]
#[module(sequence)]
struct ResNet18 {
    conv1: Conv<3, 64, 7, Stride<2>, Padding<3>, Tracked>, // 224 -> 112
    bn1: BatchNorm2d<64>,
    relu: ReLU,
    maxpool: MaxPool2d<3, 3, Stride<2>, Padding<1>>, // -> 56
    layer1: (Basic<64>, Basic<64>),
    layer2: (BasicDown<64, 128>, Basic<128>),  // -> 28
    layer3: (BasicDown<128, 256>, Basic<256>), // -> 14
    layer4: (BasicDown<256, 512>, Basic<512>), // -> 7
    avgpool: GlobalAvgPool2d,
    flatten: Flatten,
    fc: Linear<512, 1000>,
}

#[derive(Module)]
#[module(sequence)]
#[rustfmt::skip]
struct ResNet50 {
    conv1: Conv<3, 64, 7, Stride<2>, Padding<3>, Tracked>,
    bn1: BatchNorm2d<64>,
    relu: ReLU,
    maxpool: MaxPool2d<3, 3, Stride<2>, Padding<1>>,
    layer1: (DeepDown<64, 64, 256, Stride<1>>, Deep<64, 256>, Deep<64, 256>),
    layer2: (DeepDown<256, 128, 512>, Deep<128, 512>, Deep<128, 512>, Deep<128, 512>),
    layer3: (DeepDown<512, 256, 1024>, Deep<256, 1024>, Deep<256, 1024>, Deep<256, 1024>, Deep<256, 1024>, Deep<256, 1024>),
    layer4: (DeepDown<1024, 512, 2048>, Deep<512, 2048>, Deep<512, 2048>),
    avgpool: GlobalAvgPool2d,
    flatten: Flatten,
    fc: Linear<2048, 1000>,
}

/// The published numbers of parameters.
const _: () = assert!(ResNet18::PARAMETERS == 11_689_512);
const _: () = assert!(ResNet50::PARAMETERS == 25_557_032);

impl<const I: usize, const O: usize, S, D> BasicBlock<I, O, S, D> {
    fn new(rng: &mut StdRng, downsample: D) -> Self {
        BasicBlock {
            conv1: Conv2d::without_bias(rng),
            bn1: BatchNorm2d::new(),
            conv2: Conv2d::without_bias(rng),
            bn2: BatchNorm2d::new(),
            downsample,
        }
    }
}

impl<const I: usize, const M: usize, const O: usize, S, D> Bottleneck<I, M, O, S, D> {
    fn new(rng: &mut StdRng, downsample: D) -> Self {
        Bottleneck {
            conv1: Conv2d::without_bias(rng),
            bn1: BatchNorm2d::new(),
            conv2: Conv2d::without_bias(rng),
            bn2: BatchNorm2d::new(),
            conv3: Conv2d::without_bias(rng),
            bn3: BatchNorm2d::new(),
            downsample,
        }
    }
}

fn basic<const C: usize>(rng: &mut StdRng) -> Basic<C> {
    BasicBlock::new(rng, Identity)
}

fn basic_down<const I: usize, const O: usize>(rng: &mut StdRng) -> BasicDown<I, O> {
    let downsample = (Conv2d::without_bias(rng), BatchNorm2d::new());
    BasicBlock::new(rng, downsample)
}

fn deep<const M: usize, const C: usize>(rng: &mut StdRng) -> Deep<M, C> {
    Bottleneck::new(rng, Identity)
}

fn deep_down<const I: usize, const M: usize, const O: usize, S>(rng: &mut StdRng) -> DeepDown<I, M, O, S> {
    let downsample = (Conv2d::without_bias(rng), BatchNorm2d::new());
    Bottleneck::new(rng, downsample)
}

impl ResNet18 {
    fn new(rng: &mut StdRng) -> Self {
        ResNet18 {
            conv1: Conv2d::without_bias(rng),
            bn1: BatchNorm2d::new(),
            relu: ReLU,
            maxpool: MaxPool2d::new(),
            layer1: (basic(rng), basic(rng)),
            layer2: (basic_down(rng), basic(rng)),
            layer3: (basic_down(rng), basic(rng)),
            layer4: (basic_down(rng), basic(rng)),
            avgpool: GlobalAvgPool2d,
            flatten: Flatten,
            fc: Linear::new(rng),
        }
    }
}

impl ResNet50 {
    fn new(rng: &mut StdRng) -> Self {
        ResNet50 {
            conv1: Conv2d::without_bias(rng),
            bn1: BatchNorm2d::new(),
            relu: ReLU,
            maxpool: MaxPool2d::new(),
            layer1: (deep_down(rng), deep(rng), deep(rng)),
            layer2: (deep_down(rng), deep(rng), deep(rng), deep(rng)),
            layer3: (deep_down(rng), deep(rng), deep(rng), deep(rng), deep(rng), deep(rng)),
            layer4: (deep_down(rng), deep(rng), deep(rng)),
            avgpool: GlobalAvgPool2d,
            flatten: Flatten,
            fc: Linear::new(rng),
        }
    }
}

/// The same idea for small images of one channel and 4 classes.
type Small = (
    Conv<1, 8, 3, Stride<1>, Same, Tracked>,
    BatchNorm2d<8>,
    ReLU,
    Basic<8>,
    BasicDown<8, 16>,
    Basic<16>,
    GlobalAvgPool2d,
    Flatten,
    Linear<16, 4>,
);

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let image = Tensor4::<1, 3, 224, 224>::rand(&mut rng);
    println!("{}", Summary::of::<ResNet18, Tensor4<1, 3, 224, 224>>()); // from the types: there is no network yet
    show("ResNet-18", &ResNet18::new(&mut rng).freeze(), &image);
    show("ResNet-50", &ResNet50::new(&mut rng).freeze(), &image);

    let mut net: Small = (
        Conv2d::without_bias(&mut rng),
        BatchNorm2d::new(),
        ReLU,
        basic(&mut rng),
        basic_down(&mut rng),
        basic(&mut rng),
        GlobalAvgPool2d,
        Flatten,
        Linear::new(&mut rng),
    );
    // Stripes: each class has a width of its own.
    let images = Tensor4::<16, 1, 12, 12>::from_fn(|i| {
        let (image, column) = (i / 144, i % 12);
        let dark = column / (image % 4 + 1) % 2 == 0;
        0.1 * ((i * 7919) % 10) as f32 + if dark { 0.0 } else { 1.0 }
    });
    let labels = Labels::<16, 4>::try_from(core::array::from_fn(|image| image % 4)).expect("classes below 4");
    let mut optimizer = Sgd::new(0.1).momentum(0.9);
    let losses: Vec<f32> = (0..20)
        .map(|_| {
            let loss = net.forward(&images).cross_entropy(&labels);
            let item = loss.item();
            optimizer.step(&mut net, &loss.backward());
            item
        })
        .collect();
    println!(
        "a small one learns: loss {:.3} -> {:.3} in 20 steps",
        losses[0], losses[19]
    );
    assert!(losses[19] < 0.5 * losses[0]);
    let logits: Tensor2<16, 4> = net.freeze().forward(&images); // by the running means and variances
    println!("frozen, it gets {} of 16 right", labels.correct(&logits));
}

/// Sends an image through a network in use: the type of what comes out says that no gradient is recorded.
fn show<N>(name: &str, net: &N, image: &Tensor4<1, 3, 224, 224>)
where
    N: Parameters + Module<Tensor4<1, 3, 224, 224>, Output = Tensor2<1, 1000>>,
{
    let begin = Instant::now();
    let logits = net.forward(image);
    println!(
        "{name}: {} parameters, one image in {:.1?}",
        N::PARAMETERS,
        begin.elapsed()
    );
    assert!(logits.iter().all(|logit| logit.is_finite()));
}

#[test]
fn multiply_adds_are_the_published_ones() {
    let small = Summary::of::<ResNet18, Tensor4<1, 3, 224, 224>>();
    let large = Summary::of::<ResNet50, Tensor4<1, 3, 224, 224>>();
    assert_eq!(
        (small.multiply_adds(), large.multiply_adds()),
        (1_814_073_344, 4_089_184_256)
    );
    assert!(small.rows().iter().chain(large.rows()).all(|row| row.counted));
    assert_eq!((small.parameters(), large.parameters()), (11_689_512, 25_557_032));
}
