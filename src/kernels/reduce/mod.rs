//! Sums, products and extremes, over everything or over one axis.

mod extremes;
mod fold;
mod places;
mod products;
mod sums;

pub use extremes::{max_axis, min_axis};
pub use places::{argmax, argmin};
pub use products::{product, product_axis};
pub use sums::{channel_sum, dot, sum, sum_axis, sum_of_runs};

use super::{Kernels, parallel};

/// One axis of an array: `outer` blocks of `length` entries, each of `inner` numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The product of the dimensions before the axis.
    pub outer: usize,
    /// The axis's own dimension.
    pub length: usize,
    /// The product of the dimensions behind the axis.
    pub inner: usize,
}

impl Axis {
    /// The numbers in the whole array.
    pub fn numel(&self) -> usize {
        self.outer * self.length * self.inner
    }

    /// The numbers that remain when the axis is reduced.
    pub fn reduced(&self) -> usize {
        self.outer * self.inner
    }
}

/// Numbers added one after another, in as many sums as there are lanes, before halves are added pairwise.
const BLOCK: usize = 1024;

/// Independent sums: enough for the widest vectors and the latency of an addition.
const LANES: usize = 64;

#[cfg(test)]
mod testing {
    use super::*;
    use crate::kernels::testing::Random;

    /// A small axis of an array that may be empty.
    pub fn random_axis(random: &mut Random) -> Axis {
        let [outer, inner] = [0; 2].map(|_| random.size(0..=7));
        Axis {
            outer,
            length: random.size(1..=90),
            inner,
        }
    }

    /// Every outer and inner position's entries along the axis.
    pub fn lines<E: Kernels>(axis: Axis, x: &[E]) -> Vec<Vec<E>> {
        let entry = |at: usize, l: usize| x[(at / axis.inner * axis.length + l) * axis.inner + at % axis.inner];
        (0..axis.reduced())
            .map(|at| (0..axis.length).map(|l| entry(at, l)).collect())
            .collect()
    }
}
