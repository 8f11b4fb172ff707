//! What folds the entries along an axis, one after the other.

use super::{Axis, Kernels, parallel};
use crate::kernels::buffers::output;
use crate::kernels::simd::vectorised;

/// Folds the entries along an axis; where they lie side by side, by what is quicker for that.
pub fn fold_axis<E: Kernels>(
    axis: Axis,
    start: E,
    x: &[E],
    out: &mut [E],
    fold_line: impl Fn(&[E]) -> E + Sync,
    fold: impl Fn(E, E) -> E + Copy + Sync,
) {
    let Axis { length, inner, .. } = axis;
    assert!(x.len() == axis.numel() && out.len() == axis.reduced());
    if inner == 0 {
        return;
    }
    parallel::chunks(out, inner, length * inner, |first, out| {
        let mut other = output(inner);
        for (o, out) in out.chunks_mut(inner).enumerate() {
            let x = &x[(first + o) * length * inner..][..length * inner];
            match out {
                [out] => *out = fold_line(x),
                _ => fold_rows(x, start, out, &mut other, fold),
            }
        }
    });
}

/// Folds the rows of `x`, entry by entry, from `out` to `other` and back. (In place, the compiler would store under a condition what
/// may stay as it is, which is slow.)
fn fold_rows<E: Kernels>(x: &[E], start: E, out: &mut [E], other: &mut [E], fold: impl Fn(E, E) -> E + Copy) {
    vectorised(
        #[inline(always)]
        move || {
            let rows = x.chunks_exact(out.len());
            let (mut from, mut to) = if rows.len().is_multiple_of(2) {
                (out, other)
            } else {
                (other, out)
            };
            from.fill(start);
            for row in rows {
                for ((to, &from), &x) in to.iter_mut().zip(from.iter()).zip(row) {
                    *to = fold(from, x);
                }
                (from, to) = (to, from);
            }
        },
    );
}
