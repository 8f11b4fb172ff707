//! A layer of one's own, with parameters of its own: a tensor is a field like any other.

use tintype::prelude::*;

/// `scale · x + shift`, feature by feature.
#[derive(Module)]
struct Affine<const N: usize, T: Track = Tracked> {
    scale: In<Tensor1<N>, T>,
    shift: In<Tensor1<N>, T>,
}

impl<const N: usize> Affine<N> {
    fn new() -> Self {
        Affine {
            scale: Tensor1::ones().requires_grad(),
            shift: Tensor1::zeros().requires_grad(),
        }
    }
}

impl<B: Dimension, G: Track + Join<T>, T: Track, const N: usize> Module<Tensor<(B, Dim<N>), f32, G>> for Affine<N, T> {
    type Output = Tensor<(B, Dim<N>), f32, Joined<G, T>>;
    fn apply(&self, x: &Tensor<(B, Dim<N>), f32, G>) -> Self::Output {
        x * self.scale.broadcast::<(B, Dim<N>)>() + self.shift.broadcast::<(B, Dim<N>)>()
    }
}

pub fn show(rng: &mut StdRng) {
    let net = (Affine::<4>::new(), Linear::<4, 2>::new(rng));
    println!("own parameters: {:?}", net.parameter_names());
    let gradients = net.forward(&Tensor2::<3, 4>::rand(rng)).sum().backward();
    assert_eq!(gradients[&net.0.scale].shape(), [4]);
    let frozen: Tensor2<3, 2> = net.freeze().forward(&Tensor2::<3, 4>::rand(rng));
    assert_eq!(frozen.shape(), [3, 2]);
}
