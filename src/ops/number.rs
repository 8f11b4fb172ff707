//! `+ − × ÷` of a tensor and a number, on either side.

use super::Arithmetic;
use crate::autograd::{Function, Track};
use crate::kernels::elementwise::map_in_place;
use crate::shape::Shape;
use crate::tensor::{Float, Step, Tensor};

/// Functions of a tensor `x` and a number `c` whose gradients need no more than the number.
macro_rules! functions {
    ($($name:ident $shown:literal |$x:ident, $c:ident| $value:expr, |$gradient:ident, $d:pat_param| $derivative:expr;)*) => { $(
        struct $name<E>(E);

        impl<E: Float> $name<E> {
            fn step(&self) -> Step<E> {
                Step {
                    number: self.0,
                    apply: |entries, $c| map_in_place(entries, move |$x| $value),
                }
            }
        }

        impl<S: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for $name<E> {
            const NAME: &'static str = $shown;
            type Output = Tensor<S, E>;
            type Saved = ();

            fn forward(&self, x: Tensor<S, E>) -> (Tensor<S, E>, ()) {
                (x.then(self.step()), ())
            }

            fn backward<G: Track>(&self, (): &(), $gradient: Tensor<S, E, G>) -> A::When<Tensor<S, E, G>> {
                let $d = self.0;
                A::when(|| $derivative)
            }
        }
    )* };
}
functions! {
    AddNumber "Add" |x, c| x + c, |gradient, _| gradient;
    SubNumber "Sub" |x, c| x - c, |gradient, _| gradient;
    MulNumber "Mul" |x, c| x * c, |gradient, c| gradient * c;
    DivNumber "Div" |x, c| x / c, |gradient, c| gradient / c;
    NumberSub "Rsub" |x, c| c - x, |gradient, _| -gradient;
}

/// A tensor on the left, owned or borrowed, and a number on the right.
///
/// The result's element type is one that has arithmetic: where there is none, the result has no type that rustc knows, and of what is
/// done with it nothing more is said.
macro_rules! number_on_the_right {
    ($($operator:ident $method:ident $function:ident;)*) => { $(
        number_on_the_right!(@one $operator $method $function [Tensor<S, E, A>] []);
        number_on_the_right!(@one $operator $method $function [&Tensor<S, E, A>] [.clone()]);
    )* };
    (@one $operator:ident $method:ident $function:ident [$($tensor:tt)*] [$($owned:tt)*]) => {
        impl<S: Shape, E: Arithmetic<E>, A: Track> core::ops::$operator<E> for $($tensor)* {
            type Output = Tensor<S, E::Real, A>;
            fn $method(self, number: E) -> Tensor<S, E::Real, A> {
                $function(number.real_number()).apply(E::real(self $($owned)*))
            }
        }
    };
}
number_on_the_right! {
    Add add AddNumber;
    Sub sub SubNumber;
    Mul mul MulNumber;
    Div div DivNumber;
}

/// A number on the left, for each element type, since a foreign trait cannot be implemented for all.
macro_rules! number_on_the_left {
    ($($element:ident)*) => { $(
        number_on_the_left!(@one $element [Tensor<S, $element, A>]);
        number_on_the_left!(@one $element [&Tensor<S, $element, A>]);
    )* };
    (@one $element:ident [$($tensor:tt)*]) => {
        number_on_the_left!(@operator $element [$($tensor)*] Add add |number, x| AddNumber(number).apply(x));
        number_on_the_left!(@operator $element [$($tensor)*] Sub sub |number, x| NumberSub(number).apply(x));
        number_on_the_left!(@operator $element [$($tensor)*] Mul mul |number, x| MulNumber(number).apply(x));
        number_on_the_left!(@operator $element [$($tensor)*] Div div |number, x| MulNumber(number).apply(x.recip()));
    };
    (@operator $element:ident [$($tensor:tt)*] $operator:ident $method:ident |$number:ident, $x:ident| $value:expr) => {
        impl<S: Shape, A: Track> core::ops::$operator<$($tensor)*> for $element {
            type Output = Tensor<S, $element, A>;
            fn $method(self, $x: $($tensor)*) -> Tensor<S, $element, A> {
                let $number = self;
                $value
            }
        }
    };
}
number_on_the_left!(f32 f64);
