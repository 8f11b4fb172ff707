//! What a rule checks before it computes: a trait over plain numbers, whose message says what is wrong with them.

use typenum::{B0, B1};

/// What a check found, in place of typenum's `B1` and `B0`, since rustc names it: the check has an implementation for `Yes`.
pub struct Yes;
/// What a check found: it has no implementation for `No`.
pub struct No;

/// From a bit to what it says.
pub trait Answer {
    type Is;
}
impl Answer for B1 {
    type Is = Yes;
}
impl Answer for B0 {
    type Is = No;
}

/// What another check found, where this one holds. Where it does not, that one holds for want of a second thing to say: a pooling
/// window of 0 elements goes in steps of 0 too, if no others are given.
pub trait OrElse<Other> {
    type Then;
}
impl<Other> OrElse<Other> for Yes {
    type Then = Other;
}
impl<Other> OrElse<Other> for No {
    type Then = Yes;
}

/// A check of some numbers: its message where it fails, and what to say at the place.
///
/// The computed size goes through `Then`, so that rustc does not speak of it where the check fails. (A rule without a size has no
/// use for it.)
macro_rules! check {
    ($name:ident<$($number:ident),+> $message:literal, $label:literal) => {
        #[diagnostic::on_unimplemented(message = $message, label = $label)]
        pub trait $name<$(const $number: usize),+> {
            type Then<Out: $crate::dim::Dimension>: $crate::dim::Dimension;
        }
        #[diagnostic::do_not_recommend]
        impl<$(const $number: usize),+> $name<$($number),+> for $crate::dim::Yes {
            type Then<Out: $crate::dim::Dimension> = Out;
        }
    };
}
pub(super) use check;
