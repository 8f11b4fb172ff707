//! Arithmetic of binary numbers that has a result for all numbers, where typenum's own does not compile.
//!
//! A rule's check says in words what is wrong. If the computation next to it did not compile either, rustc would report
//! both, the second in typenum's words. Where there is no true result, these give any.
//!
//! They also are quicker for rustc. Beside all else of a window's size, a division of typenum's takes it several times as long, a
//! subtraction two thirds as long.

use core::ops::{BitAnd, Div, Not, Rem};
use typenum::{B0, B1, IsEqual, U0, U1, UInt, UTerm};

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

/// Whether a number is at least one.
pub trait AtLeastOne {
    type Is;
}
impl AtLeastOne for UTerm {
    type Is = No;
}
impl<Bits, Bit> AtLeastOne for UInt<Bits, Bit> {
    type Is = Yes;
}

/// `2N`.
pub trait Twice {
    type Output;
}
impl Twice for UTerm {
    type Output = UTerm;
}
impl<Bits, Bit> Twice for UInt<Bits, Bit> {
    type Output = UInt<Self, B0>;
}

/// `N / 2`, and whether that is exact: `B1` or `B0`.
pub trait Half {
    type Output;
    type Exact;
}
impl Half for UTerm {
    type Output = UTerm;
    type Exact = B1;
}
impl<Bits, Bit: Not> Half for UInt<Bits, Bit> {
    type Output = Bits;
    type Exact = Bit::Output;
}

/// `N − 1`; of zero, zero.
pub trait Predecessor {
    type Output;
}
impl Predecessor for UTerm {
    type Output = UTerm;
}
impl<Bits: Twice> Predecessor for UInt<Bits, B1> {
    type Output = Bits::Output;
}
impl<Bits: Predecessor> Predecessor for UInt<Bits, B0> {
    type Output = UInt<Bits::Output, B1>;
}

/// `Self − Right`; where `Right` is larger, any number.
pub trait Subtract<Right> {
    type Output;
}
impl<Right> Subtract<Right> for UTerm {
    type Output = UTerm;
}
impl<Bits, Bit> Subtract<UTerm> for UInt<Bits, Bit> {
    type Output = Self;
}
impl<Left: Subtract<Right, Output: Twice>, Right, Bit> Subtract<UInt<Right, Bit>> for UInt<Left, Bit> {
    type Output = <Left::Output as Twice>::Output;
}
impl<Left: Subtract<Right>, Right> Subtract<UInt<Right, B0>> for UInt<Left, B1> {
    type Output = UInt<Left::Output, B1>;
}
impl<Left: Subtract<Right, Output: Predecessor>, Right> Subtract<UInt<Right, B1>> for UInt<Left, B0> {
    type Output = UInt<<Left::Output as Predecessor>::Output, B1>;
}

/// `N / Self`, and whether that is exact: `B1` or `B0`. Nothing is divided by zero, so that is not exact.
pub trait Divide<N> {
    type Quotient;
    type Exact;
}
impl<N> Divide<N> for UTerm {
    type Quotient = UTerm;
    type Exact = B0;
}
/// By one, the usual stride, without the steps of a division.
impl<N> Divide<N> for U1 {
    type Quotient = N;
    type Exact = B1;
}
/// By an even number, such as the usual stride of a pooling: half by half.
impl<N, Bits, High> Divide<N> for UInt<UInt<Bits, High>, B0>
where
    N: Half<Exact: BitAnd<<UInt<Bits, High> as Divide<N::Output>>::Exact>>,
    UInt<Bits, High>: Divide<N::Output>,
{
    type Quotient = <UInt<Bits, High> as Divide<N::Output>>::Quotient;
    type Exact = <N::Exact as BitAnd<<UInt<Bits, High> as Divide<N::Output>>::Exact>>::Output;
}
impl<N, Bits, High, Rest> Divide<N> for UInt<UInt<Bits, High>, B1>
where
    N: Div<UInt<UInt<Bits, High>, B1>> + Rem<UInt<UInt<Bits, High>, B1>, Output = Rest>,
    Rest: IsEqual<U0>,
{
    type Quotient = <N as Div<UInt<UInt<Bits, High>, B1>>>::Output;
    type Exact = Rest::Output;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dim::same;
    use typenum::{U2, U3, U4, U5, U6, U7, U8, U12, U13, U16, U25, U128, U255, U256};

    #[test]
    fn differences() {
        same::<<U256 as Subtract<U1>>::Output, U255>();
        same::<<U256 as Subtract<U128>>::Output, U128>();
        same::<<U13 as Subtract<U7>>::Output, U6>();
        same::<<U12 as Subtract<U7>>::Output, U5>();
        same::<<U7 as Subtract<U7>>::Output, U0>();
        same::<<U7 as Subtract<U0>>::Output, U7>();
        same::<<U256 as Predecessor>::Output, U255>();
        same::<<U1 as Predecessor>::Output, U0>();
    }

    #[test]
    fn quotients() {
        macro_rules! assert_quotients {
            ($($n:ident / $by:ident = $quotient:ident $exact:ident;)*) => { $(
                same::<<$by as Divide<$n>>::Quotient, $quotient>();
                same::<<$by as Divide<$n>>::Exact, $exact>();
            )* };
        }
        assert_quotients! {
            U0 / U2 = U0 B1; U1 / U2 = U0 B0; U13 / U2 = U6 B0; U256 / U2 = U128 B1;
            U12 / U4 = U3 B1; U13 / U4 = U3 B0; U6 / U4 = U1 B0; U2 / U4 = U0 B0;
            U12 / U6 = U2 B1; U16 / U6 = U2 B0; U25 / U3 = U8 B0; U12 / U3 = U4 B1;
            U12 / U1 = U12 B1; U12 / U0 = U0 B0;
        }
    }
}
