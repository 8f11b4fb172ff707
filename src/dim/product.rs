use super::off_table::Listed;
use super::table::{Holds, Table, ToDim};
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

/// The product in binary.
#[diagnostic::on_unimplemented(
    message = "how many entries a tensor of the shape `{Self}` has is not known here",
    label = "needs a bound: `where …: ReshapeTo<{Self}>`, with `use tintype::shape::ReshapeTo`"
)]
pub trait BinaryProduct {
    type Binary;
    /// The table, where a next number is looked up in: see [`Holds::Next`].
    type Next;
}
impl BinaryProduct for () {
    type Binary = U1;
    type Next = Table;
}
macro_rules! binary_product {
    ($first:ident $($other:ident)*) => {
        impl<const $first: usize, $(const $other: usize,)* Others, After, Size> BinaryProduct for (Dim<$first>, $(Dim<$other>,)*)
        where
            ($(Dim<$other>,)*): BinaryProduct<Binary = Others, Next = After>,
            After: Holds<$first, Binary = Size>,
            Others: Mul<Size>,
        {
            type Binary = Others::Output;
            type Next = After::Next;
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
    ($($size:ident)*, $last:ident: $first:ident * $rhs:ty) => {
        /// Through the first size, so that a bound that is missing is missed where generic code can write it.
        impl<$($size,)* $last> Product for ($($size,)* $last)
        where
            $last: OnceInferred<$first, $rhs>,
        {
            type Out = $last::Out;
        }
    };
}
product!(A, B: A * B);
product!(A B, C: A * (B, C));
product!(A B C, D: A * (B, C, D));
product!(A B C D, E: A * (B, C, D, E));
product!(A B C D E, F: A * (B, C, D, E, F));

/// The product of `First` and `Rhs`, of which it is a trait of the last size: what is not inferred yet has no traits, and rustc leaves it
/// alone. Otherwise it would try every number of the table for it.
pub trait OnceInferred<First, Rhs> {
    type Out: Dimension;
}
impl<Last, First: Times<Rhs>, Rhs> OnceInferred<First, Rhs> for Last {
    type Out = First::Out;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dim::same;

    #[test]
    fn products_of_two() {
        same::<<Dim<3> as Times<Dim<224>>>::Out, Dim<672>>();
        same::<<Dim<0> as Times<Dim<4096>>>::Out, Dim<0>>();
        same::<<Dim<1> as Times<Dim<1_048_576>>>::Out, Dim<1_048_576>>();
        same::<<Dim<32_768> as Times<Dim<32_768>>>::Out, Dim<1_073_741_824>>();
    }

    #[test]
    fn products_of_any_number() {
        same::<<() as Product>::Out, Dim<1>>();
        same::<<(Dim<70_001>,) as Product>::Out, Dim<70_001>>();
        same::<<(Dim<6>, Dim<7>) as Product>::Out, Dim<42>>();
        same::<<(Dim<512>, Dim<7>, Dim<7>) as Product>::Out, Dim<25_088>>();
        same::<<(Dim<2>, Dim<3>, Dim<4>, Dim<5>) as Product>::Out, Dim<120>>();
        same::<<(Dim<2>, Dim<3>, Dim<4>, Dim<5>, Dim<6>) as Product>::Out, Dim<720>>();
        same::<<(Dim<2>, Dim<3>, Dim<4>, Dim<5>, Dim<6>, Dim<4>) as Product>::Out, Dim<2_880>>();
        same::<<(Dim<9>, Dim<0>, Dim<9>) as Product>::Out, Dim<0>>();
    }

    #[test]
    fn only_the_whole_product_needs_to_be_in_the_table() {
        // 4,095 · 4,093 · 0: the first two make 16,760,835, which is not in the table.
        same::<<(Dim<4_095>, Dim<4_093>, Dim<0>) as Product>::Out, Dim<0>>();
    }

    #[test]
    fn generic_code_can_ask_for_either() {
        fn flat<C, H>(_: (C, H, H)) -> usize
        where
            C: Times<(H, H)>,
        {
            <(C, H, H) as Product>::Out::N
        }
        assert_eq!(flat((Dim::<16>, Dim::<5>, Dim::<5>)), 400);
    }
}
