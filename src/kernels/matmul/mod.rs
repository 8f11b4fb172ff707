//! Matrix products of row-major matrices.

mod block;
mod few_rows;
mod pack;

pub use block::{Block, Strided};
pub use pack::panels;

use super::buffers::output;
use super::simd::{Vector, VectorTask, lanes, with_vectors};
use super::{Kernels, parallel, reduce};
use core::ops::Range;
use pack::{pack, pack_transposed};

/// The sizes of a product of an `m×k` by a `k×n` matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatMul {
    /// Rows of the left side and of the result.
    pub m: usize,
    /// Columns of the left side, rows of the right side.
    pub k: usize,
    /// Columns of the right side and of the result.
    pub n: usize,
    /// The left slice holds a `k×m` matrix, whose transpose is multiplied.
    pub a_transposed: bool,
    /// The right slice holds an `n×k` matrix, whose transpose is multiplied.
    pub b_transposed: bool,
}

impl MatMul {
    /// Neither side transposed.
    pub fn new(m: usize, k: usize, n: usize) -> MatMul {
        MatMul {
            m,
            k,
            n,
            a_transposed: false,
            b_transposed: false,
        }
    }

    /// The left slice holds a `k×m` matrix, whose transpose is multiplied.
    pub fn transpose_a(self) -> MatMul {
        MatMul {
            a_transposed: true,
            ..self
        }
    }

    /// The right slice holds an `n×k` matrix, whose transpose is multiplied.
    pub fn transpose_b(self) -> MatMul {
        MatMul {
            b_transposed: true,
            ..self
        }
    }

    /// The units of work (see [`parallel`]) of one product.
    fn cost(&self) -> usize {
        self.m * self.k * self.n / 16 + 1
    }
}

/// A number of products, and how far apart in their slices the matrices of each side are: 0 where all share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The number of products.
    pub count: usize,
    /// From one left matrix to the next.
    pub a_stride: usize,
    /// From one right matrix to the next.
    pub b_stride: usize,
}

/// `out = a b`, or `out += a b` to accumulate.
pub fn matmul<E: Kernels>(sizes: MatMul, a: &[E], b: &[E], out: &mut [E], accumulate: bool) {
    let split = parallel::worth_splitting(sizes.cost());
    product(
        sizes,
        a,
        b,
        out,
        accumulate,
        if split { parallel::threads() } else { 1 },
    );
}

/// Some columns of `a b`, one row of them behind the other, on this thread.
pub fn matmul_columns<E: Kernels>(sizes: MatMul, a: &[E], b: &[E], columns: Range<usize>, out: &mut [E]) {
    let MatMul { m, k, n, .. } = sizes;
    assert!(a.len() == m * k && b.len() == k * n && columns.end <= n && out.len() == m * columns.len());
    if k == 0 {
        out.fill(E::zero());
    }
    if out.is_empty() || k == 0 {
        return;
    }
    with_vectors(Product {
        sizes,
        a,
        b,
        out: out.as_mut_ptr().wrapping_sub(columns.start),
        out_row: columns.len(),
        accumulate: false,
        rows: 0..m,
        columns,
    });
}

/// `out[i] = a[i] b[i]` for each of a batch, or `out[i] += a[i] b[i]`.
pub fn batched_matmul<E: Kernels>(sizes: MatMul, batch: Batch, a: &[E], b: &[E], out: &mut [E], accumulate: bool) {
    let MatMul { m, k, n, .. } = sizes;
    assert_eq!(out.len(), batch.count * m * n);
    if m * n == 0 || batch.count == 0 {
        return;
    }
    if batch.b_stride == 0 && batch.a_stride == m * k && !sizes.a_transposed {
        // The left matrices lie below one another: one tall product.
        return matmul(
            MatMul {
                m: batch.count * m,
                ..sizes
            },
            a,
            b,
            out,
            accumulate,
        );
    }
    let sides = |i: usize| (&a[i * batch.a_stride..][..m * k], &b[i * batch.b_stride..][..k * n]);
    if batch.count < parallel::threads() {
        for (i, out) in out.chunks_mut(m * n).enumerate() {
            matmul(sizes, sides(i).0, sides(i).1, out, accumulate);
        }
    } else {
        parallel::chunks(out, m * n, sizes.cost(), |first, run| {
            for (i, out) in run.chunks_mut(m * n).enumerate() {
                let (a, b) = sides(first + i);
                product(sizes, a, b, out, accumulate, 1);
            }
        });
    }
}

