//! Linear functions of one tensor that are loops of their own: padding, average pooling, sums over channels.

use crate::autograd::{Function, Track};
use crate::kernels::buffers;
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};
use core::marker::PhantomData;

/// A linear function of a tensor's entries. Its derivative is its adjoint, and the adjoint's is the function itself.
pub(super) trait LinearMap: Clone + Send + Sync + 'static {
    /// Its name in the graph, and the adjoint's.
    const NAMES: [&'static str; 2];
    /// Computes `out = M·x`, all of it.
    fn map<E: Float>(&self, x: &[E], out: &mut [E]);
    /// Computes `out = Mᵀ·x`, all of it.
    fn adjoint<E: Float>(&self, x: &[E], out: &mut [E]);

    /// `M·x` in the shape `T`.
    fn of<S: Shape, T: Shape, E: Float, A: Track>(self, x: &Tensor<S, E, A>) -> Tensor<T, E, A> {
        Apply::<Self, T, false>(self, PhantomData).apply(x)
    }
    /// `Mᵀ·x` in the shape `T`.
    fn adjoint_of<S: Shape, T: Shape, E: Float, A: Track>(self, x: &Tensor<S, E, A>) -> Tensor<T, E, A> {
        Apply::<Self, T, true>(self, PhantomData).apply(x)
    }
}

/// The map or its adjoint, in the shape `T`.
struct Apply<M, T, const ADJOINT: bool>(M, PhantomData<T>);

impl<M, S, T, E, A, const ADJOINT: bool> Function<Tensor<S, E, A>> for Apply<M, T, ADJOINT>
where
    M: LinearMap,
    S: Shape,
    T: Shape,
    E: Float,
    A: Track,
{
    const NAME: &'static str = M::NAMES[ADJOINT as usize];
    type Output = Tensor<T, E>;
    type Saved = ();

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<T, E>, ()) {
        let mut out = buffers::output(T::NUMEL);
        if ADJOINT {
            self.0.adjoint(x.as_slice(), &mut out);
        } else {
            self.0.map(x.as_slice(), &mut out);
        }
        (Tensor::from_buffer(out), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| {
            let map = self.0.clone();
            if ADJOINT {
                map.of(&gradient)
            } else {
                map.adjoint_of(&gradient)
            }
        })
    }
}
