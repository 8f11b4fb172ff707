//! Matrix products of row-major matrices.

use super::{Kernels, parallel};

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
    product(sizes, a, b, out, accumulate, parallel::worth_splitting(sizes.cost()));
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
                product(sizes, a, b, out, accumulate, false);
            }
        });
    }
}

/// One product through the crate `gemm`, on all threads or on this one.
fn product<E: Kernels>(sizes: MatMul, a: &[E], b: &[E], out: &mut [E], accumulate: bool, split: bool) {
    let MatMul {
        m,
        k,
        n,
        a_transposed,
        b_transposed,
    } = sizes;
    assert!(a.len() == m * k && b.len() == k * n && out.len() == m * n);
    let strides = |rows: usize, columns: usize, transposed: bool| {
        if transposed {
            (rows as isize, 1)
        } else {
            (1, columns as isize)
        }
    };
    let (a_column, a_row) = strides(m, k, a_transposed);
    let (b_column, b_row) = strides(k, n, b_transposed);
    let (out, out_row) = (out.as_mut_ptr(), n as isize);
    let (a, b) = (a.as_ptr(), b.as_ptr());
    let one = E::one();
    let threads = if split { gemm_threads() } else { gemm::Parallelism::None };
    // SAFETY: the lengths were checked, and the strides stay within them.
    unsafe {
        gemm::gemm(
            m, n, k, out, 1, out_row, accumulate, a, a_column, a_row, b, b_column, b_row, one, one, false, false,
            false, threads,
        );
    }
}

#[cfg(feature = "rayon")]
fn gemm_threads() -> gemm::Parallelism {
    gemm::Parallelism::Rayon(0)
}

#[cfg(not(feature = "rayon"))]
fn gemm_threads() -> gemm::Parallelism {
    gemm::Parallelism::None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random, assert_close, garbage};

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
            let largest = if seed % 20 == 0 { 150 } else { 40 };
            let [m, k, n] = [0; 3].map(|_| random.size(0..=largest));
            for sizes in transpositions(m, k, n) {
                check::<f32>(sizes, &mut random, 2e-5);
                check::<f64>(sizes, &mut random, 1e-13);
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
