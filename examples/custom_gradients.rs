//! Functions with a backward of one's own: several inputs, several outputs, with the course's numbers, which the program checks.
//!
//! `cargo run --example custom_gradients`
//!
//! In PyTorch a wrong number or a wrong shape of gradients is found when `backward` runs. Here it does not compile: try it.

use tintype::prelude::*;

/// The sum of two tensors. `A` and `B` are the states of the inputs: where one is untracked, its gradient is `()`, and the
/// closure that would compute it is never called.
struct MyAdd;

impl<S: Shape, A: Join<B> + Track, B: Track> Function<(Tensor<S, f32, A>, Tensor<S, f32, B>)> for MyAdd {
    const NAME: &'static str = "MyAdd";
    type Output = Tensor<S>;
    type Saved = ();

    fn forward(&self, (x1, x2): (Tensor<S>, Tensor<S>)) -> (Tensor<S>, ()) {
        (x1 + x2, ())
    }

    fn backward<G: Track>(
        &self,
        (): &(),
        gradient: Tensor<S, f32, G>,
    ) -> (A::When<Tensor<S, f32, G>>, B::When<Tensor<S, f32, G>>) {
        (A::when(|| gradient.clone()), B::when(|| gradient))
    }
}

/// The mean of the sum of two tensors, in one function. For tracked inputs alone the types are plain.
struct AddAndAverage;

impl<S: Shape> Function<(Tensor<S, f32, Tracked>, Tensor<S, f32, Tracked>)> for AddAndAverage {
    const NAME: &'static str = "AddAndAverage";
    type Output = Tensor0;
    type Saved = ();

    fn forward(&self, (x1, x2): (Tensor<S>, Tensor<S>)) -> (Tensor0, ()) {
        ((x1 + x2).mean(), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor0<f32, G>) -> (Tensor<S, f32, G>, Tensor<S, f32, G>) {
        let each = (gradient / S::NUMEL as f32).broadcast::<S>();
        (each.clone(), each)
    }
}

/// One tensor in, the same tensor out twice: the gradients of the two outputs add up.
struct Split;

impl<S: Shape, A: Track> Function<Tensor<S, f32, A>> for Split {
    const NAME: &'static str = "Split";
    type Output = (Tensor<S>, Tensor<S>);
    type Saved = ();

    fn forward(&self, x: Tensor<S>) -> ((Tensor<S>, Tensor<S>), ()) {
        ((x.clone(), x), ())
    }

    fn backward<G: Track>(
        &self,
        (): &(),
        (gradient1, gradient2): (Tensor<S, f32, G>, Tensor<S, f32, G>),
    ) -> A::When<Tensor<S, f32, G>> {
        A::when(|| gradient1 + gradient2)
    }
}

/// The largest entry. Every entry that is as large receives the whole gradient. Where they are is saved, as zeros and ones,
/// and only if the input is tracked: that is what `A::When` says.
struct Max;

impl<S: Shape, A: Track> Function<Tensor<S, f32, A>> for Max {
    const NAME: &'static str = "Max";
    type Output = Tensor0;
    type Saved = A::When<Tensor<S>>;

    fn forward(&self, x: Tensor<S>) -> (Tensor0, Self::Saved) {
        let largest = x.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let winners = A::when(|| x.map(|entry| if entry == largest { 1.0 } else { 0.0 }));
        (Tensor0::scalar(largest), winners)
    }

    fn backward<G: Track>(&self, winners: &Self::Saved, gradient: Tensor0<f32, G>) -> A::When<Tensor<S, f32, G>> {
        A::with(winners, |winners| gradient.broadcast::<S>() * winners)
    }
}

fn main() {
    let mut rng = StdRng::seed_from_u64(0);

    let x1 = Tensor1::<3>::randn(&mut rng).requires_grad();
    let x2 = Tensor1::<3>::randn(&mut rng).requires_grad();
    let y = MyAdd.apply((&x1, &x2));
    println!("MyAdd: {y}");
    assert_eq!(y.grad_fn().unwrap().to_string(), "<MyAddBackward>");
    let grads = y.mean().backward();
    println!("  gradients of the mean: {} and {}", grads[&x1], grads[&x2]);
    assert_eq!(
        (grads[&x1].array(), grads[&x2].array()),
        (&[1.0 / 3.0; 3], &[1.0 / 3.0; 3])
    );

    // With a constant for x2 the same function computes one gradient, and saves nothing for the other.
    let grads = MyAdd.apply((&x1, &x2.detach())).mean().backward();
    assert_eq!(grads.len(), 1);

    let grads = AddAndAverage.apply((&x1, &x2)).backward();
    println!("AddAndAverage: {} and {}", grads[&x1], grads[&x2]);
    assert_eq!(
        (grads[&x1].array(), grads[&x2].array()),
        (&[1.0 / 3.0; 3], &[1.0 / 3.0; 3])
    );

    let x = Tensor1::<4>::randn(&mut rng).requires_grad();
    let (a, b) = Split.apply(&x);
    let grads = (a + b * 2.0).mean().backward();
    println!("Split: (a + 2b).mean() has the gradient {}", grads[&x]);
    assert_eq!(grads[&x].array(), &[0.75; 4]);

    let x = tensor([5.0, 1.0, -2.0, 4.0, 3.0]).requires_grad();
    let grads = Max.apply(&x).backward();
    println!("Max of {x}: {}", grads[&x]);
    assert_eq!(grads[&x].array(), &[1.0, 0.0, 0.0, 0.0, 0.0]);
    let x = tensor([3.0, 3.0, 1.0]).requires_grad();
    let grads = Max.apply(&x).backward();
    println!("Max of {x}, a tie: {}", grads[&x]);
    assert_eq!(grads[&x].array(), &[1.0, 1.0, 0.0]);

    // Whether a formula is right, the compiler cannot know; central differences can.
    struct Cube;
    impl<S: Shape, A: Track> Function<Tensor<S, f64, A>> for Cube {
        const NAME: &'static str = "Cube";
        type Output = Tensor<S, f64>;
        type Saved = A::When<Tensor<S, f64>>;
        fn forward(&self, x: Tensor<S, f64>) -> (Tensor<S, f64>, Self::Saved) {
            (x.powi(3), A::when(|| x))
        }
        fn backward<G: Track>(&self, x: &Self::Saved, gradient: Tensor<S, f64, G>) -> A::When<Tensor<S, f64, G>> {
            A::with(x, |x| gradient * x.square() * 3.0)
        }
    }
    gradcheck(|x| Cube.apply(x), Tensor1::<2, f64>::from([0.5, -2.0])).expect("3x² is the derivative of x³");
    println!("Cube: the backward function agrees with central differences");
}
