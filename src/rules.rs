//! The rules that the compiler cites when a program breaks one.
//!
//! Each is a trait with a message in words; rustc adds which type it missed the trait for. Nobody implements or names them:
//! they stand here so that what rustc says can be looked up.
//!
//! | the rule | what it is about |
//! | --- | --- |
//! | [`KernelFits`], [`KernelHasElements`] | the kernel of a convolution |
//! | [`WindowFits`], [`WindowHasElements`], [`PaddingAtMostHalf`] | the window of a pooling |
//! | [`StrideMoves`], [`DilationSpreads`] | the steps of both |
//! | [`CircularFits`], [`ReflectionFits`] | paddings made from the input itself |
//! | [`GroupsDivide`] | the groups of a convolution |
//! | [`HeadsDivide`] | the heads of attention |
//! | [`InnerSize`], [`BatchSize`] | matrix products |
//! | [`EqualEntries`], [`AsManyEntries`] | reshaping |
//! | [`HasRoom`] | a seventh axis |
//! | [`Arithmetic`], [`Summed`] | masks and integers |
//! | [`TakesNumber`] | a tensor and a number of another type |
//! | [`ChangedInPlace`], [`AddedToNumber`] | `+=` and its like, which tensors do not have |
//! | [`Ordered`] | `<` and its like, which tensors do not have |
//! | [`EntryIndex`] | the index of an entry |
//! | [`TakenAs`] | the inputs of a function of one's own |
//! | [`Differs`] | an order of axes |
//! | [`SameOtherAxes`] | concatenation |
//! | [`RangeFits`], [`PartsDivide`] | slices of an axis |
//! | [`Agree`] | logits and labels |
//! | [`TodoShape`] | none: a shape that was [asked for](crate::Tensor::todo_shape) |
//! | [`Holds`], [`Listed`], [`HoldsThousands`], [`HoldsMillions`] | the [table of sizes](crate::dim) |
//!
//! [`Yes`] and [`No`] are what a comparison of numbers found.

pub use crate::autograd::{IsScalar, TakenAs};
pub use crate::dim::{
    Answer, CircularFits, ConvolvedSize, DilationSpreads, GroupsDivide, HeadsDivide, Holds, HoldsMillions,
    HoldsThousands, KernelFits, KernelHasElements, Listed, No, OffTable, PaddingAtMostHalf, PartsDivide, PooledSize,
    RangeFits, ReflectionFits, Slide, StrideMoves, Table, WindowFits, WindowHasElements, Yes,
};
pub use crate::ops::{
    AddedToNumber, Agree, Arithmetic, ChangedInPlace, Checked, Ordered, SameOtherAxes, Summed, TakesNumber,
};
pub use crate::shape::{AsManyEntries, Axis, BatchSize, Differs, EqualEntries, HasRoom, InnerSize, OfRank};
pub use crate::tensor::{EntryIndex, TodoShape};
