//! A batch of any size at the call: the batch is a `Dimension` of the function, or of the module's input.

use tintype::prelude::*;

/// Each feature with mean 0 and deviation 1 over the batch.
fn standardised<B: Dimension, const N: usize>(x: &Tensor<(B, Dim<N>)>) -> Tensor<(B, Dim<N>)> {
    let centred = x - x.mean_axis::<0>().broadcast::<(B, Dim<N>)>();
    let deviation = centred.square().mean_axis::<0>().sqrt() + 1e-5;
    centred / deviation.broadcast::<(B, Dim<N>)>()
}

/// A network with a `forward` of its own. `T` is whether it learns; with `In` a layer takes it without its other parameters
/// being spelled. `G` is the state of the input.
#[derive(Module)]
struct Classifier<T: Track = Tracked> {
    hidden: In<Linear<4, 32>, T>,
    output: In<Linear<32, 3>, T>,
}

impl<B: Dimension, G: Track + Join<T>, T: Track> Module<Tensor<(B, Dim<4>), f32, G>> for Classifier<T> {
    type Output = Tensor<(B, Dim<3>), f32, Joined<G, T>>;
    fn apply(&self, x: &Tensor<(B, Dim<4>), f32, G>) -> Self::Output {
        self.output.forward(&self.hidden.forward(x).relu()).softmax::<1>()
    }
}

pub fn show(rng: &mut StdRng) {
    let x = standardised(&Tensor2::<100, 4>::rand(rng));
    assert!(x.mean_axis::<0>().iter().all(|mean| mean.abs() < 1e-5));

    let net: Classifier = Classifier {
        hidden: Linear::new(rng),
        output: Linear::new(rng),
    };
    let of_100: Tensor2<100, 3, f32, Tracked> = net.forward(&x);
    let of_1: Tensor2<1, 3> = net.freeze().forward(&Tensor2::<1, 4>::rand(rng));
    println!("any batch: {:?} and {:?}", of_100.shape(), of_1.shape());
}
