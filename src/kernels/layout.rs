//! Copies that move entries without changing them: permuted, repeated, joined and cut axes.
//!
//! Any element type goes: numbers, indices, masks. Floating-point numbers are transposed by vectors.

use super::simd::{Vector, VectorTask, Vectors, with_vectors};
use super::{Axis, parallel};

/// An array of dimensions `dims` with its axes in another order: axis `i` of the result is axis `order[i]` of `x`. A matrix in it
/// is transposed by what is given for that, [`by_vectors`] or [`one_by_one`].
///
/// # Panics
///
/// If `order` is no permutation of the axes, or a slice has another length than the dimensions say.
pub fn permute<E: Copy + Send + Sync>(
    dims: &[usize],
    order: &[usize],
    x: &[E],
    out: &mut [E],
    transpose: fn(Transpose<'_, E>),
) {
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    assert!(
        sorted.iter().copied().eq(0..dims.len()),
        "{order:?} is no order of {} axes",
        dims.len()
    );
    let numel: usize = dims.iter().product();
    assert!(x.len() == numel && out.len() == numel);
    let axes = merged(dims, order);
    if axes.is_empty() || numel == 0 {
        return out.copy_from_slice(x);
    }
    let item = numel / axes[0].length;
    parallel::chunks(out, item, 2 * item, |start, out| {
        let mut axes = axes.clone();
        axes[0].length = out.len() / item;
        copy_permuted(&axes, &x[start * axes[0].stride..], out, transpose);
    });
}

/// One axis of the result: its length, and the distance of its entries in the source.
#[derive(Clone, Copy, Debug)]
struct Strided {
    length: usize,
    stride: usize,
}

/// The axes of the result, without those of length 1, and with those merged that stay together.
fn merged(dims: &[usize], order: &[usize]) -> Vec<Strided> {
    let stride = |axis: usize| dims[axis + 1..].iter().product();
    let mut axes: Vec<Strided> = Vec::new();
    for axis in order.iter().map(|&axis| Strided {
        length: dims[axis],
        stride: stride(axis),
    }) {
        match axes.last_mut() {
            _ if axis.length == 1 => {}
            Some(last) if last.stride == axis.length * axis.stride => {
                *last = Strided {
                    length: last.length * axis.length,
                    stride: axis.stride,
                };
            }
            _ => axes.push(axis),
        }
    }
    axes
}

/// Fills `out`, whose axes are these, from `x`, which starts at their common origin.
fn copy_permuted<E: Copy>(axes: &[Strided], x: &[E], out: &mut [E], transpose: fn(Transpose<'_, E>)) {
    match axes {
        [] => out[0] = x[0],
        [last] if last.stride == 1 => out.copy_from_slice(&x[..last.length]),
        [last] => out
            .iter_mut()
            .zip(x.iter().step_by(last.stride))
            .for_each(|(out, &x)| *out = x),
        [rows, columns] if rows.stride == 1 => transpose(Transpose {
            columns: *columns,
            x,
            out,
        }),
        [first, rest @ ..] => {
            let item = out.len() / first.length;
            out.chunks_mut(item)
                .enumerate()
                .for_each(|(i, out)| copy_permuted(rest, &x[i * first.stride..], out, transpose));
        }
    }
}

/// The transpose of a matrix whose rows are contiguous: `columns` says how far apart they are and how many.
pub struct Transpose<'a, E> {
    columns: Strided,
    x: &'a [E],
    out: &'a mut [E],
}

/// Transposes a matrix in the processor's registers.
pub fn by_vectors<E: Vectors>(matrix: Transpose<'_, E>) {
    with_vectors(matrix);
}

/// Transposes a matrix entry by entry.
pub fn one_by_one<E: Copy>(matrix: Transpose<'_, E>) {
    let Transpose { columns, x, out } = matrix;
    for (i, row) in out.chunks_mut(columns.length).enumerate() {
        let column = x[i..].iter().step_by(columns.stride);
        row.iter_mut().zip(column).for_each(|(out, &x)| *out = x);
    }
}

impl<E: Vectors> VectorTask<E> for Transpose<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) {
        let Transpose { columns, x, out } = self;
        let rows = out.len() / columns.length;
        assert!(x.len() >= (columns.length - 1) * columns.stride + rows);
        for row in (0..rows).step_by(V::LANES) {
            for column in (0..columns.length).step_by(V::LANES) {
                let (height, width) = (V::LANES.min(rows - row), V::LANES.min(columns.length - column));
                if height == V::LANES && width == V::LANES {
                    let from = column * columns.stride + row;
                    let to = row * columns.length + column;
                    // SAFETY: the square ends within the rows and columns that both slices have.
                    unsafe {
                        V::transpose(
                            x.as_ptr().add(from),
                            columns.stride,
                            out.as_mut_ptr().add(to),
                            columns.length,
                        );
                    }
                    continue;
                }
                for (row, column) in
                    (row..row + height).flat_map(|row| (column..column + width).map(move |column| (row, column)))
                {
                    out[row * columns.length + column] = x[column * columns.stride + row];
                }
            }
        }
    }
}