/// Terms summed at once: then a panel of the right side stays in the first-level cache.
const DEPTH: usize = 256;

/// Bytes of the right side that are packed at once: they stay in the third-level cache.
const PACKED: usize = 1 << 21;

/// Bytes of a right side that stays in the first-level cache, so that packing does not pay.
const UNPACKED: usize = 1 << 15;

/// The most rows of a left side that have kernels of their own.
const FEW: usize = 4;

/// One product, in so many pieces. What an entry of the result is does not depend on how many.
fn product<E: Kernels>(sizes: MatMul, a: &[E], b: &[E], out: &mut [E], accumulate: bool, pieces: usize) {
    let MatMul { m, k, n, .. } = sizes;
    assert!(a.len() == m * k && b.len() == k * n && out.len() == m * n);
    if k == 0 && !accumulate {
        out.fill(E::zero());
    }
    if out.is_empty() || k == 0 {
        return;
    }
    if let [out] = out {
        let dot = reduce::dot(a, b);
        *out = if accumulate { *out + dot } else { dot };
        return;
    }
    if n == 1 {
        // The same numbers are a row times the transposed matrix.
        let turned = MatMul {
            b_transposed: !sizes.a_transposed,
            ..MatMul::new(1, k, m)
        };
        return product(turned, b, a, out, accumulate, pieces);
    }
    let out = parallel::SharedPointer(out.as_mut_ptr());
    let run = |rows: Range<usize>, columns: Range<usize>| {
        with_vectors(Product {
            sizes,
            a,
            b,
            out: out.pointer(),
            out_row: n,
            accumulate,
            rows,
            columns,
        });
    };
    if pieces == 1 {
        return run(0..m, 0..n);
    }
    parallel::pieces(pieces, |piece| {
        let edge = |i: usize, length: usize, unit: usize| (length * i / pieces).next_multiple_of(unit).min(length);
        let part = |length: usize, unit: usize| edge(piece, length, unit)..edge(piece + 1, length, unit);
        // Every piece packs all of the side that is not split, which should be the smaller.
        if m > n.max(FEW) {
            run(part(m, 1), 0..n);
        } else {
            run(0..m, part(n, lanes::<E>()));
        }
    });
}

/// A block of the result of a product. Whoever makes one vouches that the slices are as long as the sizes say, that there are
/// terms, and that nobody else uses this block of the result.
struct Product<'a, E> {
    sizes: MatMul,
    a: &'a [E],
    b: &'a [E],
    /// Where the whole result begins, or would begin, as the block alone is written.
    out: *mut E,
    /// From one row of the result to the next.
    out_row: usize,
    accumulate: bool,
    rows: Range<usize>,
    columns: Range<usize>,
}

impl<E: Kernels> VectorTask<E> for Product<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) {
        let MatMul {
            m,
            n,
            k,
            a_transposed,
            b_transposed,
        } = self.sizes;
        let whole = |columns: usize| columns.is_multiple_of(V::LANES);
        // SAFETY: the caller vouches for the instructions; `product` has checked the lengths.
        unsafe {
            match (b_transposed, m) {
                (true, 1) => self.run_dots::<V, 1>(),
                (true, 2) if !a_transposed => self.run_dots::<V, 2>(),
                (true, 3) if !a_transposed => self.run_dots::<V, 3>(),
                (true, 4) if !a_transposed => self.run_dots::<V, 4>(),
                (false, 1) => self.run_row(),
                (false, _) if whole(n) && whole(self.columns.len()) && k * n * size_of::<E>() <= UNPACKED => {
                    self.run_unpacked::<V>();
                }
                _ => self.run_packed::<V>(),
            }
        }
    }
}

