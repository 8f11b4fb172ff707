//! Functions of two tensors, entry by entry: the table of their derivatives.

use super::operand::Operand;
use crate::autograd::{Function, Join, Joined, Track};
use crate::shape::Shape;
use crate::tensor::{Element, Float, Tensor};

/// A line for each function of entries `a` and `b`: what `b` may be, its value, `∂/∂a` and `∂/∂b`.
macro_rules! functions {
    ($(
        $(#[$doc:meta])*
        $method:ident($operand:ident) $name:ident |$a:ident, $b:ident| $value:expr, $by_a:expr, $by_b:expr;
    )*) => {
        $(
            struct $name;

            /// The function of two entries, and its derivatives.
            impl $name {
                #[inline(always)]
                fn value<E: Float>($a: E, $b: E) -> E {
                    $value
                }
                #[inline]
                fn by_a<E: Float>($a: E, $b: E) -> E {
                    $by_a
                }
                #[inline]
                fn by_b<E: Float>($a: E, $b: E) -> E {
                    $by_b
                }
            }

            impl<S: Shape, E: Float, A: Join<B> + Track, B: Track> Function<(Tensor<S, E, A>, Tensor<S, E, B>)> for $name {
                const NAME: &'static str = stringify!($name);
                type Output = Tensor<S, E>;
                type Saved = (A::When<[Tensor<S, E>; 2]>, B::When<[Tensor<S, E>; 2]>);

                fn forward(&self, (a, b): (Tensor<S, E>, Tensor<S, E>)) -> (Tensor<S, E>, Self::Saved) {
                    let saved = (A::when(|| [a.clone(), b.clone()]), B::when(|| [a.clone(), b.clone()]));
                    (a.zip_reusing(b, #[inline(always)] |a, b| Self::value(a, b)), saved)
                }

                fn backward<G: Track>(
                    &self,
                    (for_a, for_b): &Self::Saved,
                    gradient: Tensor<S, E, G>,
                ) -> (A::When<Tensor<S, E, G>>, B::When<Tensor<S, E, G>>) {
                    (
                        A::with(for_a, |[a, b]| &gradient * a.zip(b, Self::by_a)),
                        B::with(for_b, |[a, b]| &gradient * a.zip(b, Self::by_b)),
                    )
                }
            }
        )*

        impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
            $(
                $(#[$doc])*
                pub fn $method<O: $operand<S, E>>(&self, other: O) -> Tensor<S, E, Joined<A, O::State>>
                where
                    E: Float,
                    A: Join<O::State>,
                {
                    $name.apply((self, other.operand()))
                }
            )*
        }
    };
}

functions! {
    /// The larger of every two entries; NaN, if either is. Of equal ones each gets half of the gradient, as PyTorch's.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([1.0, 5.0]).maximum(&tensor([3.0, 2.0])).array(), &[3.0, 5.0]);
    /// ```
    maximum(Operand) Maximum |a, b| if a >= b || a.is_nan() { a } else { b },
        part(a > b, a == b, a < b),
        part(a < b, a == b, a > b);
    /// The smaller of every two entries; NaN, if either is. Of equal ones each gets half of the gradient, as PyTorch's.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([1.0, 5.0]).minimum(&tensor([3.0, 2.0])).array(), &[1.0, 2.0]);
    /// ```
    minimum(Operand) Minimum |a, b| if a <= b || a.is_nan() { a } else { b },
        part(a < b, a == b, a > b),
        part(a > b, a == b, a < b);
    /// `aᵇ`, entry by entry. Not a number where `a` is negative and `b` is not whole.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([2.0, 9.0]).pow(&tensor([3.0, 0.5])).array(), &[8.0, 3.0]);
    /// ```
    pow(Exponent) Pow |a, b| a.fast_powf(b),
        if b == E::zero() { b } else { b * a.fast_powf(b - E::one()) },
        if a == E::zero() && b >= E::zero() { E::zero() } else { a.fast_powf(b) * a.fast_ln() };
    /// The angle from the positive x axis to the point `(x, y)`, for `y.atan2(&x)`: from −π to π. The gradient at the origin
    /// is 0, as PyTorch's.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let angle = tensor([1.0, 0.0]).atan2(&tensor([0.0, 1.0]));
    /// assert_eq!(angle.array(), &[core::f32::consts::FRAC_PI_2, 0.0]);
    /// ```
    atan2(Operand) Atan2 |y, x| y.fast_atan2(x),
        over(x, x * x + y * y),
        over(-y, x * x + y * y);
}

/// What a tensor of the shape `S` can be raised to: what it can be combined with.
///
/// (Apart from [`Operand`] for its words: the exponent is where people write a whole number.)
#[diagnostic::on_unimplemented(
    message = "a tensor of shape `{S}` and `{E}` entries cannot be raised to `{Self}` entry by entry",
    label = "expected a number of the type `{E}` or a tensor of shape `{S}` and `{E}` entries, found `{Self}`",
    note = "a whole number is the exponent of `x.powi(2)`, and of `pow` it is written `2.0`",
    note = "nothing is broadcast or converted silently: say so by `.broadcast::<Target>()`, `.expand::<AXIS, SIZE>()` or `.to::<{E}>()`"
)]
pub trait Exponent<S: Shape, E: Element> {
    /// Whether it is tracked.
    type State: Track;
    /// The exponents, one for each entry.
    fn operand(&self) -> Tensor<S, E, Self::State>;
}
#[diagnostic::do_not_recommend]
impl<S: Shape, E: Element, O: Operand<S, E>> Exponent<S, E> for O {
    type State = O::State;
    fn operand(&self) -> Tensor<S, E, O::State> {
        Operand::operand(self)
    }
}

/// The part of the gradient that an entry gets: all if it wins or nothing can be said (NaN), half of a tie, none if it loses.
fn part<E: Float>(wins: bool, ties: bool, loses: bool) -> E {
    debug_assert!(u8::from(wins) + u8::from(ties) + u8::from(loses) <= 1);
    if loses {
        E::zero()
    } else if ties {
        (E::one() + E::one()).recip()
    } else {
        E::one()
    }
}

/// The quotient, and 0 for a divisor of 0.
fn over<E: Float>(dividend: E, divisor: E) -> E {
    if divisor == E::zero() {
        divisor
    } else {
        dividend / divisor
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn gradients() {
        let a = Tensor2::<2, 2, f64>::from([[0.3, 1.2], [2.0, 0.7]]);
        let b = Tensor2::<2, 2, f64>::from([[0.9, -1.1], [2.5, 0.2]]);
        gradcheck(|(a, b)| a.maximum(b), (a.clone(), b.clone())).unwrap();
        gradcheck(|(a, b)| a.minimum(b), (a.clone(), b.clone())).unwrap();
        gradcheck(|(a, b)| a.pow(b), (a.clone(), b.clone())).unwrap();
        gradcheck(|(a, b)| a.atan2(b), (a, b)).unwrap();
    }

    #[test]
    fn ties_get_half_each() {
        let a = tensor([1.0, 2.0, 3.0]).requires_grad();
        let b = tensor([3.0, 2.0, 1.0]).requires_grad();
        let larger = a.maximum(&b).sum().backward();
        assert_eq!(
            (larger[&a].array(), larger[&b].array()),
            (&[0.0, 0.5, 1.0], &[1.0, 0.5, 0.0])
        );
        let smaller = a.minimum(&b).sum().backward();
        assert_eq!(
            (smaller[&a].array(), smaller[&b].array()),
            (&[1.0, 0.5, 0.0], &[0.0, 0.5, 1.0])
        );
    }

    #[test]
    fn nan_wins_on_either_side() {
        let (a, b) = (tensor([f32::NAN, 1.0]), tensor([1.0, f32::NAN]));
        assert!(a.maximum(&b).iter().chain(a.minimum(&b).iter()).all(|x| x.is_nan()));
    }

    #[test]
    fn powers_at_zero_have_finite_gradients_where_pytorch_does() {
        let a = tensor([0.0, 0.0, 2.0]).requires_grad();
        let b = tensor([0.0, 2.0, 0.0]).requires_grad();
        let gradients = a.pow(&b).sum().backward();
        assert_eq!(gradients[&a].array(), &[0.0, 0.0, 0.0]);
        assert_eq!(gradients[&b].array(), &[0.0, 0.0, core::f32::consts::LN_2]);
    }
}
