use super::table::{Holds, Listed, Table, ToDim};
use super::{Dim, Dimension};
use core::ops::Mul;
use typenum::U1;

/// The product of a size and another, or others in a tuple, `Out = Self · Rhs`: what becomes of dimensions that are
/// joined to one.
///
/// ```
/// use tintype::dim::{Dim, Times};
///
/// let joined: <Dim<3> as Times<Dim<224>>>::Out = Dim::<672>;
/// let flat: <Dim<512> as Times<(Dim<7>, Dim<7>)>>::Out = Dim::<25_088>;
/// ```
#[diagnostic::on_unimplemented(
    message = "the product of the sizes `{Self}` and `{Rhs}` is not known here",
    label = "needs `{Self}: Times<{Rhs}>`"
)]
pub trait Times<Rhs>: Dimension {
    /// The product.
    type Out: Dimension;
}

/// The product of all sizes of a tuple of up to six: what flattening makes of a shape. `()` has the product 1.
///
/// Only the sizes themselves and the product need to be in the table, not the products on the way. Generic code may
/// ask for `(C, H, W): Product` or, which is the same, for `C: Times<(H, W)>`.
///
/// ```
/// use tintype::dim::{Dim, Product};
///
/// let flat: <(Dim<512>, Dim<7>, Dim<7>) as Product>::Out = Dim::<25_088>;
/// ```
#[diagnostic::on_unimplemented(
    message = "the product of the sizes `{Self}` is not known here",
    label = "needs `{Self}: Product`"
)]
pub trait Product {
    /// The product.
    type Out: Dimension;
}
impl Product for () {
    type Out = Dim<1>;
}
impl<A: Dimension> Product for (A,) {
    type Out = A;
}
impl<A: Times<B>, B> Product for (A, B) {
    type Out = A::Out;
}

/// The product in binary.
pub trait BinaryProduct {
    type Binary;
}
impl BinaryProduct for () {
    type Binary = U1;
}
macro_rules! binary_product {
    ($first:ident $($other:ident)*) => {
        impl<const $first: usize, $(const $other: usize,)*> BinaryProduct for (Dim<$first>, $(Dim<$other>,)*)
        where
            Table: Holds<$first>,
            ($(Dim<$other>,)*): BinaryProduct<Binary: Mul<<Table as Holds<$first>>::Binary>>,
        {
            type Binary = <<($(Dim<$other>,)*) as BinaryProduct>::Binary as Mul<<Table as Holds<$first>>::Binary>>::Output;
        }
    };
}
binary_product!(A);
binary_product!(A B);
binary_product!(A B C);
binary_product!(A B C D);
binary_product!(A B C D E);
binary_product!(A B C D E F);

macro_rules! times {
    ($first:ident * $rhs:ty, $($size:ident)*) => {
        impl<$(const $size: usize,)* Whole, Entry> Times<$rhs> for Dim<$first>
        where
            ($(Dim<$size>,)*): BinaryProduct<Binary = Whole>,
            Whole: ToDim<Entry = Entry>,
            Entry: Listed,
        {
            type Out = Entry::Dim;
        }
    };
}
times!(A * Dim<B>, A B);
times!(A * (Dim<B>, Dim<C>), A B C);
times!(A * (Dim<B>, Dim<C>, Dim<D>), A B C D);
times!(A * (Dim<B>, Dim<C>, Dim<D>, Dim<E>), A B C D E);
times!(A * (Dim<B>, Dim<C>, Dim<D>, Dim<E>, Dim<F>), A B C D E F);

macro_rules! product {
    ($first:ident $($other:ident)*) => {
        /// Through the first size: a tuple of sizes that are not inferred yet is then left alone, and a bound that is
        /// missing is missed where generic code can write it.
        impl<$first: Times<($($other,)*)>, $($other),*> Product for ($first, $($other),*) {
            type Out = $first::Out;
        }
    };
}
product!(A B C);
product!(A B C D);
product!(A B C D E);
product!(A B C D E F);
