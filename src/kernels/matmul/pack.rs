//! The right side of a product, packed as panels: as many columns as a register tile has, all rows of them one behind the other.

use super::super::Kernels;
use super::super::simd::{SQUARE, Vector};
use super::Strided;
use core::ops::Range;

/// Rows of the right side that are packed together.
const PACKED_ROWS: usize = 8;

/// The widths of the panels of some columns, in vectors, at most `wide`: as even as they come.
#[inline(always)]
pub fn panels(columns: usize, lanes: usize, wide: usize) -> impl Iterator<Item = usize> {
    let vectors = columns.div_ceil(lanes);
    let count = vectors.div_ceil(wide);
    (0..count).map(move |i| (i + 1) * vectors / count - i * vectors / count)
}

/// Packs a block of the right side as panels, each with its rows one behind the other, the last filled up with zeros.
///
/// # Safety
///
/// The block must lie within the matrix, and the processor must have the instructions.
#[inline(always)]
pub unsafe fn pack<E: Kernels, V: Vector<E>>(
    b: Strided<E>,
    terms: Range<usize>,
    columns: Range<usize>,
    packed: &mut [E],
) {
    let depth = terms.len();
    // A few rows at a time, about as they lie in memory: walking down a panel would meet a new page with every row.
    for from in (0..depth).step_by(PACKED_ROWS) {
        let (mut first, mut panel) = (columns.start, packed.as_mut_ptr());
        for vectors in panels(columns.len(), V::LANES, V::WIDE) {
            for i in from..depth.min(from + PACKED_ROWS) {
                for v in 0..vectors {
                    let (term, column) = (terms.start + i, first + v * V::LANES);
                    // SAFETY: the caller's block; the panels together are as large as `packed`.
                    unsafe {
                        let to = panel.add((i * vectors + v) * V::LANES);
                        V::load_up_to(b.at(term, column), columns.end - column).store(to);
                    }
                }
            }
            first += vectors * V::LANES;
            panel = panel.wrapping_add(depth * vectors * V::LANES);
        }
    }
}

/// [`pack`] for a right side whose columns are contiguous.
///
/// # Safety
///
/// As for [`pack`].
#[inline(always)]
pub unsafe fn pack_transposed<E: Kernels, V: Vector<E>>(
    b: Strided<E>,
    terms: Range<usize>,
    columns: Range<usize>,
    packed: &mut [E],
) {
    let (mut first, mut panel) = (columns.start, packed.as_mut_ptr());
    for vectors in panels(columns.len(), V::LANES, V::WIDE) {
        let width = vectors * V::LANES;
        for square in (0..width).step_by(SQUARE) {
            let wide = SQUARE.min(width - square);
            let count = wide.min(columns.end.saturating_sub(first + square));
            for from in (0..terms.len()).step_by(SQUARE) {
                let rows = SQUARE.min(terms.len() - from);
                // SAFETY: the caller's block, which has columns if there are panels; where these are filled up, none is read,
                // and the last is as good as any. The panels together are as large as `packed`.
                unsafe {
                    let source = b.at(terms.start + from, (first + square).min(columns.end - 1));
                    let to = panel.add(from * width + square);
                    if rows == SQUARE && count == SQUARE {
                        E::transpose(source, b.column, to, width);
                        continue;
                    }
                    for (row, column) in (0..rows).flat_map(|row| (0..wide).map(move |column| (row, column))) {
                        let there = column < count;
                        let entry = if there {
                            *source.add(column * b.column + row)
                        } else {
                            E::zero()
                        };
                        *to.add(row * width + column) = entry;
                    }
                }
            }
        }
        first += width;
        panel = panel.wrapping_add(terms.len() * width);
    }
}
