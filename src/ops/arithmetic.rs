//! `+ − × ÷` of two tensors, entry by entry.

use crate::autograd::{Arguments, Function, Join, Joined, Track};
use crate::shape::Shape;
use crate::tensor::{Element, Float, Tensor};

/// That two tensors have one shape, as every operation entry by entry demands.
#[diagnostic::on_unimplemented(
    message = "tensors of the shapes `{Self}` and `{Other}` cannot be combined entry by entry",
    label = "the shapes differ: `{Self}` and `{Other}`",
    note = "nothing is broadcast silently: say so by `.broadcast::<Target>()` for new leading axes, \
            or `.expand::<AXIS, SIZE>()` for an axis of size 1"
)]
pub trait SameShape<Other: Shape>: Shape {}
impl<S: Shape> SameShape<S> for S {}

/// That two tensors have one element type, as every operation of two tensors demands.
#[diagnostic::on_unimplemented(
    message = "a tensor of `{Self}` and a tensor of `{Other}` cannot be combined",
    label = "the element types differ: `{Self}` and `{Other}`",
    note = "convert one of the two, by `.to::<{Self}>()` or `.to::<{Other}>()`: masks and whole numbers to what they are combined with"
)]
pub trait SameElement<Other: Element>: Element {
    /// The same tensor under another name for its element type.
    #[doc(hidden)]
    fn renamed<S: Shape, G: Track>(x: Tensor<S, Other, G>) -> Tensor<S, Self, G>;
    /// And back.
    #[doc(hidden)]
    fn named_back<S: Shape, G: Track>(x: Tensor<S, Self, G>) -> Tensor<S, Other, G>;
}
#[diagnostic::do_not_recommend]
impl<E: Element> SameElement<E> for E {
    fn renamed<S: Shape, G: Track>(x: Tensor<S, E, G>) -> Tensor<S, E, G> {
        x
    }
    fn named_back<S: Shape, G: Track>(x: Tensor<S, E, G>) -> Tensor<S, E, G> {
        x
    }
}

/// That there are `+ − × ÷` for tensors of this element type, beside those of the type on the `Left`.
///
/// Beside another type than their own everything has this, masks too: then [`SameElement`] speaks, and it alone.
#[diagnostic::on_unimplemented(
    message = "there is no arithmetic on tensors of `{Self}`",
    label = "only tensors of `f32` and `f64` are added, subtracted, multiplied and divided",
    note = "convert them first: `x.to::<f32>()`; masks have `!a`, `a & b`, `a | b`, and `a ^ b`; a type that is a parameter has the \
            bound `Float`"
)]
pub trait Arithmetic<Left: Element>: Element {
    /// This type, where it has arithmetic.
    #[doc(hidden)]
    type Real: Float;
    /// The same tensor under that name.
    #[doc(hidden)]
    fn real<S: Shape, G: Track>(x: Tensor<S, Self, G>) -> Tensor<S, Self::Real, G>;
    /// And back.
    #[doc(hidden)]
    fn from_real<S: Shape, G: Track>(x: Tensor<S, Self::Real, G>) -> Tensor<S, Self, G>;
    /// A number of this type under that name.
    #[doc(hidden)]
    fn real_number(self) -> Self::Real;
}

#[diagnostic::do_not_recommend]
impl<L: Element, E: Float> Arithmetic<L> for E {
    type Real = E;
    fn real<S: Shape, G: Track>(x: Tensor<S, E, G>) -> Tensor<S, E, G> {
        x
    }
    fn from_real<S: Shape, G: Track>(x: Tensor<S, E, G>) -> Tensor<S, E, G> {
        x
    }
    fn real_number(self) -> E {
        self
    }
}

