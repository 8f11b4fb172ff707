//! What shape a matrix product has.

use super::Shape;
use crate::dim::{Dim, Dimension};

/// That a tensor of the shape `Left` can be multiplied by one of this shape, by PyTorch's rules for `matmul`: the inner sizes
/// are equal, and so are the batch axes, if both sides have them.
///
/// It is a trait of the right side, which rustc does not know yet when it looks for the method, and so says later, and in
/// these words, that there is no such product.
#[diagnostic::on_unimplemented(
    message = "there is no matrix product of the shapes `{Left}` and `{Self}`",
    label = "not a matrix product",
    note = "the products are (K)·(K), (M, K)·(K), (K)·(K, N), (M, K)·(K, N), (B, M, K)·(B, K, N), (B, M, K)·(K, N), \
            and with two batch axes"
)]
pub trait RightFactor<Left: Shape>: Shape {
    /// The shape of the product.
    type Out: Shape;
    /// The number of products: 1 where only one side has batch axes, which then are rows.
    const BATCH: usize;
    /// Rows of the left side.
    const M: usize;
    /// The inner size.
    const K: usize;
    /// Columns of the right side.
    const N: usize;
}

/// The inner sizes of a matrix product are equal.
#[diagnostic::on_unimplemented(
    message = "the inner sizes of this matrix product differ: `{Self}` columns on the left, `{Rows}` rows on the right",
    label = "expected `{Self}` rows on the right, found `{Rows}`"
)]
pub trait InnerSize<Rows>: Dimension {}
#[diagnostic::do_not_recommend]
impl<const K: usize> InnerSize<Dim<K>> for Dim<K> {}

/// The batch sizes of a batched matrix product are equal.
#[diagnostic::on_unimplemented(
    message = "the batch sizes of this matrix product differ: `{Self}` on the left, `{Right}` on the right",
    label = "expected a batch of `{Self}` on the right, found `{Right}`"
)]
pub trait BatchSize<Right>: Dimension {}
#[diagnostic::do_not_recommend]
impl<D: Dimension> BatchSize<D> for D {}

macro_rules! products {
    ($(
        ($($left:ident)*) ($($right:ident)*) -> ($($out:ident)*), batch ($($batch:ident)*), ($($m:ident)*) K ($($n:ident)*)
            $(where $same:ident = $other:ident $(, $same2:ident = $other2:ident)*)?;
    )*) => { $(
        products!(@one [$($left)*] [$($right)*] [$($out)*] [$($batch)*] [$($m)*] [$($n)*] [$($same = $other $(, $same2 = $other2)*)?]);
    )* };
    (@one [$($left:ident)*] [$($right:ident)*] [$($out:ident)*] [$($batch:ident)*] [$($m:ident)*] [$($n:ident)*]
          [$($same:ident = $other:ident),*]) => {
        impl<K: InnerSize<L>, L: Dimension, $($m: Dimension,)* $($n: Dimension,)* $($same: BatchSize<$other>, $other: Dimension),*>
            RightFactor<($($left,)*)> for ($($right,)*)
        {
            type Out = ($($out,)*);
            const BATCH: usize = 1 $(* $batch::N)*;
            const M: usize = 1 $(* $m::N)*;
            const K: usize = K::N;
            const N: usize = 1 $(* $n::N)*;
        }
    };
}
products! {
    (K) (L) -> (), batch (), () K ();
    (M K) (L) -> (M), batch (), (M) K ();
    (K) (L N) -> (N), batch (), () K (N);
    (M K) (L N) -> (M N), batch (), (M) K (N);
    (A M K) (L) -> (A M), batch (), (A M) K ();
    (A M K) (L N) -> (A M N), batch (), (A M) K (N);
    (A B M K) (L) -> (A B M), batch (), (A B M) K ();
    (A B M K) (L N) -> (A B M N), batch (), (A B M) K (N);
    (A M K) (X L N) -> (A M N), batch (A), (M) K (N) where A = X;
    (A B M K) (X Y L N) -> (A B M N), batch (A B), (M) K (N) where A = X, B = Y;
}

/// That the last axis of a tensor can be mapped by a matrix: what a linear layer takes.
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` has no last axis",
    label = "expected a tensor of rank 1 to 6"
)]
pub trait LastAxis: Shape {
    /// The size of the last axis.
    type Size: Dimension;
    /// The shape with another last axis.
    type With<D: Dimension>: Shape;
    /// The number of entries in all axes before the last.
    const ROWS: usize;
}

macro_rules! last_axis {
    ($(($($before:ident)*) $last:ident;)*) => { $(
        impl<$($before: Dimension,)* $last: Dimension> LastAxis for ($($before,)* $last,) {
            type Size = $last;
            type With<New: Dimension> = ($($before,)* New,);
            const ROWS: usize = 1 $(* $before::N)*;
        }
    )* };
}
last_axis! {
    () X;
    (A) X;
    (A B) X;
    (A B C) X;
    (A B C D) X;
    (A B C D F) X;
}
