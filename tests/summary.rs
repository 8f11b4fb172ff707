//! What `summary` says of layers and of what users make of them.

use std::rc::Rc;
use tintype::nn::{Inspect, Row};
use tintype::prelude::*;

fn rng() -> StdRng {
    StdRng::seed_from_u64(3)
}

/// Name, shape, parameters and multiply-adds of each row.
fn rows(summary: &Summary) -> Vec<(&str, Vec<usize>, usize, u64)> {
    let shape = |row: &Row| row.outputs.first().map_or(Vec::new(), |shape| shape.to_vec());
    let rows = summary.rows().iter();
    rows.map(|row| (row.name.as_str(), shape(row), row.parameters, row.multiply_adds))
        .collect()
}

/// The multiply-adds of a layer by itself, and whether these are all.
fn counted<L, X>() -> u64
where
    L: Module<X, Output: tintype::nn::GivenBy<L, X>>,
{
    let summary = Summary::of::<L, X>();
    assert!(summary.rows().iter().all(|row| row.counted));
    summary.multiply_adds()
}

#[test]
fn every_layer_says_what_it_multiplies() {
    type Vectors = Tensor2<5, 8>;
    type Signals = Tensor3<2, 8, 20>;
    type Images = Tensor4<2, 8, 6, 10>;
    assert_eq!(counted::<Linear<8, 3>, Vectors>(), 5 * 8 * 3);
    assert_eq!(counted::<WithoutBias<Linear<20, 3>>, Signals>(), 2 * 8 * 20 * 3);
    assert_eq!(counted::<Conv1d<8, 3, 5>, Signals>(), 2 * 3 * 16 * 8 * 5);
    assert_eq!(counted::<Conv1d<8, 3, 5>, Tensor2<8, 20>>(), 3 * 16 * 8 * 5);
    assert_eq!(
        counted::<Conv2d<8, 4, 3, 5, Stride<2>, Padding<1, 2>, Dilation<1>, Groups<2>>, Images>(),
        2 * 4 * 3 * 5 * 4 * 15
    );
    assert_eq!(
        counted::<MultiheadAttention<8, 2>, Tensor3<2, 7, 8>>(),
        2 * (4 * 7 * 64 + 2 * 49 * 8)
    );
    assert_eq!(
        counted::<CausalSelfAttention<8, 2>, Tensor3<2, 7, 8>>(),
        2 * (4 * 7 * 64 + 2 * 49 * 8)
    );
    let none = [
        counted::<ReLU, Images>(),
        counted::<GELU, Images>(),
        counted::<GELUTanh, Images>(),
        counted::<SiLU, Images>(),
        counted::<Tanh, Images>(),
        counted::<Sigmoid, Images>(),
        counted::<LeakyReLU, Images>(),
        counted::<Identity, Images>(),
        counted::<Flatten, Images>(),
        counted::<GlobalAvgPool2d, Images>(),
        counted::<MaxPool1d<2>, Signals>(),
        counted::<MaxPool2d<2>, Images>(),
        counted::<AvgPool1d<2>, Signals>(),
        counted::<AvgPool2d<2>, Images>(),
        counted::<Dropout, Images>(),
        counted::<BatchNorm1d<8>, Vectors>(),
        counted::<BatchNorm1d<8>, Signals>(),
        counted::<BatchNorm2d<8>, Images>(),
        counted::<LayerNorm<8>, Vectors>(),
        counted::<RmsNorm<8>, Vectors>(),
        counted::<Embedding<50257, 8>, Indices<Rank2<2, 3>, 50257>>(),
    ];
    assert_eq!(none, [0; 21]);
}

#[test]
fn layers_in_layers() {
    type Block = Residual<(LayerNorm<8>, Linear<8, 8>)>;
    type Net = ((Linear<4, 8>, ReLU), [Block; 2], Box<Linear<8, 2>>);
    let summary = Summary::of::<Net, Tensor2<5, 4>>();
    assert_eq!(
        rows(&summary),
        [
            ("", vec![5, 2], 40 + 2 * 88 + 18, 5 * (32 + 2 * 64 + 16)),
            ("0", vec![5, 8], 40, 5 * 32),
            ("0", vec![5, 8], 40, 5 * 32),
            ("1", vec![5, 8], 0, 0),
            ("1", vec![5, 8], 2 * 88, 5 * 2 * 64),
            ("0", vec![5, 8], 88, 5 * 64),
            ("0", vec![5, 8], 16, 0),
            ("1", vec![5, 8], 72, 5 * 64),
            ("1", vec![5, 8], 88, 5 * 64),
            ("0", vec![5, 8], 16, 0),
            ("1", vec![5, 8], 72, 5 * 64),
            ("2", vec![5, 2], 18, 5 * 16),
        ]
    );
    assert_eq!(summary.parameters(), Net::PARAMETERS);
    assert_eq!(summary.output_bytes(), 4 * 5 * (8 + 8 + 4 * 8 + 2));
    let printed = summary.to_string();
    let tree: Vec<&str> = printed.lines().skip(2).take(12).collect();
    for (i, beginning) in [
        (0, "3 layers "),
        (1, "├ 0: 2 layers "),
        (3, "│ └ 1: ReLU "),
        (4, "├ 1: 2 × Residual "),
        (5, "│ ├ 0: Residual "),
        (6, "│ │ ├ 0: LayerNorm<8> "),
        (7, "│ │ └ 1: Linear<8, 8> "),
        (10, "│   └ 1: Linear<8, 8> "),
        (11, "└ 2: Linear<8, 2> "),
    ] {
        assert!(tree[i].starts_with(beginning), "{printed}");
    }
}

