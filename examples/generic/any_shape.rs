//! A function over any rank and any sizes, tracked or not: nothing is computed with the sizes, so there is no bound on them.

use tintype::prelude::*;

fn root_mean_square<S: Shape, G: Track>(x: &Tensor<S, f32, G>) -> Tensor0<f32, G> {
    x.square().mean().sqrt()
}

/// Over two states: what comes out is tracked if either is, which is what `Joined` says.
fn distance<S: Shape, A: Track + Join<B>, B: Track>(
    a: &Tensor<S, f32, A>,
    b: &Tensor<S, f32, B>,
) -> Tensor0<f32, Joined<A, B>> {
    (a - b).norm()
}

pub fn show(rng: &mut StdRng) {
    let vector: Tensor0 = root_mean_square(&tensor([3.0, -3.0]));
    let cube: Tensor0<f32, Tracked> = root_mean_square(&Tensor3::<4, 4, 4>::full(2.0).requires_grad());
    println!("any shape: {} and {}", vector.item(), cube.item());
    assert_eq!((vector.item(), cube.item()), (3.0, 2.0));

    let x = Tensor2::<3, 5>::randn(rng).requires_grad();
    let to_a_constant: Tensor0<f32, Tracked> = distance(&x, &Tensor::zeros());
    assert_eq!(to_a_constant, x.norm());
}
