//! One axis of a shape: its size, the shape without it, with another size there, with a new axis, axes in another order.

use super::Shape;
use crate::dim::{Dim, Dimension};

/// That a shape has an axis number `I`, counted from 0.
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` has no axis {I}",
    label = "axes are counted from 0",
    note = "a tensor of rank R has the axes 0 to R − 1"
)]
pub trait HasAxis<const I: usize>: Shape {
    /// The size of the axis.
    type Size: Dimension;
    /// The shape with this axis removed.
    type Without: Shape;
    /// The shape with `D` in place of this axis.
    type With<D: Dimension>: Shape;
    /// The number of entries in the axes before this one.
    const OUTER: usize;
    /// The number of entries in the axes after this one.
    const INNER: usize;
}

/// That an axis can be removed or repeated, because it holds one entry.
#[diagnostic::on_unimplemented(
    message = "only an axis of size 1 can be removed or repeated, and this axis is `{Self}`",
    label = "expected `Dim<1>` here, found `{Self}`"
)]
pub trait SizeOne: Dimension {}
#[diagnostic::do_not_recommend]
impl SizeOne for Dim<1> {}

/// That a new axis can be put before axis `I` of a shape (or at its end).
#[diagnostic::on_unimplemented(
    message = "no axis can be inserted at {I} into the shape `{Self}`",
    label = "the new axis may stand at 0 to the rank, and a tensor has at most 6 axes"
)]
pub trait InsertAxis<const I: usize>: Shape {
    /// The shape with `D` as its new axis `I`.
    type With<D: Dimension>: Shape;
}

/// That a shape has fewer than six axes, so that one more can be put into it.
///
/// (It is asked for beside [`InsertAxis`], which a shape of six has only to be refused here: of a method whose output no
/// implementation gives, rustc says no more than that its bounds were not satisfied.)
#[diagnostic::on_unimplemented(
    message = "a tensor has at most 6 axes, and the shape `{Self}` has them already",
    label = "this would be the seventh axis",
    note = "join two axes first: `x.reshape::<…>()` or `x.flatten_from::<AXIS>()`"
)]
pub trait HasRoom: Shape {}
macro_rules! has_room {
    ($(($($dim:ident)*))*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($dim: Dimension),*> HasRoom for ($($dim,)*) {}
    )* };
}
has_room! { () (A) (A B) (A B C) (A B C D) (A B C D E) }

#[diagnostic::do_not_recommend]
impl<const I: usize, A, B, C, D, E, F> InsertAxis<I> for (A, B, C, D, E, F)
where
    Self: Shape,
{
    type With<New: Dimension> = Self;
}

/// That axes `I` and `J` of a shape can be exchanged.
#[diagnostic::on_unimplemented(
    message = "the axes {I} and {J} of the shape `{Self}` cannot be exchanged",
    label = "name two different axes that the shape has"
)]
pub trait SwapAxes<const I: usize, const J: usize>: Shape {
    /// The shape with the two axes exchanged.
    type Out: Shape + SwapAxes<I, J, Out = Self>;
    /// The order of the axes that does it.
    const ORDER: &'static [usize];
}

/// An order of the axes of a shape: axis `k` of the result is the axis of the input that stands at place `k` in `Order`.
#[diagnostic::on_unimplemented(
    message = "`{Order}` is not an order of the axes of the shape `{Self}`",
    label = "every axis once, as many as the shape has"
)]
pub trait Permute<Order>: Shape {
    /// The shape in the new order.
    type Out: Shape;
    /// The order as numbers.
    const ORDER: &'static [usize];
}

/// That two places in an order name different axes.
#[diagnostic::on_unimplemented(message = "an order of axes names axis {I} twice", label = "every axis once")]
pub trait Differs<const I: usize, const J: usize> {}

/// Holds the facts about axis numbers.
pub struct Axis;

macro_rules! differs {
    ($($i:literal: $($j:literal)*;)*) => { $($( #[diagnostic::do_not_recommend] impl Differs<$i, $j> for Axis {} )*)* };
}
differs! {
    0: 1 2 3 4 5;
    1: 0 2 3 4 5;
    2: 0 1 3 4 5;
    3: 0 1 2 4 5;
    4: 0 1 2 3 5;
    5: 0 1 2 3 4;
}

macro_rules! axes {
    ($($i:literal: ($($before:ident)*) $axis:ident ($($after:ident)*);)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($before: Dimension,)* $axis: Dimension, $($after: Dimension),*> HasAxis<$i>
            for ($($before,)* $axis, $($after,)*)
        {
            type Size = $axis;
            type Without = ($($before,)* $($after,)*);
            type With<New: Dimension> = ($($before,)* New, $($after,)*);
            const OUTER: usize = 1 $(* $before::N)*;
            const INNER: usize = 1 $(* $after::N)*;
        }
        #[diagnostic::do_not_recommend]
        impl<$($before: Dimension,)* $($after: Dimension),*> InsertAxis<$i> for ($($before,)* $($after,)*) {
            type With<New: Dimension> = ($($before,)* New, $($after,)*);
        }
    )* };
}
axes! {
    0: () X ();
    0: () X (A);
    0: () X (A B);
    0: () X (A B C);
    0: () X (A B C D);
    0: () X (A B C D E);
    1: (A) X ();
    1: (A) X (B);
    1: (A) X (B C);
    1: (A) X (B C D);
    1: (A) X (B C D E);
    2: (A B) X ();
    2: (A B) X (C);
    2: (A B) X (C D);
    2: (A B) X (C D E);
    3: (A B C) X ();
    3: (A B C) X (D);
    3: (A B C) X (D E);
    4: (A B C D) X ();
    4: (A B C D) X (E);
    5: (A B C D E) X ();
}

macro_rules! swaps {
    ($($i:literal $j:literal: ($($from:ident)*) ($($to:ident)*) [$($order:literal)*];)*) => { $(
        swaps!(@one $i $j ($($from)*) ($($to)*) [$($order)*]);
        swaps!(@one $j $i ($($from)*) ($($to)*) [$($order)*]);
    )* };
    (@one $i:literal $j:literal ($($from:ident)*) ($($to:ident)*) [$($order:literal)*]) => {
        #[diagnostic::do_not_recommend]
        impl<$($from: Dimension),*> SwapAxes<$i, $j> for ($($from,)*) {
            type Out = ($($to,)*);
            const ORDER: &'static [usize] = &[$($order),*];
        }
    };
}
swaps! {
    0 1: (A B) (B A) [1 0];
    0 1: (A B C) (B A C) [1 0 2];
    0 2: (A B C) (C B A) [2 1 0];
    1 2: (A B C) (A C B) [0 2 1];
    0 1: (A B C D) (B A C D) [1 0 2 3];
    0 2: (A B C D) (C B A D) [2 1 0 3];
    0 3: (A B C D) (D B C A) [3 1 2 0];
    1 2: (A B C D) (A C B D) [0 2 1 3];
    1 3: (A B C D) (A D C B) [0 3 2 1];
    2 3: (A B C D) (A B D C) [0 1 3 2];
    0 1: (A B C D E) (B A C D E) [1 0 2 3 4];
    0 2: (A B C D E) (C B A D E) [2 1 0 3 4];
    0 3: (A B C D E) (D B C A E) [3 1 2 0 4];
    0 4: (A B C D E) (E B C D A) [4 1 2 3 0];
    1 2: (A B C D E) (A C B D E) [0 2 1 3 4];
    1 3: (A B C D E) (A D C B E) [0 3 2 1 4];
    1 4: (A B C D E) (A E C D B) [0 4 2 3 1];
    2 3: (A B C D E) (A B D C E) [0 1 3 2 4];
    2 4: (A B C D E) (A B E D C) [0 1 4 3 2];
    3 4: (A B C D E) (A B C E D) [0 1 2 4 3];
    0 1: (A B C D E F) (B A C D E F) [1 0 2 3 4 5];
    0 2: (A B C D E F) (C B A D E F) [2 1 0 3 4 5];
    0 3: (A B C D E F) (D B C A E F) [3 1 2 0 4 5];
    0 4: (A B C D E F) (E B C D A F) [4 1 2 3 0 5];
    0 5: (A B C D E F) (F B C D E A) [5 1 2 3 4 0];
    1 2: (A B C D E F) (A C B D E F) [0 2 1 3 4 5];
    1 3: (A B C D E F) (A D C B E F) [0 3 2 1 4 5];
    1 4: (A B C D E F) (A E C D B F) [0 4 2 3 1 5];
    1 5: (A B C D E F) (A F C D E B) [0 5 2 3 4 1];
    2 3: (A B C D E F) (A B D C E F) [0 1 3 2 4 5];
    2 4: (A B C D E F) (A B E D C F) [0 1 4 3 2 5];
    2 5: (A B C D E F) (A B F D E C) [0 1 5 3 4 2];
    3 4: (A B C D E F) (A B C E D F) [0 1 2 4 3 5];
    3 5: (A B C D E F) (A B C F E D) [0 1 2 5 4 3];
    4 5: (A B C D E F) (A B C D F E) [0 1 2 3 5 4];
}

macro_rules! orders {
    ($($name:ident ($($dim:ident)*) ($($place:ident)*) [$($i:ident != $j:ident)*];)*) => { $(
        #[doc = concat!("An order of ", stringify!($($place)*), " axes for [`permute`](crate::Tensor::permute).")]
        pub struct $name<$(const $place: usize),*>;

        impl<$($dim: Dimension,)* $(const $place: usize),*> Permute<$name<$($place),*>> for ($($dim,)*)
        where
            $(Self: HasAxis<$place>,)*
            $(Axis: Differs<$i, $j>,)*
        {
            type Out = ($(<Self as HasAxis<$place>>::Size,)*);
            const ORDER: &'static [usize] = &[$($place),*];
        }
    )* };
}
orders! {
    Axes2 (A B) (I J) [I != J];
    Axes3 (A B C) (I J K) [I != J I != K J != K];
    Axes4 (A B C D) (I J K L) [I != J I != K I != L J != K J != L K != L];
    Axes5 (A B C D E) (I J K L M) [I != J I != K I != L I != M J != K J != L J != M K != L K != M L != M];
    Axes6 (A B C D E F) (I J K L M N)
        [I != J I != K I != L I != M I != N J != K J != L J != M J != N K != L K != M K != N L != M L != N M != N];
}
