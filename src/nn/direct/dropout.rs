//! Forgetting on purpose, without a graph.

use super::{Direct, Input, learns_nothing};
use crate::autograd::Track;
use crate::kernels::Vector;
use crate::kernels::small::Instructions;
use crate::nn::Dropout;
use crate::shape::Shape;
use crate::tensor::{Float, Place};

/// In training, one that learns saves what it multiplied by. In use it is the identity.
#[diagnostic::do_not_recommend]
impl<S: Shape, E: Float, T: Track> Direct<S, E> for Dropout<T> {
    type Output = S;
    type Saved = Place<S, E>;
    learns_nothing!(E);

    #[inline(always)]
    fn compute<V: Vector<E>>(
        &self,
        on: Instructions<E, V>,
        x: &[E],
        y: &mut [E],
        mask: &mut Place<S, E>,
        training: bool,
    ) {
        y.copy_from_slice(x);
        if T::TRACKED && training {
            self.fill_mask(mask.entries_mut());
            on.zip_in_place(y, mask.entries(), |x, kept| x * kept);
        }
    }

    #[inline(always)]
    fn differentiate<V: Vector<E>>(
        &self,
        on: Instructions<E, V>,
        x: Input<E>,
        dy: &[E],
        mask: &mut Place<S, E>,
        (): &mut (),
    ) {
        x.replace(|dx| {
            dx.copy_from_slice(dy);
            if T::TRACKED {
                on.zip_in_place(dx, mask.entries(), |dy, kept| dy * kept);
            }
        });
    }
}
