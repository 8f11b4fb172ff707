//! What is reduced: all entries, or the lines along one axis.

use crate::dim::Dimension;
use crate::kernels::Axis;
use crate::shape::{HasAxis, Shape};

/// All entries as one run.
pub(super) fn all<S: Shape>() -> Axis {
    Axis {
        outer: 1,
        length: S::NUMEL,
        inner: 1,
    }
}

/// The axis `AXIS` of a shape.
pub(super) fn axis<S: HasAxis<AXIS>, const AXIS: usize>() -> Axis {
    Axis {
        outer: S::OUTER,
        length: S::Size::N,
        inner: S::INNER,
    }
}

/// Two methods for each reduction, with what both compute: the one of all entries, and the one of the lines along axis `AXIS`, which
/// disappears.
///
/// (`sum` and `mean` are written out, for rustc to show their bound where a mask or whole numbers do not have it.)
macro_rules! reductions {
    ($(
        $(#[$all:meta])* $method:ident
        $(#[$each:meta])* $method_axis:ident -> Tensor[$($entries:tt)*]: |$x:ident, $axis:ident| $reduced:expr;
    )*) => {
        impl<S: Shape, E: crate::tensor::Element, A: Track> Tensor<S, E, A> { $(
            $(#[$all])*
            pub fn $method(&self) -> Tensor<crate::shape::Rank0, $($entries)*>
            where
                E: Float,
            {
                let ($x, $axis) = (self, crate::ops::reduction::all::<S>());
                $reduced
            }

            $(#[$each])*
            pub fn $method_axis<const AXIS: usize>(&self) -> Tensor<S::Without, $($entries)*>
            where
                E: Float,
                S: crate::shape::HasAxis<AXIS>,
            {
                let ($x, $axis) = (self, crate::ops::reduction::axis::<S, AXIS>());
                $reduced
            }
        )* }
    };
}
pub(super) use reductions;