impl<E: Kernels> Product<'_, E> {
    /// The left side and the right side.
    fn sides(&self) -> (Strided<E>, Strided<E>) {
        let MatMul {
            m,
            k,
            n,
            a_transposed,
            b_transposed,
        } = self.sizes;
        (
            Strided::new(self.a, m, k, a_transposed),
            Strided::new(self.b, k, n, b_transposed),
        )
    }

    /// With the right side packed, block by block.
    ///
    /// # Safety
    ///
    /// The processor must have the instructions; the slices must be as long as the sizes say. So it is below.
    #[inline(always)]
    unsafe fn run_packed<V: Vector<E>>(&self) {
        let (a, b) = self.sides();
        let k = self.sizes.k;
        let depth = k.div_ceil(k.div_ceil(DEPTH));
        let width = (PACKED / (depth * size_of::<E>())).next_multiple_of(V::WIDE * V::LANES);
        let mut packed = output::<E>(depth * width.min(self.columns.len().next_multiple_of(V::LANES)));
        for first in self.columns.clone().step_by(width) {
            let columns = first..(first + width).min(self.columns.end);
            for from in (0..k).step_by(depth) {
                let terms = from..(from + depth).min(k);
                // SAFETY: all within the matrices.
                unsafe {
                    if self.sizes.b_transposed {
                        pack_transposed::<E, V>(b, terms.clone(), columns.clone(), &mut packed);
                    } else {
                        pack::<E, V>(b, terms.clone(), columns.clone(), &mut packed);
                    }
                    let block = Block {
                        a: Strided {
                            start: a.at(0, from),
                            ..a
                        },
                        b: packed.as_ptr(),
                        b_row: None,
                        out: self.out,
                        out_row: self.out_row,
                        depth: terms.len(),
                        accumulate: self.accumulate || from > 0,
                    };
                    block.run::<V>(self.rows.clone(), columns.clone());
                }
            }
        }
    }

    /// With the right side where it is: it is small, and the columns are whole vectors.
    #[inline(always)]
    unsafe fn run_unpacked<V: Vector<E>>(&self) {
        let (a, b) = self.sides();
        let MatMul { k, n, .. } = self.sizes;
        // SAFETY: all within the matrices.
        unsafe {
            let b = b.at(0, self.columns.start);
            let block = Block {
                a,
                b,
                b_row: Some(n),
                out: self.out,
                out_row: self.out_row,
                depth: k,
                accumulate: self.accumulate,
            };
            block.run::<V>(self.rows.clone(), self.columns.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random, assert_close, garbage};

    /// The largest sizes of most tests.
    const LARGEST: usize = if cfg!(miri) { 12 } else { 40 };

    /// Straight from the definition.
    fn naive<E: Kernels>(sizes: MatMul, a: &[E], b: &[E]) -> Vec<E> {
        let MatMul {
            m,
            k,
            n,
            a_transposed,
            b_transposed,
        } = sizes;
        let a = |i: usize, l: usize| if a_transposed { a[l * m + i] } else { a[i * k + l] };
        let b = |l: usize, j: usize| if b_transposed { b[j * k + l] } else { b[l * n + j] };
        (0..m * n)
            .map(|at| (0..k).map(|l| a(at / n, l) * b(l, at % n)).sum())
            .collect()
    }

    fn transpositions(m: usize, k: usize, n: usize) -> [MatMul; 4] {
        let sizes = MatMul::new(m, k, n);
        [
            sizes,
            sizes.transpose_a(),
            sizes.transpose_b(),
            sizes.transpose_a().transpose_b(),
        ]
    }

    fn check<E: Kernels>(sizes: MatMul, random: &mut Random, tolerance: f64) {
        let (a, b) = (
            random.numbers::<E>(sizes.m * sizes.k),
            random.numbers::<E>(sizes.k * sizes.n),
        );
        let expected = naive(sizes, &a, &b);
        let mut out = garbage(sizes.m * sizes.n);
        matmul(sizes, &a, &b, &mut out, false);
        assert_close(&out, &expected, tolerance);
        matmul(sizes, &a, &b, &mut out, true);
        let twice: Vec<E> = expected.iter().map(|&e| e + e).collect();
        assert_close(&out, &twice, tolerance);
    }

    #[test]
    fn products_of_all_sizes_and_transpositions() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let largest = if seed % 20 == 0 && !cfg!(miri) { 150 } else { LARGEST };
            let [m, k, n] = [0; 3].map(|_| random.size(0..=largest));
            for sizes in transpositions(m, k, n) {
                check::<f32>(sizes, &mut random, 2e-5);
                check::<f64>(sizes, &mut random, 1e-13);
            }
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "too slow")]
    fn products_in_several_blocks() {
        let mut random = Random::new(0);
        for (m, k, n) in [
            (19, 900, 150),
            (3, 1000, 9),
            (1, 70, 33),
            (40, 420, 777),
            (9, 5, 3000),
            (600, 9, 20),
        ] {
            for sizes in transpositions(m, k, n) {
                check::<f32>(sizes, &mut random, 1e-4);
                check::<f64>(sizes, &mut random, 1e-12);
            }
        }
    }

    #[test]
    fn long_sums_are_added_in_runs() {
        let k = if cfg!(miri) { 3000 } else { 300_001 };
        let x: Vec<f32> = Random::new(1).numbers::<f32>(k).iter().map(|x| x + 1.0).collect();
        let exact: f64 = x.iter().map(|&x| x as f64).sum();
        let ones = vec![1.0; 2 * k];
        for sizes in [
            MatMul::new(1, k, 1),
            MatMul::new(1, k, 2),
            MatMul::new(1, k, 2).transpose_b(),
        ] {
            let mut out = garbage(sizes.n);
            matmul(sizes, &x, &ones[..k * sizes.n], &mut out, false);
            assert!(
                out.iter().all(|&sum| (sum as f64 - exact).abs() <= 1e-6 * exact),
                "{out:?} for {exact}"
            );
        }
        for sizes in [MatMul::new(2, k, 1), MatMul::new(2, k, 1).transpose_a()] {
            let mut out = [0.0; 2];
            matmul(sizes, &ones, &x, &mut out, false);
            assert!(
                out.iter().all(|&sum| (sum as f64 - exact).abs() <= 1e-6 * exact),
                "{out:?} for {exact}"
            );
        }
    }

    #[test]
    fn pieces_change_no_bit() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let [m, n] = [0; 2].map(|_| random.size(0..=if seed % 2 == 0 { 6 } else { LARGEST }));
            let k = random.size(0..=if seed % 10 == 0 { 2 * DEPTH } else { 40 });
            for sizes in transpositions(m, k, n) {
                let (a, b) = (random.numbers::<f32>(m * k), random.numbers::<f32>(k * n));
                let product = |pieces| {
                    let mut out = garbage(m * n);
                    product(sizes, &a, &b, &mut out, false, pieces);
                    out
                };
                let expected = product(1);
                for pieces in [2, 3, 7] {
                    assert_eq!(product(pieces), expected, "{sizes:?} in {pieces}");
                }
            }
        }
    }

    #[test]
    fn columns_by_themselves() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let [m, k, n] = [0; 3].map(|_| random.size(0..=LARGEST));
            for sizes in transpositions(m, k, n) {
                let (a, b) = (random.numbers::<f64>(m * k), random.numbers::<f64>(k * n));
                let first = random.size(0..=n);
                let columns = first..random.size(first..=n);
                let mut out = garbage(m * columns.len());
                matmul_columns(sizes, &a, &b, columns.clone(), &mut out);
                let all = naive(sizes, &a, &b);
                let expected: Vec<f64> = (0..m).flat_map(|i| &all[i * n..][columns.clone()]).copied().collect();
                assert_close(&out, &expected, 1e-13);
            }
        }
    }

    #[test]
    fn batches_with_and_without_shared_sides() {
        for seed in 0..ROUNDS / 4 {
            let mut random = Random::new(seed);
            let [count, m, k, n] = [0; 4].map(|_| random.size(0..=9));
            for sizes in transpositions(m, k, n) {
                for (a_stride, b_stride) in [(m * k, k * n), (0, k * n), (m * k, 0), (0, 0)] {
                    let length = |stride, size| if stride == 0 { size } else { count * size };
                    let a = random.numbers::<f64>(length(a_stride, m * k));
                    let b = random.numbers::<f64>(length(b_stride, k * n));
                    let mut out = garbage(count * m * n);
                    let batch = Batch {
                        count,
                        a_stride,
                        b_stride,
                    };
                    batched_matmul(sizes, batch, &a, &b, &mut out, false);
                    for i in 0..count {
                        let expected = naive(sizes, &a[i * a_stride..][..m * k], &b[i * b_stride..][..k * n]);
                        assert_close(&out[i * m * n..][..m * n], &expected, 1e-13);
                    }
                }
            }
        }
    }
}
