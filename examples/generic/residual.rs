//! Residual blocks: one of two convolutions, and one around any layer that keeps its input's shape.

use tintype::prelude::*;

/// Generic over channels, batch and image. `Same` keeps every size, and so there is no bound on any number.
#[derive(Module)]
struct Block<const C: usize, T: Track = Tracked> {
    first: In<Conv2d<C, C, 3, 3, Stride<1>, Same>, T>,
    second: In<Conv2d<C, C, 3, 3, Stride<1>, Same>, T>,
}

impl<const C: usize> Block<C> {
    fn new(rng: &mut StdRng) -> Self {
        Block {
            first: Conv2d::new(rng),
            second: Conv2d::new(rng),
        }
    }
}

impl<B: Dimension, H: Dimension, W: Dimension, G: Track + Join<T>, T: Track, const C: usize>
    Module<Tensor<(B, Dim<C>, H, W), f32, G>> for Block<C, T>
{
    type Output = Tensor<(B, Dim<C>, H, W), f32, Joined<G, T>>;
    fn apply(&self, x: &Tensor<(B, Dim<C>, H, W), f32, G>) -> Self::Output {
        let y = self.first.forward(x).relu();
        (self.second.forward(&y) + x).relu()
    }
}

/// Generic over its inner layer. That the layer keeps the shape is its `Output`; what it does to the state is `O`.
#[derive(Module)]
struct Around<L> {
    inner: L,
}

impl<S: Shape, G: Track, O: Track + Join<G>, L> Module<Tensor<S, f32, G>> for Around<L>
where
    L: Module<Tensor<S, f32, G>, Output = Tensor<S, f32, O>>,
{
    type Output = Tensor<S, f32, Joined<O, G>>;
    fn apply(&self, x: &Tensor<S, f32, G>) -> Self::Output {
        self.inner.forward(x) + x
    }
}

pub fn show(rng: &mut StdRng) {
    let net = (Block::<8>::new(rng), Block::<8>::new(rng));
    println!("residual: {:?}", net.parameter_names());
    let x = Tensor4::<2, 8, 12, 12>::rand(rng);
    let learning: Tensor4<2, 8, 12, 12, f32, Tracked> = net.forward(&x);
    let frozen: Tensor4<2, 8, 12, 12> = net.freeze().forward(&x);
    assert_eq!(learning, frozen);

    let around = Around {
        inner: (Linear::<6, 12>::new(rng), Tanh, Linear::<12, 6>::new(rng)),
    };
    let y: Tensor2<5, 6, f32, Tracked> = around.forward(&Tensor2::<5, 6>::rand(rng));
    let y: Tensor2<5, 6, f32, Tracked> = around.forward(&y);
    assert_eq!(y.sum().backward().len(), 4);
}
