//! Arithmetic of binary numbers that has a result for all numbers, where typenum's own does not compile.
//!
//! A rule's check says in words what is wrong. If the computation next to it did not compile either, rustc would report
//! both, the second in typenum's words. Where there is no true result, these give any.

use core::ops::{Div, Rem, Sub};
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

/// `N − 1`; of zero, zero.
pub trait Predecessor {
    type Output;
}
impl Predecessor for UTerm {
    type Output = UTerm;
}
impl<Bits, Bit> Predecessor for UInt<Bits, Bit>
where
    UInt<Bits, Bit>: Sub<B1>,
{
    type Output = <UInt<Bits, Bit> as Sub<B1>>::Output;
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
impl<N, Bits, High, Low, Rest> Divide<N> for UInt<UInt<Bits, High>, Low>
where
    N: Div<UInt<UInt<Bits, High>, Low>> + Rem<UInt<UInt<Bits, High>, Low>, Output = Rest>,
    Rest: IsEqual<U0>,
{
    type Quotient = <N as Div<UInt<UInt<Bits, High>, Low>>>::Output;
    type Exact = Rest::Output;
}

/// `Left − Right` where `Self`, their comparison, says that this is possible (`B1`); where not (`B0`), zero.
pub trait Subtract<Left, Right> {
    type Output;
}
impl<Left, Right> Subtract<Left, Right> for B0 {
    type Output = UTerm;
}
impl<Left: Sub<Right>, Right> Subtract<Left, Right> for B1 {
    type Output = Left::Output;
}
