//! What a layer is, and how it is called.

use std::rc::Rc;
use std::sync::Arc;

/// What a layer computes from an input `X`.
///
/// Implement it for every input that the layer takes; call it by [`forward`](Forward::forward). A user's own module, generic
/// over the batch and over whether a graph is recorded:
///
/// ```
/// use tintype::prelude::*;
///
/// #[derive(Module)]
/// struct Net<T: Track = Tracked> {
///     hidden: In<Linear<4, 32>, T>,
///     output: In<Linear<32, 2>, T>,
/// }
///
/// impl<B: Dimension, G: Join<T> + Track, T: Track> Module<Tensor<(B, Dim<4>), f32, G>> for Net<T> {
///     type Output = Tensor<(B, Dim<2>), f32, Joined<G, T>>;
///     fn apply(&self, x: &Tensor<(B, Dim<4>), f32, G>) -> Self::Output {
///         self.output.forward(&self.hidden.forward(x).relu())
///     }
/// }
///
/// let mut rng = StdRng::seed_from_u64(0);
/// let net: Net = Net { hidden: Linear::new(&mut rng), output: Linear::new(&mut rng) };
/// let y: Tensor2<8, 2, f32, Tracked> = net.forward(&Tensor2::<8, 4>::rand(&mut rng));
/// let y: Tensor2<8, 2> = net.freeze().forward(&Tensor2::<8, 4>::rand(&mut rng));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no layer that takes `{X}`",
    label = "not the features, channels, rank, element type or state that this layer takes",
    note = "`Linear<I, O>`, `LayerNorm<I>` and `RmsNorm<I>` take a last axis of `Dim<I>`; convolution, pooling and `BatchNorm` take \
            (batch, channels, …), the first two also (channels, …); attention takes (batch, positions, width); `Embedding<V, D>` takes \
            `Indices<…, V>`; a layer of `f32` takes tensors of `f32`: `x.to::<f32>()`; one in the state `T` takes `G: Track + Join<T>`",
    note = "a struct of layers is itself a layer by `impl Module<…>` (frozen, by another for `FrozenNet` or for all `Net<T>`), or by \
            `#[module(sequence)]` under `#[derive(Module)]`"
)]
#[doc(alias = "Sequential")]
#[doc(alias = "ModuleList")]
pub trait Module<X> {
    /// What the layer gives.
    type Output;
    /// Computes it. Callers write [`forward`](Forward::forward).
    fn apply(&self, x: &X) -> Self::Output;
}

/// A module behind a pointer is a module, so that `forward` can be called on it: since every type has the method, the compiler
/// does not look behind a `&mut Net` or a `Box` for a type that has it.
macro_rules! behind_pointers {
    ($($pointer:ty)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<X, L: Module<X> + ?Sized> Module<X> for $pointer {
            type Output = L::Output;
            fn apply(&self, x: &X) -> L::Output {
                (**self).apply(x)
            }
        }
    )* };
}
behind_pointers!(&L &mut L Box<L> Rc<L> Arc<L>);

/// The method `forward`, which every type has: it compiles where the type is a [`Module`] of the input.
///
/// That it is a method of every type, with the result as a type parameter, is for the sake of the messages: as a method of
/// `Module` itself it would not be found at all where an input does not fit, and rustc would not say why.
pub trait Forward {
    /// Computes the output from the input.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let net = (Linear::<4, 8>::new(&mut StdRng::seed_from_u64(0)), ReLU);
    /// let y: Tensor2<3, 8, f32, Tracked> = net.forward(&Tensor2::<3, 4>::ones());
    /// ```
    fn forward<X, Y>(&self, x: &X) -> Y
    where
        Self: Module<X, Output = Y>,
    {
        self.apply(x)
    }
}
impl<L: ?Sized> Forward for L {}
