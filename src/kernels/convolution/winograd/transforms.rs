//! The six small matrices: each a few additions of whole vectors.

use super::super::super::simd::Vector;
use super::super::super::{Kernels, number};
use super::{IN, KERNEL, OUT};

/// What makes a tile of `N×N` numbers of an image one of 6×6: of each column, and then of each row.
pub trait Transform<const N: usize>: Copy {
    /// Of one column or row.
    ///
    /// # Safety
    ///
    /// The processor must have the instructions; so it is in the other transforms.
    unsafe fn of<E: Kernels, V: Vector<E>>(self, numbers: [V; N]) -> [V; IN];
}

/// `Bᵀ d`.
#[derive(Clone, Copy)]
pub struct OfSource;

impl Transform<IN> for OfSource {
    #[inline(always)]
    unsafe fn of<E: Kernels, V: Vector<E>>(self, d: [V; IN]) -> [V; IN] {
        // SAFETY: the caller's.
        unsafe {
            let number = |x: f64| V::splat(number(x));
            let (two, four, five) = (number(2.0), number(-4.0), number(-5.0));
            let (even, odd) = (d[2].mul_add(four, d[4]), d[1].mul_add(four, d[3]));
            let (outer, inner) = (d[4].sub(d[2]), d[3].sub(d[1]));
            [
                d[0].mul_add(number(4.0), d[2].mul_add(five, d[4])),
                even.add(odd),
                even.sub(odd),
                inner.mul_add(two, outer),
                inner.mul_add(number(-2.0), outer),
                d[1].mul_add(number(4.0), d[3].mul_add(five, d[5])),
            ]
        }
    }
}

/// `A e`.
#[derive(Clone, Copy)]
pub struct OfGradient;

impl Transform<OUT> for OfGradient {
    #[inline(always)]
    unsafe fn of<E: Kernels, V: Vector<E>>(self, e: [V; OUT]) -> [V; IN] {
        // SAFETY: the caller's.
        unsafe {
            let number = |x: f64| V::splat(number(x));
            let (even, odd) = (e[0].add(e[2]), e[1].add(e[3]));
            let (outer, inner) = (e[2].mul_add(number(4.0), e[0]), e[3].mul_add(number(4.0), e[1]));
            [
                e[0],
                even.add(odd),
                even.sub(odd),
                inner.mul_add(number(2.0), outer),
                inner.mul_add(number(-2.0), outer),
                e[3],
            ]
        }
    }
}

/// The rows of a matrix of vectors that is computed column by column. Each vector is put where it belongs at once: rows gathered
/// from columns, of which few fit the registers, would be copied column by column for every row.
#[inline(always)]
pub unsafe fn rows_of<E: Kernels, V: Vector<E>, const COLUMNS: usize, const ROWS: usize>(
    column: impl Fn(usize) -> [V; ROWS],
) -> [[V; COLUMNS]; ROWS] {
    // SAFETY: the caller's instructions.
    let mut rows = [[unsafe { V::splat(E::zero()) }; COLUMNS]; ROWS];
    for at in 0..COLUMNS {
        for (row, vector) in rows.iter_mut().zip(column(at)) {
            row[at] = vector;
        }
    }
    rows
}

/// `Aᵀ m`.
#[inline(always)]
pub unsafe fn result_transform<E: Kernels, V: Vector<E>>(m: [V; IN]) -> [V; OUT] {
    // SAFETY: the caller's.
    unsafe {
        let number = |x: f64| V::splat(number(x));
        let (sum1, difference1) = (m[1].add(m[2]), m[1].sub(m[2]));
        let (sum2, difference2) = (m[3].add(m[4]), m[3].sub(m[4]));
        [
            m[0].add(sum1).add(sum2),
            difference2.mul_add(number(2.0), difference1),
            sum2.mul_add(number(4.0), sum1),
            difference2.mul_add(number(8.0), difference1).add(m[5]),
        ]
    }
}

/// `G g`.
#[inline(always)]
pub unsafe fn kernel_transform<E: Kernels, V: Vector<E>>(g: [V; KERNEL]) -> [V; IN] {
    // SAFETY: the caller's.
    unsafe {
        let number = |x: f64| V::splat(number(x));
        let zero = V::splat(E::zero());
        let (outer, middle) = (
            g[0].add(g[2]).mul_add(number(-1.0 / 6.0), zero),
            g[1].mul_add(number(1.0 / 6.0), zero),
        );
        let far = g[0].mul_add(number(1.0 / 24.0), g[2].mul_add(number(1.0 / 6.0), zero));
        let half = g[1].mul_add(number(1.0 / 12.0), zero);
        [
            g[0].mul_add(number(0.25), zero),
            outer.sub(middle),
            outer.add(middle),
            far.add(half),
            far.sub(half),
            g[2],
        ]
    }
}

/// `Gᵀ u`.
#[inline(always)]
pub unsafe fn kernel_gradient_transform<E: Kernels, V: Vector<E>>(u: [V; IN]) -> [V; KERNEL] {
    // SAFETY: the caller's.
    unsafe {
        let number = |x: f64| V::splat(number(x));
        let (sixth, zero) = (number(-1.0 / 6.0), V::splat(E::zero()));
        let near = u[1].add(u[2]).mul_add(sixth, zero);
        let far = u[3].add(u[4]);
        [
            u[0].mul_add(number(0.25), far.mul_add(number(1.0 / 24.0), near)),
            u[1].sub(u[2])
                .mul_add(sixth, u[3].sub(u[4]).mul_add(number(1.0 / 12.0), zero)),
            far.mul_add(number(1.0 / 6.0), near).add(u[5]),
        ]
    }
}
