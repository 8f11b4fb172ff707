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

/// A check of some numbers: its message where it fails, and what to say at the place.
///
/// What is asked next goes through `Then`, and the computed size through `Leaves`, so that rustc does not speak of them where the
/// check fails. (rustc cites the last where a program expects another size: `<Yes as KernelFits<32, 3, 0, 1>>::Leaves<Dim<30>>`.)
macro_rules! check {
    ($name:ident<$($number:ident),+> $message:literal, $label:literal) => {
        #[diagnostic::on_unimplemented(message = $message, label = $label)]
        pub trait $name<$(const $number: usize),+> {
            type Then<Next>;
            type Leaves<Out: $crate::dim::Dimension>: $crate::dim::Dimension;
        }
        #[diagnostic::do_not_recommend]
        impl<$(const $number: usize),+> $name<$($number),+> for $crate::dim::Yes {
            type Then<Next> = Next;
            type Leaves<Out: $crate::dim::Dimension> = Out;
        }
    };
}
pub(super) use check;
