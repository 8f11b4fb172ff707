//! A model and its optimiser in one struct, generic over both.

use tintype::prelude::*;

struct Trainer<M, O> {
    model: M,
    optimiser: O,
}

impl<M: Parameters, O: Optimizer> Trainer<M, O> {
    /// One step towards the targets. The sizes are the input's and the target's; that the model leads from one to the other is
    /// the one bound.
    fn step<X, S: Shape>(&mut self, x: &X, target: &Tensor<S>) -> f32
    where
        M: Module<X, Output = Tensor<S, f32, Tracked>>,
    {
        let loss = self.model.forward(x).mse_loss(target);
        let error = loss.item();
        self.optimiser.step(&mut self.model, &loss.backward());
        error
    }
}

pub fn show(rng: &mut StdRng) {
    let model = (Linear::<2, 16>::new(rng), Tanh, Linear::<16, 1>::new(rng));
    let mut trainer = Trainer {
        model,
        optimiser: Adam::new(0.02),
    };
    let x = Tensor2::<64, 2>::randn(rng);
    let target = x.prod_axis::<1>().unsqueeze::<1>(); // the product of the two
    let first = trainer.step(&x, &target);
    let last = (0..300).map(|_| trainer.step(&x, &target)).last().unwrap_or(first);
    println!("with its optimiser: an error of {first:.3} falls to {last:.5}");
    assert!(last < first / 20.0);
}