#[derive(Module)]
#[module(sequence)]
struct Sequence {
    conv: Conv2d<1, 4, 3>,
    pool: MaxPool2d<2>,
    flatten: Flatten,
    output: Linear<36, 2>,
    #[module(skip)]
    _name: &'static str,
}

impl Sequence {
    fn new() -> Self {
        Sequence {
            conv: Conv2d::new(&mut rng()),
            pool: MaxPool2d::new(),
            flatten: Flatten,
            output: Linear::new(&mut rng()),
            _name: "small",
        }
    }
}

#[test]
fn derived_sequences_frozen_and_behind_pointers() {
    let expected = [
        ("", vec![1, 2], 40 + 74, 36 * 36 + 72),
        ("conv", vec![1, 4, 6, 6], 40, 36 * 36),
        ("pool", vec![1, 4, 3, 3], 0, 0),
        ("flatten", vec![1, 36], 0, 0),
        ("output", vec![1, 2], 74, 72),
    ];
    let net = &mut Sequence::new();
    assert_eq!(rows(&net.summary::<Tensor4<1, 1, 8, 8>>()), expected);
    let net = Rc::new(Sequence::new());
    assert_eq!(rows(&net.summary::<Tensor4<1, 1, 8, 8>>()), expected);
    let boxed = Box::new(Sequence::new().freeze());
    let frozen = boxed.summary::<Tensor4<1, 1, 8, 8>>();
    assert_eq!(rows(&frozen), expected);
    assert_eq!((frozen.trainable_parameters(), Sequence::TRAINABLE), (0, 114));
}

#[test]
fn what_is_frozen_in_part_learns_in_part() {
    type Net = (Linear<4, 8, f32, Untracked>, ReLU, Linear<8, 2>);
    let summary = Summary::of::<Net, Tensor2<5, 4>>();
    assert_eq!((summary.parameters(), summary.trainable_parameters()), (58, 18));
    assert!(summary.to_string().contains("parameters: 58, of which learning: 18"));
}

/// A module of its author's own, of which the derive knows no more than the fields.
#[derive(Module)]
struct Own<T: Track = Tracked> {
    hidden: In<Linear<4, 8>, T>,
    relu: ReLU,
    scale: In<Tensor1<8>, T>,
}

impl<B: Dimension, T: Track> Module<Tensor<(B, Dim<4>), f32, T>> for Own<T> {
    type Output = Tensor<(B, Dim<8>), f32, T>;
    fn apply(&self, x: &Tensor<(B, Dim<4>), f32, T>) -> Self::Output {
        self.relu.forward(&self.hidden.forward(x)) * self.scale.broadcast::<(B, Dim<8>)>()
    }
}

#[test]
fn a_module_of_ones_own_shows_its_parameters_and_output() {
    let summary = Summary::of::<(Own, Linear<8, 2>), Tensor2<5, 4, f32, Tracked>>();
    assert_eq!(
        rows(&summary),
        [
            ("", vec![5, 2], 66, 80),
            ("0", vec![5, 8], 48, 0),
            ("hidden", vec![], 40, 0),
            ("scale", vec![], 8, 0),
            ("1", vec![5, 2], 18, 80),
        ]
    );
    assert_eq!(
        summary.rows().iter().map(|row| row.counted).collect::<Vec<_>>(),
        [false, false, false, false, true]
    );
    let printed = summary.to_string();
    assert!(printed.contains("≥ 80") && printed.contains("not counted"), "{printed}");
}

/// A layer that derives nothing.
struct Doubling;

impl<X: Clone> Module<X> for Doubling {
    type Output = (X, X);
    fn apply(&self, x: &X) -> (X, X) {
        (x.clone(), x.clone())
    }
}
impl Parameters for Doubling {
    const PARAMETERS: usize = 0;
    fn visit(&self, _: &mut tintype::nn::Name, _: &mut impl tintype::nn::Visitor) {}
    fn visit_mut(&mut self, _: &mut tintype::nn::Name, _: &mut impl tintype::nn::VisitorMut) {}
}
impl<X> Inspect<X> for Doubling {}

#[test]
fn an_impl_with_nothing_inside_is_one_row() {
    let summary = Doubling.summary::<Tensor1<3>>();
    assert_eq!(summary.rows().len(), 1);
    assert_eq!(summary.rows()[0].outputs, [&[3], &[3]]);
    assert!(summary.to_string().contains("3, 3"));
    assert!(!summary.rows()[0].counted);
}