/// Types without arithmetic, each beside floating-point numbers and beside the others.
macro_rules! beside_others {
    ($element:ident $($other:ident)*) => {
        beside_others!(@impl [E: Float] E, $element);
        $(
            beside_others!(@impl [] $element, $other);
            beside_others!(@impl [] $other, $element);
        )*
        beside_others!($($other)*);
    };
    () => {};
    (@impl [$($bounded:tt)*] $left:ident, $element:ident) => {
        #[diagnostic::do_not_recommend]
        impl<$($bounded)*> Arithmetic<$left> for $element {
            type Real = f32;
            fn real<S: Shape, G: Track>(_: Tensor<S, $element, G>) -> Tensor<S, f32, G> {
                unreachable!("the element types differ")
            }
            fn from_real<S: Shape, G: Track>(_: Tensor<S, f32, G>) -> Tensor<S, $element, G> {
                unreachable!("the element types differ")
            }
            fn real_number(self) -> f32 {
                unreachable!("the element types differ")
            }
        }
    };
}
beside_others!(bool i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

/// The sum of two tensors.
pub(crate) struct Add;

impl<S: Shape, E: Float, A: Join<B> + Track, B: Track> Function<(Tensor<S, E, A>, Tensor<S, E, B>)> for Add {
    const NAME: &'static str = "Add";
    type Output = Tensor<S, E>;
    type Saved = ();

    fn forward(&self, (a, b): (Tensor<S, E>, Tensor<S, E>)) -> (Tensor<S, E>, ()) {
        (a.zip_reusing(b, core::ops::Add::add), ())
    }

    fn backward<G: Track>(
        &self,
        (): &(),
        gradient: Tensor<S, E, G>,
    ) -> (A::When<Tensor<S, E, G>>, B::When<Tensor<S, E, G>>) {
        (A::when(|| gradient.clone()), B::when(|| gradient))
    }
}

/// The difference of two tensors.
pub(crate) struct Sub;

impl<S: Shape, E: Float, A: Join<B> + Track, B: Track> Function<(Tensor<S, E, A>, Tensor<S, E, B>)> for Sub {
    const NAME: &'static str = "Sub";
    type Output = Tensor<S, E>;
    type Saved = ();

    fn forward(&self, (a, b): (Tensor<S, E>, Tensor<S, E>)) -> (Tensor<S, E>, ()) {
        (a.zip_reusing(b, core::ops::Sub::sub), ())
    }

    fn backward<G: Track>(
        &self,
        (): &(),
        gradient: Tensor<S, E, G>,
    ) -> (A::When<Tensor<S, E, G>>, B::When<Tensor<S, E, G>>) {
        (A::when(|| gradient.clone()), B::when(|| -gradient))
    }
}

/// The product of two tensors, entry by entry. Each factor is saved for the other's gradient.
pub(crate) struct Mul;

impl<S: Shape, E: Float, A: Join<B> + Track, B: Track> Function<(Tensor<S, E, A>, Tensor<S, E, B>)> for Mul {
    const NAME: &'static str = "Mul";
    type Output = Tensor<S, E>;
    type Saved = (A::When<Tensor<S, E>>, B::When<Tensor<S, E>>);

    fn forward(&self, (a, b): (Tensor<S, E>, Tensor<S, E>)) -> (Tensor<S, E>, Self::Saved) {
        let saved = (A::when(|| b.clone()), B::when(|| a.clone()));
        (a.zip_reusing(b, core::ops::Mul::mul), saved)
    }

    fn backward<G: Track>(
        &self,
        (b, a): &Self::Saved,
        gradient: Tensor<S, E, G>,
    ) -> (A::When<Tensor<S, E, G>>, B::When<Tensor<S, E, G>>) {
        (A::with(b, |b| &gradient * b), B::with(a, |a| gradient * a))
    }
}

/// The quotient of two tensors, entry by entry: `∂(a/b)/∂a = 1/b` and `∂(a/b)/∂b = −(a/b)/b`.
pub(crate) struct Div;

impl<S: Shape, E: Float, A: Join<B> + Track, B: Track> Function<(Tensor<S, E, A>, Tensor<S, E, B>)> for Div {
    const NAME: &'static str = "Div";
    type Output = Tensor<S, E>;
    type Saved = (A::When<Tensor<S, E>>, B::When<(Tensor<S, E>, Tensor<S, E>)>);

    fn forward(&self, (a, b): (Tensor<S, E>, Tensor<S, E>)) -> (Tensor<S, E>, Self::Saved) {
        let saved = (A::when(|| b.clone()), B::when(|| (a.clone(), b.clone())));
        (a.zip_reusing(b, core::ops::Div::div), saved)
    }

    fn backward<G: Track>(
        &self,
        (divisor, both): &Self::Saved,
        gradient: Tensor<S, E, G>,
    ) -> (A::When<Tensor<S, E, G>>, B::When<Tensor<S, E, G>>) {
        (
            A::with(divisor, |b| &gradient / b),
            // The quotient first: the gradient times `a` may overflow where the result does not.
            B::with(both, |(a, b)| -(gradient * (a / b / b))),
        )
    }
}

impl<S: Shape, E: Element, G: Track> Tensor<S, E, G> {
    /// The same tensor under another name for its shape, which [`SameShape`] has found to be equal.
    pub(crate) fn renamed<T: Shape>(self) -> Tensor<T, E, G> {
        let (storage, edge) = self.into_parts();
        Tensor::from_parts(storage, edge)
    }
}

/// An operator for all four combinations of owned and borrowed tensors.
///
/// What the elements must be is asked of the right side: of the left alone, rustc would find no operator at all for a mask, and
/// would not say why.
macro_rules! operators {
    ($($function:ident $method:ident;)*) => { $(
        operators!(@one $function $method [Tensor<S, E, A>] [] [Tensor<T, F, B>]);
        operators!(@one $function $method [Tensor<S, E, A>] [] [&Tensor<T, F, B>]);
        operators!(@one $function $method [&Tensor<S, E, A>] [.clone()] [Tensor<T, F, B>]);
        operators!(@one $function $method [&Tensor<S, E, A>] [.clone()] [&Tensor<T, F, B>]);
    )* };
    (@one $function:ident $method:ident [$($left:tt)*] [$($owned:tt)*] [$($right:tt)*]) => {
        impl<S, T, E, F, A, B> core::ops::$function<$($right)*> for $($left)*
        where
            S: SameShape<T>,
            T: Shape,
            E: Element + SameElement<F>,
            F: Arithmetic<E>,
            A: Join<B> + Track,
            B: Track,
        {
            type Output = Tensor<S, E, Joined<A, B>>;
            fn $method(self, right: $($right)*) -> Self::Output {
                let left = F::real(E::named_back(self $($owned)*));
                let right = F::real(right.into_inputs().renamed::<S>());
                E::renamed(F::from_real($function.apply((left, right))))
            }
        }
    };
}
operators! {
    Add add;
    Sub sub;
    Mul mul;
    Div div;
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    /// As PyTorch's: `g·a` is infinite here, and `g·(a/b/b)` is not.
    #[test]
    fn the_gradient_of_a_divisor_does_not_overflow_before_it_is_divided() {
        let a = Tensor::full(2_f32.powi(127));
        let b = tensor([4.0, f32::INFINITY]).requires_grad();
        let gradients = (a / &b).backward_with(&tensor([2.0, 2.0]));
        assert_eq!(gradients[&b].array(), &[-2_f32.powi(124), 0.0]);
    }
}
