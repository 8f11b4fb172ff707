//! The largest and the smallest.

use super::fold::fold_axis;
use super::{Axis, BLOCK, Kernels};
use crate::kernels::simd::vectorised;

/// Independent extremes: with more the compiler makes no vectors of them.
const EXTREMES: usize = 16;

/// The largest along an axis (NaN is larger than anything, as in PyTorch).
///
/// # Panics
///
/// If the axis is empty and the result is not.
pub fn max_axis<E: Kernels>(axis: Axis, x: &[E], out: &mut [E]) {
    extreme_axis(axis, x, E::neg_infinity(), out, |x, best| x > best);
}

/// The smallest along an axis (NaN is smaller than anything, as in PyTorch).
///
/// # Panics
///
/// If the axis is empty and the result is not.
pub fn min_axis<E: Kernels>(axis: Axis, x: &[E], out: &mut [E]) {
    extreme_axis(axis, x, E::infinity(), out, |x, best| x < best);
}

/// The entry that beats all others, for every outer and inner position; `least` is beaten by all.
fn extreme_axis<E: Kernels>(axis: Axis, x: &[E], least: E, out: &mut [E], beats: impl Fn(E, E) -> bool + Copy + Sync) {
    assert!(axis.length > 0 || out.is_empty(), "an empty axis has no extreme");
    // Nothing beats NaN.
    let better = move |best: E, x: E| if beats(x, best) | x.is_nan() { x } else { best };
    fold_axis(axis, least, x, out, |line| extreme(line, beats), better);
}

/// The entry of a line that beats all others, or NaN if there is one. The line is not empty.
pub fn extreme<E: Kernels>(line: &[E], beats: impl Fn(E, E) -> bool + Copy) -> E {
    let better = move |best: E, x: E| if beats(x, best) { x } else { best };
    let mut all = line[0];
    vectorised(
        #[inline(always)]
        move || {
            // Two loops over each block are many times faster than one that looks for both.
            for block in line.chunks(BLOCK) {
                if block.iter().fold(false, |any, x| any | x.is_nan()) {
                    return E::nan();
                }
                let (whole, rest) = block.as_chunks::<EXTREMES>();
                let mut best = [all; EXTREMES];
                for x in whole {
                    for lane in 0..EXTREMES {
                        best[lane] = better(best[lane], x[lane]);
                    }
                }
                all = best.iter().chain(rest).fold(all, |best, &x| better(best, x));
            }
            all
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::reduce::testing::{lines, random_axis};
    use crate::kernels::reduce::{argmax, argmin};
    use crate::kernels::testing::{ROUNDS, Random, garbage};

    /// And where they are.
    #[test]
    fn extremes_along_an_axis() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let axis = random_axis(&mut random);
            // Few different numbers, so that there are ties.
            let x: Vec<f32> = random
                .numbers::<f32>(axis.numel())
                .iter()
                .map(|x| (x * 4.0).round())
                .collect();
            let (mut best, mut indices) = (garbage(axis.reduced()), vec![u32::MAX; axis.reduced()]);
            max_axis(axis, &x, &mut best);
            argmax(axis, &x, &mut indices);
            for (at, line) in lines(axis, &x).iter().enumerate() {
                assert!(line.iter().all(|&x| x <= best[at]));
                assert_eq!(line.iter().position(|&x| x == best[at]), Some(indices[at] as usize));
            }
            min_axis(axis, &x, &mut best);
            argmin(axis, &x, &mut indices);
            for (at, line) in lines(axis, &x).iter().enumerate() {
                assert_eq!(line.iter().position(|&x| x == best[at]), Some(indices[at] as usize));
                assert!(line.iter().all(|&x| x >= best[at]));
            }
        }
    }

    #[test]
    fn the_first_nan_wins() {
        for axis in [Axis::of(&[4], 0), Axis::of(&[2, 2], 0)] {
            let x = [1.0, f64::NAN, 3.0, f64::NAN];
            let (mut best, mut indices) = (garbage::<f64>(axis.reduced()), vec![9; axis.reduced()]);
            let last = axis.reduced() - 1;
            let where_it_is = [1, 0][last];
            max_axis(axis, &x, &mut best);
            argmax(axis, &x, &mut indices);
            assert!(best[last].is_nan() && indices[last] == where_it_is);
            min_axis(axis, &x, &mut best);
            argmin(axis, &x, &mut indices);
            assert!(best[last].is_nan() && indices[last] == where_it_is);
        }
        let mut largest = [0.0];
        max_axis(Axis::of(&[200], 0), &[f64::NEG_INFINITY; 200], &mut largest);
        assert_eq!(largest, [f64::NEG_INFINITY]);
    }
}
