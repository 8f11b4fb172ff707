//! Where the largest and the smallest are.

use super::extremes::extreme;
use super::{Axis, Kernels, LANES, parallel};
use crate::kernels::buffers::output;
use crate::kernels::simd::vectorised;

/// Where the largest along an axis is (the first of equals, or the first NaN).
///
/// # Panics
///
/// If the axis is empty and the result is not.
pub fn argmax<E: Kernels>(axis: Axis, x: &[E], indices: &mut [u32]) {
    places_along(axis, x, indices, |x, best| x > best);
}

/// Where the smallest along an axis is (the first of equals, or the first NaN).
///
/// # Panics
///
/// If the axis is empty and the result is not.
pub fn argmin<E: Kernels>(axis: Axis, x: &[E], indices: &mut [u32]) {
    places_along(axis, x, indices, |x, best| x < best);
}

/// Where the entry is that beats all others, for every outer and inner position.
fn places_along<E: Kernels>(axis: Axis, x: &[E], indices: &mut [u32], beats: impl Fn(E, E) -> bool + Copy + Sync) {
    let Axis { length, inner, .. } = axis;
    assert!(x.len() == axis.numel() && indices.len() == axis.reduced());
    assert!(length > 0 || indices.is_empty(), "an empty axis has no extreme");
    assert!(
        u32::try_from(length).is_ok(),
        "an axis of {length} entries is too long to index"
    );
    if inner == 0 {
        return;
    }
    parallel::chunks(indices, inner, length * inner, |first, indices| {
        let (mut best, mut other, mut other_index) = (output(inner), output(inner), output(inner));
        let blocks = indices
            .chunks_mut(inner)
            .zip(x[first * length * inner..].chunks(length * inner));
        for (index, x) in blocks {
            match index {
                [index] => *index = winner(x, beats) as u32,
                _ => winners(x, (&mut best, index), (&mut other, &mut other_index), beats),
            }
        }
    });
}

/// Where in each column of `x` the first entry is that no other beats, or the first NaN; from `out`, the entries and where they are,
/// to `other` and back, as `fold_rows` does.
fn winners<E: Kernels>(
    x: &[E],
    out: (&mut [E], &mut [u32]),
    other: (&mut [E], &mut [u32]),
    beats: impl Fn(E, E) -> bool + Copy,
) {
    vectorised(
        #[inline(always)]
        move || {
            let (first, others) = x.split_at(out.0.len());
            let rows = others.chunks_exact(first.len());
            let (mut from, mut to) = if rows.len().is_multiple_of(2) {
                (out, other)
            } else {
                (other, out)
            };
            from.0.copy_from_slice(first);
            from.1.fill(0);
            for (row, l) in rows.zip(1..) {
                let from_both = from.0.iter().zip(from.1.iter());
                for ((to, (&best, &index)), &x) in to.0.iter_mut().zip(to.1.iter_mut()).zip(from_both).zip(row) {
                    let better = beats(x, best) | (x.is_nan() & !best.is_nan());
                    (*to.0, *to.1) = if better { (x, l) } else { (best, index) };
                }
                (from, to) = (to, from);
            }
        },
    );
}

/// Where in a line the first entry is that no other beats, or the first NaN.
fn winner<E: Kernels>(line: &[E], beats: impl Fn(E, E) -> bool + Copy) -> usize {
    // First which entry, then where: both go many at a time.
    let best = extreme(line, beats);
    let wins = move |x: &E| *x == best || best.is_nan() && x.is_nan();
    vectorised(
        #[inline(always)]
        move || {
            let blocks = line.chunks(LANES);
            let block = blocks
                .take_while(|block| !block.iter().fold(false, |any, x| any | wins(x)))
                .count();
            let first = block * LANES;
            first + line[first..].iter().position(wins).expect("the best is one of them")
        },
    )
}
