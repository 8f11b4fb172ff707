//! Operators that there are not: what rustc says where one is written.
//!
//! Without these rustc says `cannot multiply`, or `binary operation cannot be applied`, and not what to write instead. None can be
//! called, since each asks for a trait that no shape has. (Of a trait that the tensor itself has not, rustc would say `cannot multiply`
//! again.)

use crate::autograd::Track;
use crate::shape::Shape;
use crate::tensor::{Element, Tensor};
use core::cmp::Ordering;
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Sub, SubAssign};

/// That a tensor of this shape and of `E` is combined with numbers of another type, `N`.
#[diagnostic::on_unimplemented(
    message = "a tensor of `{E}` and a number of the type `{N}` cannot be combined",
    label = "expected a number of the type `{E}`, found `{N}`",
    note = "write `2.0` for `2`, and convert a variable: `n as {E}`; or convert the tensor, `x.to::<{N}>()`"
)]
pub trait TakesNumber<E, N> {}

/// Element types, the numbers of another type that they meet, and of what the result then is, lest more be said of it.
///
/// (Of whole numbers `i32` alone: then rustc takes the literal of `x * 2` for one. Beside other types it would have to choose.)
macro_rules! numbers_of_another_type {
    ($($element:ident $number:ident -> $result:ident;)*) => { $(
        numbers_of_another_type!(@operators [Add add, Sub sub, Mul mul, Div div] $element $number $result [Tensor<S, $element, A>]);
        numbers_of_another_type!(@operators [Add add, Sub sub, Mul mul, Div div] $element $number $result [&Tensor<S, $element, A>]);
    )* };
    (@operators [$($operator:ident $method:ident),*] $element:ident $number:ident $result:ident $tensor:tt) => { $(
        numbers_of_another_type!(@impl $operator $method $element $number $result [$number] $tensor);
        numbers_of_another_type!(@impl $operator $method $element $number $result $tensor [$number]);
    )* };
    (@impl $operator:ident $method:ident $element:ident $number:ident $result:ident [$($left:tt)*] [$($right:tt)*]) => {
        impl<S: Shape, A: Track> $operator<$($right)*> for $($left)*
        where
            S: TakesNumber<$element, $number>,
        {
            type Output = Tensor<S, $result, A>;
            fn $method(self, _: $($right)*) -> Tensor<S, $result, A> {
                unreachable!("the types differ")
            }
        }
    };
}
numbers_of_another_type! {
    f32 f64 -> f32;
    f32 i32 -> f32;
    f64 f32 -> f64;
    f64 i32 -> f64;
    i64 f32 -> f32;
    usize f32 -> f32;
}

/// What a tensor is changed by and compared with, and no value is.
///
/// rustc looks for an operator before it knows the right side, and says that there is none where none can be. Of two that can be it
/// has to wait for the right side to choose.
enum Neither {}
enum Nor {}

/// That a tensor of this shape is changed in place.
#[diagnostic::on_unimplemented(
    message = "a tensor is a value: there is no `+=`, `-=`, `*=` or `/=` that changes `{Changed}`",
    label = "not changed in place",
    note = "write `x = x + y`, which reuses the memory of an `x` that nothing else holds",
    note = "a leaf is changed by an optimiser, or by `w.update(|entries| …)`; the entries of a constant are `x.as_mut_slice()`"
)]
pub trait ChangedInPlace<Changed, By> {}
#[diagnostic::do_not_recommend]
impl<T, S> ChangedInPlace<T, Neither> for S {}
#[diagnostic::do_not_recommend]
impl<T, S> ChangedInPlace<T, Nor> for S {}

/// That a tensor of this shape is added to a number.
#[diagnostic::on_unimplemented(
    message = "`+=` adds a number to a number of the type `{Number}`, and this is a tensor of the shape `{Self}`",
    label = "not a number of the type `{Number}`",
    note = "read the number: `total += loss.item()`; of a tensor of several numbers `x.sum().item()`"
)]
pub trait AddedToNumber<Number> {}

macro_rules! assignments {
    ($($operator:ident $method:ident;)*) => { $(
        impl<S: Shape, E: Element, A: Track, By> $operator<By> for Tensor<S, E, A>
        where
            S: ChangedInPlace<Tensor<S, E, A>, By>,
        {
            fn $method(&mut self, _: By) {
                unreachable!("no tensor is changed in place")
            }
        }
    )* };
}
assignments! {
    AddAssign add_assign;
    SubAssign sub_assign;
    MulAssign mul_assign;
    DivAssign div_assign;
}

macro_rules! added_to {
    ($($number:ident)*) => { $(
        impl<S: Shape, A: Track> AddAssign<Tensor<S, $number, A>> for $number
        where
            S: AddedToNumber<$number>,
        {
            fn add_assign(&mut self, _: Tensor<S, $number, A>) {
                unreachable!("no tensor is a number")
            }
        }
    )* };
}
added_to!(f32 f64);

/// That a tensor of this shape is before or after another, or a number.
#[diagnostic::on_unimplemented(
    message = "a tensor of the shape `{Self}` and `{Other}` are not compared by an operator such as `<`",
    label = "not compared by this",
    note = "a tensor of one number is read: `loss.item() < 0.5`",
    note = "entry by entry, to a mask, compare `x.lt(0.5)`, `x.le(0.5)`, `x.gt(&y)`, `x.ge(&y)` and `x.eq_mask(&y)`"
)]
pub trait Ordered<Other> {}
#[diagnostic::do_not_recommend]
impl<S> Ordered<Neither> for S {}
#[diagnostic::do_not_recommend]
impl<S> Ordered<Nor> for S {}

impl<S: Shape, E: Element, A: Track, B: Track> PartialOrd<Tensor<S, E, B>> for Tensor<S, E, A>
where
    S: Ordered<Tensor<S, E, B>>,
{
    fn partial_cmp(&self, _: &Tensor<S, E, B>) -> Option<Ordering> {
        unreachable!("no tensor is in an order")
    }
}

macro_rules! numbers_without_order {
    ($($number:ident)*) => { $(
        impl<S: Shape, E: Element, A: Track> PartialEq<$number> for Tensor<S, E, A>
        where
            S: Ordered<$number>,
        {
            fn eq(&self, _: &$number) -> bool {
                unreachable!("no tensor is a number")
            }
        }
        impl<S: Shape, E: Element, A: Track> PartialOrd<$number> for Tensor<S, E, A>
        where
            S: Ordered<$number>,
        {
            fn partial_cmp(&self, _: &$number) -> Option<Ordering> {
                unreachable!("no tensor is in an order")
            }
        }
    )* };
}
numbers_without_order!(f32 i32 Neither Nor);
