//! What a tensor can hold: floating-point numbers, integers for indices, bool for masks.

use crate::kernels::Kernels;
use crate::kernels::buffers::Solid;
use core::fmt::{Debug, Display};

mod sealed {
    pub trait Sealed {}
}

/// An entry of a tensor: `f32`, `f64`, an integer or `bool`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the element of a tensor",
    label = "not an element type",
    note = "tensors hold f32, f64, integers (as indices) and bool (as masks)"
)]
pub trait Element:
    sealed::Sealed + Solid + Default + PartialEq + PartialOrd + Debug + Display + Send + Sync + 'static
{
    /// The name that PyTorch-style printing shows.
    const NAME: &'static str;
    /// A floating-point number as `f64`, and `None` for integers and `bool`: the two ways of printing.
    #[doc(hidden)]
    fn to_float(self) -> Option<f64> {
        None
    }
    /// What converts to other numbers: the number itself, and 0 or 1 for `bool`.
    #[doc(hidden)]
    type Number: Numeric;
    #[doc(hidden)]
    fn to_number(self) -> Self::Number;
    /// A number as this type, and `None` if it does not fit. What is not 0 is `true`.
    #[doc(hidden)]
    fn from_number<N: Numeric>(number: N) -> Option<Self>;
    /// Does the work for this type.
    #[doc(hidden)]
    fn by_element<W: ByElement<Self>>(work: W) -> W::Out;
}

/// Work on entries of a type that may have gradients or not: how an operation that every element type has, as those of shape,
/// comes to what only floating-point numbers have.
pub trait ByElement<E: Element> {
    /// What it gives.
    type Out;
    /// The work where the entries are floating-point numbers.
    fn float(self) -> Self::Out
    where
        E: Float;
    /// The work where they are not. There is none on the way back.
    fn other(self) -> Self::Out
    where
        Self: Sized,
    {
        unreachable!("only tensors of floating-point numbers are tracked")
    }
}

/// An element that counts: everything but `bool`.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a number", label = "this operation needs numbers")]
pub trait Numeric: Element + num_traits::NumAssign + num_traits::NumCast {}

/// An element that gradients can flow through: `f32` or `f64`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a floating-point number",
    label = "only f32 and f64 have derivatives",
    note = "convert first: `x.to::<f32>()`"
)]
pub trait Float: Numeric + Kernels {}

macro_rules! elements {
    ($($kind:ident $($element:ident)*;)*) => { $($(
        impl sealed::Sealed for $element {}
        impl Element for $element {
            const NAME: &'static str = stringify!($element);
            elements!(@items $kind);
        }
        elements!(@numeric $kind $element);
    )*)* };

    (@items float) => {
        fn to_float(self) -> Option<f64> {
            num_traits::ToPrimitive::to_f64(&self)
        }
        elements!(@items number float);
    };
    (@items integer) => {
        elements!(@items number other);
    };
    (@items number $work:ident) => {
        type Number = Self;
        fn to_number(self) -> Self {
            self
        }
        fn from_number<N: Numeric>(number: N) -> Option<Self> {
            num_traits::NumCast::from(number)
        }
        elements!(@by_element $work);
    };
    (@items mask) => {
        type Number = u8;
        fn to_number(self) -> u8 {
            self.into()
        }
        fn from_number<N: Numeric>(number: N) -> Option<Self> {
            Some(number != N::zero())
        }
        elements!(@by_element other);
    };
    (@by_element $work:ident) => {
        #[inline]
        fn by_element<W: ByElement<Self>>(work: W) -> W::Out {
            work.$work()
        }
    };

    (@numeric float $element:ident) => {
        elements!(@numeric integer $element);
        #[diagnostic::do_not_recommend]
        impl Float for $element {}
    };
    (@numeric integer $element:ident) => {
        #[diagnostic::do_not_recommend]
        impl Numeric for $element {}
    };
    (@numeric mask $element:ident) => {};
}
elements! {
    float f32 f64;
    integer i8 i16 i32 i64 isize u8 u16 u32 u64 usize;
    mask bool;
}
