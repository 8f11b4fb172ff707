//! An LSTM over sequences of any length: a time step by `at`, four gates of one matrix by `chunk`, what it
//! remembers at each step together by `stack`, and clipped gradients.

use std::array;
use tintype::dim::Chunks;
use tintype::prelude::*;

/// `GATES` is four times `H`, which the one bound of [`Module`] says: stable Rust cannot write `{4 * H}` here.
#[derive(Module)]
struct Lstm<const I: usize, const H: usize, const GATES: usize, T: Track = Tracked> {
    input: In<Linear<I, GATES>, T>,
    hidden: In<Linear<H, GATES>, T>,
}

impl<const I: usize, const H: usize, const GATES: usize> Lstm<I, H, GATES> {
    fn new(rng: &mut StdRng) -> Self {
        Lstm {
            input: Linear::new(rng),
            hidden: Linear::new(rng),
        }
    }
}

/// From (batch, steps, features) to what it remembers after each step.
impl<B: Dimension, T: Track, const N: usize, const I: usize, const H: usize, const GATES: usize>
    Module<Tensor<(B, Dim<N>, Dim<I>)>> for Lstm<I, H, GATES, T>
where
    Dim<GATES>: Chunks<4, Out = Dim<H>>,
{
    type Output = Tensor<(B, Dim<N>, Dim<H>), f32, T>;
    fn apply(&self, x: &Tensor<(B, Dim<N>, Dim<I>)>) -> Self::Output {
        let inputs = self.input.forward(x); // of all steps at once
        let mut cell: Tensor<(B, Dim<H>), f32, T> = T::leaf(Tensor::zeros());
        let mut hidden = cell.clone();
        let steps: [_; N] = array::from_fn(|step| {
            let gates = self.hidden.forward(&hidden) + inputs.at::<1>(step);
            let [input, forget, candidate, output] = gates.chunk::<1, 4>();
            cell = forget.sigmoid() * &cell + input.sigmoid() * candidate.tanh();
            hidden = output.sigmoid() * cell.tanh();
            hidden.clone()
        });
        steps.stack::<1>()
    }
}

pub fn show(rng: &mut StdRng) {
    let mut net = (Lstm::<1, 8, 32>::new(rng), Linear::<8, 1>::new(rng));
    let mut optimiser = Adam::new(0.03);
    // It learns to go on naming the first of five numbers, whatever comes after it.
    let (mut error, mut steep) = (1.0, 0);
    for _ in 0..200 {
        let x = Tensor3::<16, 5, 1>::randn(rng);
        let first = x.slice::<1, 0, 1>().expand::<1, 5>();
        let loss = net.forward(&x).mse_loss(&first);
        error = loss.item();
        let mut gradients = loss.backward();
        let norm = gradients.clip_norm(&net, 1.0);
        steep += usize::from(norm > 1.0);
        optimiser.step(&mut net, &gradients);
    }
    println!("recurrent: an error of {error:.4}; {steep} of 200 gradients were clipped");
    assert!(error < 0.2);
    let frozen = net.freeze();
    let longer: Tensor3<2, 12, 1> = frozen.forward(&Tensor3::<2, 12, 1>::randn(rng));
    assert_eq!(longer.shape(), [2, 12, 1]);
}
