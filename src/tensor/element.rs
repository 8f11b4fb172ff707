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
    ($($element:ident $([$to_float:item])? $($also:ident)*;)*) => { $(
        impl sealed::Sealed for $element {}
        impl Element for $element {
            const NAME: &'static str = stringify!($element);
            $($to_float)?
        }
        $( #[diagnostic::do_not_recommend] impl $also for $element {} )*
    )* };
}
elements! {
    f32 [fn to_float(self) -> Option<f64> { Some(self.into()) }] Numeric Float;
    f64 [fn to_float(self) -> Option<f64> { Some(self) }] Numeric Float;
    i8 Numeric;
    i16 Numeric;
    i32 Numeric;
    i64 Numeric;
    isize Numeric;
    u8 Numeric;
    u16 Numeric;
    u32 Numeric;
    u64 Numeric;
    usize Numeric;
    bool;
}
