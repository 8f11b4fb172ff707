use super::Dim;
use super::binary::{Answer, AtLeastOne, Divide, Predecessor, Subtract, Yes};
use super::table::{Holds, Table, ToDim};
use core::ops::{Add, Mul};
use typenum::{B1, IsGreaterOrEqual};

/// A window of `K` elements, `D` apart, that goes in steps of `S` over a dimension, with a padding of `P` on either side.
///
/// Convolution and pooling share the sizes and each has its own words for what can be wrong with them. Hence every
/// condition is a type here, `Yes` or `No`, and there is a result in either case.
pub trait Slide<const K: usize, const S: usize, const P: usize, const D: usize> {
    /// All of it in one tuple, since rustc computes the sizes anew for each type that is asked for:
    ///
    /// * `K ≥ 1`
    /// * `S ≥ 1`
    /// * `D ≥ 1`
    /// * The padded input, `N + 2P`, has room for the window, `D(K − 1) + 1`.
    /// * What the table has for the number of places that the window comes to, `floor((N + 2P − D(K − 1) − 1) / S) + 1`.
    /// * `K` and `2P` in binary.
    type Found;
}
impl<
    const N: usize,
    const K: usize,
    const S: usize,
    const P: usize,
    const D: usize,
    Input,
    Kernel,
    Stride,
    Padding,
    Dilation,
    Sides,
    Padded,
    Gaps,
    Gap,
    Window,
    Fits,
    Room,
    Steps,
    Places,
> Slide<K, S, P, D> for Dim<N>
where
    Table: Holds<N, Binary = Input>
        + Holds<K, Binary = Kernel>
        + Holds<S, Binary = Stride>
        + Holds<P, Binary = Padding>
        + Holds<D, Binary = Dilation>,
    Padding: Add<Padding, Output = Sides>,
    Input: Add<Sides, Output = Padded>,
    Kernel: Predecessor<Output = Gaps>,
    Dilation: Mul<Gaps, Output = Gap>,
    Gap: Add<B1, Output = Window>,
    Padded: IsGreaterOrEqual<Window, Output = Fits>,
    Fits: Answer,
    Padded: Subtract<Window, Output = Room>,
    Stride: Divide<Room, Quotient = Steps>,
    Steps: Add<B1, Output = Places>,
    Places: ToDim,
    Kernel: AtLeastOne,
    Stride: AtLeastOne,
    Dilation: AtLeastOne,
{
    type Found = (
        Kernel::Is,
        Stride::Is,
        Dilation::Is,
        Fits::Is,
        Places::Entry,
        (Kernel, Sides),
    );
}

#[diagnostic::on_unimplemented(message = "a stride of {S} goes nowhere", label = "a stride is at least 1")]
pub trait StrideMoves<const S: usize> {
    /// The answer to the next question.
    type Then<Next>;
}
#[diagnostic::do_not_recommend]
impl<const S: usize> StrideMoves<S> for Yes {
    type Then<Next> = Next;
}

#[diagnostic::on_unimplemented(
    message = "a dilation of {D} puts all elements of a window in one place",
    label = "a dilation is at least 1: 1 for elements side by side"
)]
pub trait DilationSpreads<const D: usize> {
    /// The answer to the next question.
    type Then<Next>;
}
#[diagnostic::do_not_recommend]
impl<const D: usize> DilationSpreads<D> for Yes {
    type Then<Next> = Next;
}
