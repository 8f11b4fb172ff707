//! VGG-16 (Simonyan and Zisserman 2014) in types, one image through it, and a small network of its kind that learns.
//!
//! `cargo run --release --example vgg`. The parameters have torchvision's names, so that its weights load as they are.

use std::time::Instant;
use tintype::prelude::*;

/// A convolution that keeps the image's size.
type Conv<const I: usize, const O: usize> = Conv2d<I, O, 3, 3, Stride<1>, Padding<1>>;

#[derive(Module)]
#[module(sequence)]
#[rustfmt::skip]
struct Features(
    Conv<3, 64>, ReLU, Conv<64, 64>, ReLU, MaxPool2d<2>,                            // 224 -> 112
    Conv<64, 128>, ReLU, Conv<128, 128>, ReLU, MaxPool2d<2>,                        // -> 56
    Conv<128, 256>, ReLU, Conv<256, 256>, ReLU, Conv<256, 256>, ReLU, MaxPool2d<2>, // -> 28
    Conv<256, 512>, ReLU, Conv<512, 512>, ReLU, Conv<512, 512>, ReLU, MaxPool2d<2>, // -> 14
    Conv<512, 512>, ReLU, Conv<512, 512>, ReLU, Conv<512, 512>, ReLU, MaxPool2d<2>, // -> 7
);

#[derive(Module)]
#[module(sequence)]
struct Vgg16 {
    features: Features,
    flatten: Flatten, // 512×7×7 -> 25088: the compiler's own arithmetic
    classifier: (
        Linear<25088, 4096>,
        ReLU,
        Dropout,
        Linear<4096, 4096>,
        ReLU,
        Dropout,
        Linear<4096, 1000>,
    ),
}

/// The published number of parameters.
const _: () = assert!(Vgg16::PARAMETERS == 138_357_544);

impl Vgg16 {
    #[rustfmt::skip]
    fn new(rng: &mut StdRng) -> Self {
        let pool = MaxPool2d::new;
        Vgg16 {
            features: Features(
                Conv2d::new(rng), ReLU, Conv2d::new(rng), ReLU, pool(),
                Conv2d::new(rng), ReLU, Conv2d::new(rng), ReLU, pool(),
                Conv2d::new(rng), ReLU, Conv2d::new(rng), ReLU, Conv2d::new(rng), ReLU, pool(),
                Conv2d::new(rng), ReLU, Conv2d::new(rng), ReLU, Conv2d::new(rng), ReLU, pool(),
                Conv2d::new(rng), ReLU, Conv2d::new(rng), ReLU, Conv2d::new(rng), ReLU, pool(),
            ),
            flatten: Flatten,
            classifier: (
                Linear::new(rng), ReLU, Dropout::new(0.5),
                Linear::new(rng), ReLU, Dropout::new(0.5),
                Linear::new(rng),
            ),
        }
    }
}

/// The same idea for 16×16 pixels and 4 classes.
type Small = (
    Conv<1, 8>,
    ReLU,
    MaxPool2d<2>,
    Conv<8, 16>,
    ReLU,
    MaxPool2d<2>,
    Flatten,
    Linear<256, 4>,
);

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    println!("{}", Summary::of::<Vgg16, Tensor4<1, 3, 224, 224>>()); // from the types: there is no network yet

    let begin = Instant::now();
    let net: FrozenVgg16 = Vgg16::new(&mut rng).freeze();
    println!("VGG-16, made in {:.1?}", begin.elapsed());
    let image = Tensor4::<1, 3, 224, 224>::rand(&mut rng);
    let begin = Instant::now();
    let logits: Tensor2<1, 1000> = net.forward(&image);
    println!(
        "one image: {:.1?}, class {}",
        begin.elapsed(),
        logits.argmax_axis::<1>()[[0]]
    );
    assert!(logits.iter().all(|logit| logit.is_finite()));

    let mut net: Small = (
        Conv2d::new(&mut rng),
        ReLU,
        MaxPool2d::new(),
        Conv2d::new(&mut rng),
        ReLU,
        MaxPool2d::new(),
        Flatten,
        Linear::new(&mut rng),
    );
    // Each class is a quarter of the image that is brighter.
    let images = Tensor4::<16, 1, 16, 16>::from_fn(|i| {
        let (image, row, column) = (i / 256, i / 16 % 16, i % 16);
        let bright = image % 4 == row / 8 * 2 + column / 8;
        0.1 * ((i * 7919) % 10) as f32 + if bright { 1.0 } else { 0.0 }
    });
    let labels = Labels::<16, 4>::try_from(core::array::from_fn(|image| image % 4)).expect("classes below 4");
    let mut optimizer = Adam::new(0.01);
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
}

#[test]
fn multiply_adds_are_the_published_ones() {
    let summary = Summary::of::<Vgg16, Tensor4<1, 3, 224, 224>>();
    assert_eq!(summary.multiply_adds(), 15_470_264_320);
    assert_eq!(summary.trainable_parameters(), 138_357_544);
    let frozen = Summary::of::<FrozenVgg16, Tensor4<1, 3, 224, 224>>();
    assert_eq!((frozen.parameters(), frozen.trainable_parameters()), (138_357_544, 0));
    assert_eq!(summary.rows()[31].outputs, [[1, 512, 14, 14]]);
}
