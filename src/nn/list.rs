//! The layers of a sequence as a list, for what is written once for sequences of any length.

use super::sequence::for_tuples_of_layers;

/// Layers that follow one another: a tuple, or a struct with `#[module(sequence)]`.
///
/// (Its message is for a single layer that is asked to run directly on what it does not take, which is no sequence.)
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be run without a graph on this input",
    label = "does not run directly on this",
    note = "the layers that can are listed in `tintype::nn::direct`; each takes what the one before it gives, the first the input"
)]
pub trait Sequence {
    /// The layers, `(A, (B, (C,)))`.
    type List: List;
    /// The names of their fields.
    const NAMES: &'static [&'static str];
    /// The layers, lent.
    fn layers(&self) -> <Self::List as List>::References<'_>;
    /// The layers, lent to be changed.
    fn layers_mut(&mut self) -> <Self::List as List>::ReferencesMut<'_>;
}

/// A list of layers, `(A, (B, (C,)))`, and how it is lent. (They borrow nothing: or rustc would have to prove of each rest of the
/// list that it lives long enough.)
pub trait List {
    /// References to the layers.
    type References<'a>: Copy;
    /// References to the layers, to change them.
    type ReferencesMut<'a>;
}

impl<L: 'static> List for (L,) {
    type References<'a> = (&'a L,);
    type ReferencesMut<'a> = (&'a mut L,);
}

impl<L: 'static, R: List> List for (L, R) {
    type References<'a> = (&'a L, R::References<'a>);
    type ReferencesMut<'a> = (&'a mut L, R::ReferencesMut<'a>);
}

/// `list!(a, b, c)` is `(a, (b, (c,)))`.
macro_rules! list {
    ($last:expr) => { ($last,) };
    ($first:expr, $($others:expr),+) => { ($first, list!($($others),+)) };
}
/// The same of types.
macro_rules! list_of_types {
    ($last:ident) => { ($last,) };
    ($first:ident $($others:ident)+) => { ($first, list_of_types!($($others)+)) };
}

pub(super) use list_of_types;

macro_rules! tuples {
    ($(($first:ident $(, $layer:ident $before:ident $earlier:ident $from:ident $to:ident $i:tt)*) -> $last:ident $last_input:ident $out:ident;)*) => { $(
        impl<$first: 'static, $($layer: 'static),*> Sequence for ($first, $($layer,)*) {
            type List = list_of_types!($first $($layer)*);
            const NAMES: &'static [&'static str] = &["0", $(stringify!($i)),*];
            #[inline(always)]
            fn layers(&self) -> <Self::List as List>::References<'_> {
                list!(&self.0 $(, &self.$i)*)
            }
            #[inline(always)]
            fn layers_mut(&mut self) -> <Self::List as List>::ReferencesMut<'_> {
                list!(&mut self.0 $(, &mut self.$i)*)
            }
        }
    )* };
}
for_tuples_of_layers!(tuples);