/// Each of `outer` blocks of `inner` entries, `times` times over: an axis broadcast to `times` entries.
pub fn repeat<T: Copy + Send + Sync>(outer: usize, times: usize, inner: usize, x: &[T], out: &mut [T]) {
    assert!(x.len() == outer * inner && out.len() == outer * times * inner);
    if inner == 1 {
        parallel::chunks(out, times, times, |first, out| {
            out.chunks_mut(times).zip(&x[first..]).for_each(|(out, &x)| out.fill(x));
        });
    } else {
        parallel::chunks(out, inner, inner, |first, out| {
            for (i, out) in out.chunks_mut(inner).enumerate() {
                out.copy_from_slice(&x[(first + i) / times * inner..][..inner]);
            }
        });
    }
}

/// Two arrays joined along an axis: `a` has `length_a` entries there, `b` has `axis.length - length_a`.
pub fn concat<T: Copy + Send + Sync>(axis: Axis, length_a: usize, a: &[T], b: &[T], out: &mut [T]) {
    let length_b = axis.length - length_a;
    slice_assign(axis, 0, length_a, a, out);
    slice_assign(axis, length_a, length_b, b, out);
}

/// The entries `start..start + length` along an axis of `x`.
pub fn slice<T: Copy + Send + Sync>(axis: Axis, start: usize, length: usize, x: &[T], out: &mut [T]) {
    assert!(x.len() == axis.numel() && out.len() == axis.outer * length * axis.inner);
    assert!(start + length <= axis.length);
    let (whole, part) = (axis.length * axis.inner, length * axis.inner);
    parallel::chunks(out, part, part, |first, out| {
        for (o, out) in out.chunks_mut(part).enumerate() {
            out.copy_from_slice(&x[(first + o) * whole + start * axis.inner..][..part]);
        }
    });
}

/// Overwrites the entries `start..start + length` along an axis of `out` with `x`.
pub fn slice_assign<T: Copy + Send + Sync>(axis: Axis, start: usize, length: usize, x: &[T], out: &mut [T]) {
    assert!(out.len() == axis.numel() && x.len() == axis.outer * length * axis.inner);
    assert!(start + length <= axis.length);
    let (whole, part) = (axis.length * axis.inner, length * axis.inner);
    if part == 0 {
        return;
    }
    parallel::chunks(out, whole, part, |first, out| {
        for (out, x) in out.chunks_mut(whole).zip(x[first * part..].chunks(part)) {
            out[start * axis.inner..][..part].copy_from_slice(x);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random};

    #[test]
    fn every_order_of_up_to_five_axes() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let rank = random.size(0..=5);
            let dims: Vec<usize> = (0..rank)
                .map(|_| [0, 1, 2, 3, 7, 20][random.size(0..=5).max(1)])
                .collect();
            let mut order: Vec<usize> = (0..rank).collect();
            (1..rank).for_each(|i| order.swap(i, random.size(0..=i)));
            let numel: usize = dims.iter().product();
            let x: Vec<f64> = (0..numel).map(|i| i as f64).collect();
            let mut out = vec![f64::NAN; numel];
            let transpose = [by_vectors, one_by_one][random.size(0..=1)];
            permute(&dims, &order, &x, &mut out, transpose);
            for (at, &found) in out.iter().enumerate() {
                let (mut rest, mut expected) = (at, 0);
                for &axis in order.iter().rev() {
                    expected += rest % dims[axis] * dims[axis + 1..].iter().product::<usize>();
                    rest /= dims[axis];
                }
                assert_eq!(found, expected as f64, "{dims:?} {order:?}");
            }
        }
    }

    #[test]
    fn an_empty_array_has_every_order() {
        permute::<f32>(&[2, 0, 3], &[2, 0, 1], &[], &mut [], by_vectors);
    }

    #[test]
    fn repeated_blocks() {
        let mut out = [0; 12];
        repeat(2, 3, 2, &[1, 2, 3, 4], &mut out);
        assert_eq!(out, [1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4]);
        repeat(4, 3, 1, &[1, 2, 3, 4], &mut out);
        assert_eq!(out, [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
        repeat(0, 3, 2, &[], &mut [0; 0]);
        repeat(2, 0, 2, &[1, 2, 3, 4], &mut []);
        repeat(2, 0, 1, &[1, 2], &mut []);
    }

    #[test]
    fn what_is_joined_is_cut_again() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let [outer, length_a, length_b, inner] = [0; 4].map(|_| random.size(0..=5));
            let axis = Axis {
                outer,
                length: length_a + length_b,
                inner,
            };
            let a: Vec<usize> = (0..outer * length_a * inner).collect();
            let b: Vec<usize> = (0..outer * length_b * inner).map(|i| 1000 + i).collect();
            let mut both = vec![usize::MAX; axis.numel()];
            concat(axis, length_a, &a, &b, &mut both);
            let (mut a_again, mut b_again) = (vec![0; a.len()], vec![0; b.len()]);
            slice(axis, 0, length_a, &both, &mut a_again);
            slice(axis, length_a, length_b, &both, &mut b_again);
            assert_eq!((a, b), (a_again, b_again));
            assert!(both.iter().all(|&entry| entry != usize::MAX));
        }
    }

    #[test]
    fn joined_rows() {
        let mut out = [0; 6];
        concat(
            Axis {
                outer: 2,
                length: 3,
                inner: 1,
            },
            1,
            &[1, 2],
            &[3, 4, 5, 6],
            &mut out,
        );
        assert_eq!(out, [1, 3, 4, 2, 5, 6]);
    }
}
