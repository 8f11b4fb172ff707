//! From images to vectors without a graph: a copy.

use super::{Direct, Input, learns_nothing};
use crate::kernels::Vector;
use crate::kernels::small::Instructions;
use crate::nn::Flatten;
use crate::shape::FlattenFrom;
use crate::tensor::Float;

#[diagnostic::do_not_recommend]
impl<S: FlattenFrom<1>, E: Float> Direct<S, E> for Flatten {
    type Output = S::Out;
    type Saved = ();
    learns_nothing!(E);

    #[inline(always)]
    fn compute<V: Vector<E>>(&self, _: Instructions<E, V>, x: &[E], y: &mut [E], (): &mut (), _: bool) {
        y.copy_from_slice(x);
    }

    #[inline(always)]
    fn differentiate<V: Vector<E>>(&self, _: Instructions<E, V>, x: Input<E>, dy: &[E], (): &mut (), (): &mut ()) {
        x.replace(|dx| dx.copy_from_slice(dy));
    }
}
