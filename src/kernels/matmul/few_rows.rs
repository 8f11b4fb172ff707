//! Products of a few rows, in which the right side is read once, as it lies.

use super::super::Kernels;
use super::super::buffers::output;
use super::super::simd::Vector;
use super::Product;
use core::ops::Range;

/// Terms that are summed one after another.
const RUN: usize = 1024;

impl<E: Kernels> Product<'_, E> {
    /// One row times a matrix: a sum of the matrix's rows, run by run.
    ///
    /// # Safety
    ///
    /// What whoever made the product vouches for must hold, and the left side have one row. So it is below.
    #[inline(always)]
    pub unsafe fn run_row(&self) {
        let k = self.sizes.k;
        let (row, count) = (self.rows.start, self.columns.len());
        let start = self.out.wrapping_add(row * self.out_row + self.columns.start);
        // SAFETY: nobody else has this part of the result.
        let out = unsafe { core::slice::from_raw_parts_mut(start, count) };
        if !self.accumulate {
            out.fill(E::zero());
        }
        if k <= RUN {
            // SAFETY: the caller's.
            return unsafe { self.add_rows(0..k, out) };
        }
        let mut sums = output(count);
        for first in (0..k).step_by(RUN) {
            sums.fill(E::zero());
            // SAFETY: the caller's.
            unsafe { self.add_rows(first..(first + RUN).min(k), &mut sums) };
            out.iter_mut().zip(&sums[..]).for_each(|(out, &sum)| *out += sum);
        }
    }

    /// Adds some rows of the right side, each times its factor.
    #[inline(always)]
    unsafe fn add_rows(&self, terms: Range<usize>, out: &mut [E]) {
        let ((a, b), count) = (self.sides(), out.len());
        // SAFETY: all within the matrices.
        unsafe {
            let factor = |term: usize| *a.at(self.rows.start, term);
            let b_row = |term: usize| core::slice::from_raw_parts(b.at(term, self.columns.start), count);
            let fours = terms.start + terms.len() / 4 * 4;
            for term in (terms.start..fours).step_by(4) {
                let [a0, a1, a2, a3] = [0, 1, 2, 3].map(|i| factor(term + i));
                let [b0, b1, b2, b3] = [0, 1, 2, 3].map(|i| b_row(term + i));
                for j in 0..count {
                    out[j] += (a0 * b0[j] + a1 * b1[j]) + (a2 * b2[j] + a3 * b3[j]);
                }
            }
            for term in fours..terms.end {
                let a = factor(term);
                out.iter_mut().zip(b_row(term)).for_each(|(out, &b)| *out += a * b);
            }
        }
    }

    /// A few rows times a transposed matrix: dot products, in which both sides are read as they lie.
    ///
    /// # Safety
    ///
    /// The left side must have `M` rows, one behind the other, all of them in this block, and the processor have the instructions.
    #[inline(always)]
    pub unsafe fn run_dots<V: Vector<E>, const M: usize>(&self) {
        let k = self.sizes.k;
        let first = self.columns.start;
        let fours = first + self.columns.len() / 4 * 4;
        for from in (0..k).step_by(RUN) {
            let terms = from..(from + RUN).min(k);
            let accumulate = self.accumulate || from > 0;
            // SAFETY: the caller's.
            unsafe {
                for column in (first..fours).step_by(4) {
                    self.dots::<V, M, 4>(column, terms.clone(), accumulate);
                }
                for column in fours..self.columns.end {
                    self.dots::<V, M, 1>(column, terms.clone(), accumulate);
                }
            }
        }
    }

    /// The sums of some terms for each row and some columns.
    #[inline(always)]
    unsafe fn dots<V: Vector<E>, const M: usize, const N: usize>(
        &self,
        column: usize,
        terms: Range<usize>,
        accumulate: bool,
    ) {
        let whole = terms.end - terms.len() % V::LANES;
        // SAFETY: all within the matrices.
        unsafe {
            let mut sums = [[V::splat(E::zero()); N]; M];
            for term in (terms.start..whole).step_by(V::LANES) {
                self.add_terms(column, term, V::LANES, &mut sums);
            }
            if whole < terms.end {
                self.add_terms(column, whole, terms.end - whole, &mut sums);
            }
            for (i, sums) in sums.iter().enumerate() {
                for (j, sum) in sums.iter().enumerate() {
                    let out = self.out.wrapping_add((self.rows.start + i) * self.out_row + column + j);
                    *out = if accumulate { *out + sum.total() } else { sum.total() };
                }
            }
        }
    }

    /// Adds the products of so many terms, at most a vector of them, in lanes.
    #[inline(always)]
    unsafe fn add_terms<V: Vector<E>, const M: usize, const N: usize>(
        &self,
        column: usize,
        term: usize,
        count: usize,
        sums: &mut [[V; N]; M],
    ) {
        let k = self.sizes.k;
        for (i, sums) in sums.iter_mut().enumerate() {
            // SAFETY: all within the matrices.
            unsafe {
                let a = V::load_up_to(self.a.as_ptr().add((self.rows.start + i) * k + term), count);
                for (j, sum) in sums.iter_mut().enumerate() {
                    let b = V::load_up_to(self.b.as_ptr().add((column + j) * k + term), count);
                    *sum = b.mul_add(a, *sum);
                }
            }
        }
    }
}
