//! Code that is generic over sizes: one bound for each size that is computed, none for those that are not.
//!
//! `cargo run --example generic`

// A type that says every size is what this is about, however complex clippy finds it.
#![allow(clippy::type_complexity)]

use tintype::prelude::*;

/// Generic over the batch and the features: nothing is computed, so there is no bound.
fn standardised<B: Dimension, const N: usize>(x: &Tensor<(B, Dim<N>)>) -> Tensor<(B, Dim<N>)> {
    let mean = x.mean_axis::<0>().broadcast::<(B, Dim<N>)>();
    let centred = x - mean;
    let deviation = centred.square().mean_axis::<0>().sqrt() + 1e-5;
    centred / deviation.broadcast::<(B, Dim<N>)>()
}

/// Generic over the image: one bound for the height, one for the width, and `H::Out` for what comes out.
fn block<B: Dimension, H: ConvDim<3>, W: ConvDim<3>>(
    conv: &Conv2d<8, 16, 3>,
    x: &Tensor<(B, Dim<8>, H, W)>,
) -> Tensor<(B, Dim<16>, H::Out, W::Out), f32, Tracked> {
    conv.forward(x).relu()
}

/// Two convolutions: the second's bounds are on the first's output.
fn two_blocks<B: Dimension, H, W>(
    convs: &(Conv2d<8, 16, 3>, Conv2d<16, 16, 3>),
    x: &Tensor<(B, Dim<8>, H, W)>,
) -> Tensor<(B, Dim<16>, <H::Out as ConvDim<3>>::Out, <W::Out as ConvDim<3>>::Out), f32, Tracked>
where
    H: ConvDim<3, Out: ConvDim<3>>,
    W: ConvDim<3, Out: ConvDim<3>>,
{
    convs.1.forward(&block(&convs.0, x)).relu()
}

/// A residual block generic over its channels, the batch and the image: a padding of 1 under a kernel of 3 keeps every size,
/// `Same` says so, and there is no bound on any number. `T` is whether it learns.
#[derive(Module)]
struct Residual<const C: usize, T: Track = Tracked> {
    first: In<Conv2d<C, C, 3, 3, Stride<1>, Same>, T>,
    second: In<Conv2d<C, C, 3, 3, Stride<1>, Same>, T>,
}

impl<const C: usize> Residual<C> {
    fn new(rng: &mut StdRng) -> Self {
        Residual {
            first: Conv2d::new(rng),
            second: Conv2d::new(rng),
        }
    }
}

impl<B: Dimension, H: Dimension, W: Dimension, G: Track + Join<T>, T: Track, const C: usize>
    Module<Tensor<(B, Dim<C>, H, W), f32, G>> for Residual<C, T>
{
    type Output = Tensor<(B, Dim<C>, H, W), f32, Joined<G, T>>;
    fn apply(&self, x: &Tensor<(B, Dim<C>, H, W), f32, G>) -> Self::Output {
        let y = self.first.forward(x).relu();
        (self.second.forward(&y) + x).relu()
    }
}

/// Generic over any shape at all.
fn root_mean_square<S: Shape, G: Track>(x: &Tensor<S, f32, G>) -> Tensor0<f32, G> {
    x.square().mean().sqrt()
}

fn main() {
    let mut rng = StdRng::seed_from_u64(0);

    let x = standardised(&Tensor2::<100, 3>::rand(&mut rng));
    println!("standardised: root mean square {:.3}", root_mean_square(&x).item());
    assert!((root_mean_square(&x).item() - 1.0).abs() < 1e-2);

    let convs = (Conv2d::new(&mut rng), Conv2d::new(&mut rng));
    let small: Tensor4<1, 16, 4, 4, f32, Tracked> = two_blocks(&convs, &Tensor4::<1, 8, 8, 8>::rand(&mut rng));
    let large: Tensor4<2, 16, 60, 28, f32, Tracked> = two_blocks(&convs, &Tensor4::<2, 8, 64, 32>::rand(&mut rng));
    println!("two blocks: {:?} and {:?}", small.shape(), large.shape());

    let network = (Residual::<8>::new(&mut rng), Residual::<8>::new(&mut rng));
    println!(
        "residual blocks: {} parameters, {:?}",
        network.parameter_count(),
        network.parameter_names()
    );
    let x = Tensor4::<2, 8, 12, 12>::rand(&mut rng);
    let learning: Tensor4<2, 8, 12, 12, f32, Tracked> = network.forward(&x);
    let frozen: Tensor4<2, 8, 12, 12> = network.freeze().forward(&x);
    assert_eq!(learning, frozen);
}
