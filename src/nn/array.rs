//! Arrays of layers: the same kind of layer several times, one after the other.

use super::module::Module;
use super::parameters::{Name, Parameters, Visitor, VisitorMut};
use super::sequence::{Layers, Meets, PassesThrough};
use super::stateful::Stateful;
use crate::autograd::Track;

/// Layers of one type, one after the other, each with weights of its own. What the layer gives is what it takes.
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
    type Last = L;
    type References<'a>
        = &'a [L; N]
    where
        L: 'a;
}

impl<X: Clone, L: Module<X, Output = X>, const N: usize> PassesThrough<[L; N]> for X {
    type LastInput = X;
    type Output = X;
    fn pass<'a>(&self, layers: &'a [L; N]) -> X
    where
        L: 'a,
    {
        layers.iter().fold(self.clone(), |x, layer| layer.apply(&x))
    }
}

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
}
