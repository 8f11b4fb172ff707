//! Arrays of layers: the same kind of layer several times, one after the other.

use super::module::Module;
use super::parameters::{Name, Parameters, Visitor, VisitorMut};
use super::sequence::{Layers, Meets, PassesThrough};
use super::stateful::Stateful;
use super::undecided::for_undecided_shapes;
use crate::autograd::{Track, Untracked};
use crate::dim::{Dim, Dimension, Undecided};
use crate::tensor::{Float, Tensor};

/// Layers of one type, one after the other, each with weights of its own. What the layer gives is what it takes, its graph too: what
/// comes first in a network and learns takes `x.requires_grad()`, or a layer before it.
///
/// ```
/// use tintype::prelude::*;
/// let mut rng = StdRng::seed_from_u64(0);
/// let input = Linear::<4, 8>::new(&mut rng);
/// let hidden: [(Linear<8, 8>, ReLU); 3] = core::array::from_fn(|_| (Linear::new(&mut rng), ReLU));
/// let y: Tensor2<5, 8, f32, Tracked> = (input, hidden).forward(&Tensor2::<5, 4>::ones());
/// assert_eq!(<[Linear<8, 8>; 3]>::PARAMETERS, 3 * 72);
/// ```
#[diagnostic::do_not_recommend]
impl<X: Meets<[L; N]>, L, const N: usize> Module<X> for [L; N] {
    type Output = <X as PassesThrough<[L; N]>>::Output;
    fn apply(&self, x: &X) -> Self::Output {
        x.pass(self)
    }
}

impl<L, const N: usize> Layers for [L; N] {
    type First = L;
    type References<'a>
        = &'a [L; N]
    where
        L: 'a;
}

impl<X: Repeated<Y>, Y, L: Module<X, Output = Y>, const N: usize> PassesThrough<[L; N]> for X {
    type Output = X::Last;
    fn pass<'a>(&self, layers: &'a [L; N]) -> X::Last
    where
        L: 'a,
    {
        self.pass_each(layers)
    }
}

/// An input of which layers make `Y`, each of what the one before it made. (That it goes by what it `Repeats` one step further down is
/// for rustc to cite that.)
pub trait Repeated<Y>: Sized {
    /// What the last one makes.
    type Last;
    /// Computes it.
    fn pass_each(&self, layers: &[impl Module<Self, Output = Y>]) -> Self::Last;
}
impl<X, Y: Repeats<X>> Repeated<Y> for X {
    type Last = Y::Last;
    fn pass_each(&self, layers: &[impl Module<X, Output = Y>]) -> Y::Last {
        Y::through(layers, self)
    }
}

/// That what a layer gives is what it takes, so that the next one of its kind can follow it.
#[diagnostic::on_unimplemented(
    message = "the layers of an array give what they take, and these make `{Self}` of `{X}`",
    label = "expected `{X}`, found `{Self}`",
    note = "a layer that changes the shape is no member of an array: put it into a tuple with what follows it",
    note = "where they differ in `Tracked` alone, the input is a constant: take `x.requires_grad()`, or put a layer before the array"
)]
pub trait Repeats<X>: Sized {
    /// That type. (Where the two differ there is none, and rustc says nothing of the layers that come after.)
    type Last;
    /// What layers make of an input, one after the other.
    fn through(layers: &[impl Module<X, Output = Self>], x: &X) -> Self::Last;
}
#[diagnostic::do_not_recommend]
impl<X: Clone> Repeats<X> for X {
    type Last = X;
    fn through(layers: &[impl Module<X, Output = X>], x: &X) -> X {
        layers.iter().fold(x.clone(), |x, layer| layer.apply(&x))
    }
}

macro_rules! undecided {
    ($([$($before:ident)*] [$($size:ident)*] $undecided:ty, $shape:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<E: Float, G: Track, $($before: Dimension,)* $(const $size: usize),*> Repeats<Tensor<$shape, E, G>>
            for Tensor<$undecided, E, G>
        {
            type Last = Tensor<$shape, E, G>;
            fn through(_: &[impl Module<Tensor<$shape, E, G>, Output = Self>], _: &Tensor<$shape, E, G>) -> Self::Last {
                unreachable!("no layer gives a tensor of this shape")
            }
        }
    )* };
}
for_undecided_shapes!(undecided);

#[diagnostic::do_not_recommend]
impl<L: Parameters, const N: usize> Parameters for [L; N] {
    const PARAMETERS: usize = N * L::PARAMETERS;
    const TRAINABLE: usize = N * L::TRAINABLE;
    fn visit(&self, name: &mut Name, visitor: &mut impl Visitor) {
        for (i, layer) in self.iter().enumerate() {
            name.index(i, |name| layer.visit(name, visitor));
        }
    }
    fn visit_mut(&mut self, name: &mut Name, visitor: &mut impl VisitorMut) {
        for (i, layer) in self.iter_mut().enumerate() {
            name.index(i, |name| layer.visit_mut(name, visitor));
        }
    }
}

impl<L: Stateful, const N: usize> Stateful for [L; N] {
    type In<T: Track> = [L::In<T>; N];
    fn into_state<T: Track>(self) -> Self::In<T> {
        self.map(L::into_state)
    }
    fn from_frozen(frozen: Self::In<Untracked>) -> Self {
        frozen.map(L::from_frozen)
    }
}
