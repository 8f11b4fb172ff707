//! A model and its optimiser in one struct, generic over both, and saved to go on later.

#[cfg(feature = "io")]
use std::path::Path;
use tintype::optim::Resume;
use tintype::prelude::*;

#[derive(Clone)]
struct Trainer<M, O> {
    model: M,
    optimiser: O,
}

impl<M: Parameters, O: Resume> Trainer<M, O> {
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

    /// All that the steps to come depend on, in one file.
    #[cfg(feature = "io")]
    fn save(&self, path: &Path) -> tintype::Result<()> {
        tintype::io::save((&self.model, &self.optimiser), path)
    }

    #[cfg(feature = "io")]
    fn load(&mut self, path: &Path) -> tintype::Result<()> {
        tintype::io::load((&mut self.model, &mut self.optimiser), path)
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

    // Stopped here and begun again in another program, it goes on as if it had not stopped.
    #[cfg(feature = "io")]
    {
        let path = std::env::temp_dir().join(format!("tintype-generic-{}.safetensors", std::process::id()));
        trainer.save(&path).expect("the folder can be written to");
        let mut resumed = trainer.clone();
        (0..10).for_each(|_| _ = trainer.step(&x, &target));
        resumed.optimiser = Adam::new(1.0);
        resumed.load(&path).expect("it is what has been saved");
        (0..10).for_each(|_| _ = resumed.step(&x, &target));
        assert_eq!(resumed.step(&x, &target), trainer.step(&x, &target));
        let _ = std::fs::remove_file(path);
    }
}
