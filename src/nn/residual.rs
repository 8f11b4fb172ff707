//! Connections around layers.

use super::module::Module;
use super::parameters::{Name, Parameters, Visitor, VisitorMut};
use super::sequence::{Layers, Meets, PassesThrough};
use super::stateful::Stateful;
use super::undecided::for_undecided_shapes;
use crate::autograd::{Join, Joined, Track, Untracked};
use crate::dim::{Dim, Dimension, Undecided};
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};

/// What layers give, added to what they take: `x + L(x)` ([He et al. 2015](https://arxiv.org/abs/1512.03385)).
///
/// Both have one shape, or it does not compile. The parameters have the layers' own names, without another word before them.
///
/// ```
/// use tintype::prelude::*;
/// let mut rng = StdRng::seed_from_u64(0);
/// let block = Residual((LayerNorm::<8>::new(), Linear::<8, 8>::new(&mut rng), GELU));
/// let y: Tensor2<5, 8, f32, Tracked> = block.forward(&Tensor2::<5, 8>::ones());
/// assert_eq!(block.parameter_names()[2], "1.weight");
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Residual<L>(pub L);

/// That what layers give has the shape of what they take.
#[diagnostic::on_unimplemented(
    message = "a residual connection adds what its layers give, `{Self}`, to what they take, `{X}`, and the shapes differ",
    label = "expected `{X}`, found `{Self}`"
)]
pub trait SameShapeAs<X> {
    /// That shape. (Where the two differ there is none, and rustc says nothing of the layers that come after.)
    type Same: Shape;
}
#[diagnostic::do_not_recommend]
impl<X: Shape> SameShapeAs<X> for X {
    type Same = X;
}

macro_rules! undecided {
    ($([$($before:ident)*] [$($size:ident)*] $undecided:ty, $shape:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($before: Dimension,)* $(const $size: usize),*> SameShapeAs<$shape> for $undecided {
            type Same = $shape;
        }
    )* };
}
for_undecided_shapes!(undecided);

#[diagnostic::do_not_recommend]
impl<X: Meets<Residual<L>>, L> Module<X> for Residual<L> {
    type Output = <X as PassesThrough<Residual<L>>>::Output;
    fn apply(&self, x: &X) -> Self::Output {
        x.pass(self)
    }
}

impl<L> Layers for Residual<L> {
    type First = L;
    type References<'a>
        = &'a Residual<L>
    where
        L: 'a;
}

impl<X: AddedTo<Y, Sum = Sum>, Y, Sum, L: Module<X, Output = Y>> PassesThrough<Residual<L>> for X {
    type Output = Sum;
    fn pass<'a>(&self, layer: &'a Residual<L>) -> Sum
    where
        L: 'a,
    {
        self.added_to(layer.0.apply(self))
    }
}

/// An input that can be added to what layers make of it, `Y`.
pub trait AddedTo<Y> {
    /// The sum.
    type Sum;
    /// Adds.
    fn added_to(&self, y: Y) -> Self::Sum;
}

impl<S: Shape, Y: Shape + SameShapeAs<S>, E: Float, A: Track, G: Track + Join<A>> AddedTo<Tensor<Y, E, G>>
    for Tensor<S, E, A>
{
    type Sum = Tensor<Y::Same, E, Joined<G, A>>;
    fn added_to(&self, y: Tensor<Y, E, G>) -> Self::Sum {
        y.renamed::<Y::Same>() + self.clone().renamed::<Y::Same>()
    }
}

#[diagnostic::do_not_recommend]
impl<L: Parameters> Parameters for Residual<L> {
    const PARAMETERS: usize = L::PARAMETERS;
    const TRAINABLE: usize = L::TRAINABLE;
    fn visit(&self, name: &mut Name, visitor: &mut impl Visitor) {
        self.0.visit(name, visitor);
    }
    fn visit_mut(&mut self, name: &mut Name, visitor: &mut impl VisitorMut) {
        self.0.visit_mut(name, visitor);
    }
}

impl<L: Stateful> Stateful for Residual<L> {
    type In<T: Track> = Residual<L::In<T>>;
    fn into_state<T: Track>(self) -> Residual<L::In<T>> {
        Residual(self.0.into_state())
    }
    fn from_frozen(frozen: Self::In<Untracked>) -> Self {
        Residual(L::from_frozen(frozen.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autograd::gradcheck;
    use crate::prelude::*;

    #[test]
    fn gradients() {
        let rng = &mut StdRng::seed_from_u64(0);
        let layer = Residual((Linear::<3, 3, f64>::new(rng), Tanh));
        let x = Tensor2::<4, 3, f64>::randn(rng);
        gradcheck(|x| layer.forward(x), x).unwrap();
    }
}
