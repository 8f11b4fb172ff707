//! Sums, extremes and products, over everything or over one axis.

use super::buffers::output;
use super::elementwise::fetched;
use super::simd::vectorised;
use super::{Kernels, parallel};
use core::mem::MaybeUninit;

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

/// Independent extremes: with more the compiler makes no vectors of them.
const EXTREMES: usize = 16;

/// Rows added one after another before halves are added pairwise.
const ROWS: usize = 32;

/// Numbers in a part of a long sum. Parts are shared between threads, but the tree of additions is the same without.
const SPLIT: usize = 1 << 17;

/// The sum of all, added pairwise: the error grows with the logarithm of the length.
pub fn sum<E: Kernels>(x: &[E]) -> E {
    pairwise(x.len(), &|from, to| sum_of(&x[from..to]))
}

/// The sum of what `steps` makes of the entries, added as [`sum`] adds them.
pub fn sum_of_runs<E: Kernels>(x: &[E], steps: &(dyn Fn(&mut [E]) + Sync)) -> E {
    pairwise(x.len(), &|from, to| {
        let mut run = [const { MaybeUninit::uninit() }; BLOCK];
        let run = fetched(x, from, &mut run[..to - from]);
        steps(run);
        sum_of(run)
    })
}

/// `Σ a[i] b[i]`, added pairwise.
pub fn dot<E: Kernels>(a: &[E], b: &[E]) -> E {
    assert_eq!(a.len(), b.len());
    pairwise(a.len(), &|from, to| dot_of(&a[from..to], &b[from..to]))
}

/// The product of all, in as many products as there are lanes.
pub fn product<E: Kernels>(x: &[E]) -> E {
    vectorised(
        #[inline(always)]
        move || {
            let (whole, rest) = x.as_chunks::<LANES>();
            let mut products = [E::one(); LANES];
            for x in whole {
                for lane in 0..LANES {
                    products[lane] *= x[lane];
                }
            }
            products.iter().chain(rest).fold(E::one(), |product, &x| product * x)
        },
    )
}

/// The sum of `block(from, to)` over blocks of `0..length`, added as a balanced tree that depends on the length alone.
fn pairwise<E: Kernels>(length: usize, block: &(impl Fn(usize, usize) -> E + Sync)) -> E {
    if length > SPLIT {
        let parts = length.div_ceil(SPLIT);
        let part = |i: usize| tree(i * SPLIT, ((i + 1) * SPLIT).min(length), block);
        let sums = parallel::map_ranges(parts, SPLIT, |range| range.map(part).collect::<Vec<E>>()).concat();
        return tree(0, parts, &|from, to| sums[from..to].iter().copied().sum());
    }
    tree(0, length, block)
}

fn tree<E: Kernels>(from: usize, to: usize, block: &impl Fn(usize, usize) -> E) -> E {
    if to - from <= BLOCK {
        return block(from, to);
    }
    let middle = from + (to - from).div_ceil(BLOCK).next_power_of_two() / 2 * BLOCK;
    tree(from, middle, block) + tree(middle, to, block)
}

fn sum_of<E: Kernels>(x: &[E]) -> E {
    vectorised(
        #[inline(always)]
        move || {
            let (whole, rest) = x.as_chunks::<LANES>();
            let mut sums = [E::zero(); LANES];
            for x in whole {
                for lane in 0..LANES {
                    sums[lane] += x[lane];
                }
            }
            sum_of_lanes(sums) + rest.iter().copied().sum()
        },
    )
}

fn dot_of<E: Kernels>(a: &[E], b: &[E]) -> E {
    vectorised(
        #[inline(always)]
        move || {
            let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
            let mut sums = [E::zero(); LANES];
            for (a, b) in a.iter().zip(b) {
                for lane in 0..LANES {
                    sums[lane] += a[lane] * b[lane];
                }
            }
            sum_of_lanes(sums) + a_rest.iter().zip(b_rest).map(|(&a, &b)| a * b).sum()
        },
    )
}

/// The sum of the lanes, halving their number until one is left.
#[inline(always)]
fn sum_of_lanes<E: Kernels>(mut sums: [E; LANES]) -> E {
    let mut width = LANES / 2;
    while width > 0 {
        for lane in 0..width {
            let other = sums[lane + width];
            sums[lane] += other;
        }
        width /= 2;
    }
    sums[0]
}

/// `out[o, i] = Σ_l x[o, l, i]`.
pub fn sum_axis<E: Kernels>(axis: Axis, x: &[E], out: &mut [E]) {
    let Axis { outer, length, inner } = axis;
    assert!(x.len() == axis.numel() && out.len() == axis.reduced());
    if inner == 1 {
        parallel::chunks(out, 1, length, |first, out| {
            out.iter_mut()
                .enumerate()
                .for_each(|(o, out)| *out = block_sum(&x[(first + o) * length..][..length]));
        });
    } else if outer >= parallel::threads() {
        parallel::chunks(out, inner, length * inner, |first, out| {
            for (o, out) in out.chunks_mut(inner).enumerate() {
                sum_rows(&x[(first + o) * length * inner..][..length * inner], inner, 0, out);
            }
        });
    } else {
        for (o, out) in out.chunks_mut(inner.max(1)).enumerate() {
            let x = &x[o * length * inner..][..length * inner];
            parallel::chunks(out, 1, length, |first, out| sum_rows(x, inner, first, out));
        }
    }
}

/// The sum of one contiguous block, on this thread.
fn block_sum<E: Kernels>(x: &[E]) -> E {
    tree(0, x.len(), &|from, to| sum_of(&x[from..to]))
}

/// The sum of the rows of `x`, each of `stride` numbers, from column `first` on as far as `out` goes; pairwise.
fn sum_rows<E: Kernels>(x: &[E], stride: usize, first: usize, out: &mut [E]) {
    let rows = x.len() / stride;
    if rows <= ROWS {
        return vectorised(
            #[inline(always)]
            move || {
                out.fill(E::zero());
                for row in x.chunks_exact(stride) {
                    for (out, &x) in out.iter_mut().zip(&row[first..]) {
                        *out += x;
                    }
                }
            },
        );
    }
    let (upper, lower) = x.split_at(rows / 2 * stride);
    sum_rows(upper, stride, first, out);
    let mut half = output(out.len());
    sum_rows(lower, stride, first, &mut half);
    out.iter_mut().zip(&half[..]).for_each(|(out, &half)| *out += half);
}

/// `out[c] = Σ_{b, i} x[b, c, i]`: what a gradient of shape batch × channels × inner gives the bias of its channels.
pub fn channel_sum<E: Kernels>(batch: usize, channels: usize, inner: usize, x: &[E], out: &mut [E]) {
    assert!(x.len() == batch * channels * inner && out.len() == channels);
    if inner == 1 {
        return sum_axis(
            Axis {
                outer: 1,
                length: batch,
                inner: channels,
            },
            x,
            out,
        );
    }
    parallel::chunks(out, 1, batch * inner, |first, out| {
        let mut sums = output(batch);
        for (c, out) in out.iter_mut().enumerate() {
            for (b, sum) in sums.iter_mut().enumerate() {
                *sum = block_sum(&x[(b * channels + first + c) * inner..][..inner]);
            }
            *out = block_sum(&sums);
        }
    });
}

/// `out[o, i] = Π_l x[o, l, i]`.
pub fn product_axis<E: Kernels>(axis: Axis, x: &[E], out: &mut [E]) {
    fold_axis(axis, E::one(), x, out, product, |product, x| product * x);
}

/// Folds the entries along an axis; where they lie side by side, by what is quicker for that.
fn fold_axis<E: Kernels>(
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

/// The entry that beats all others, for every outer and inner position; `least` is beaten by all.
fn extreme_axis<E: Kernels>(axis: Axis, x: &[E], least: E, out: &mut [E], beats: impl Fn(E, E) -> bool + Copy + Sync) {
    assert!(axis.length > 0 || out.is_empty(), "an empty axis has no extreme");
    // Nothing beats NaN.
    let better = move |best: E, x: E| if beats(x, best) | x.is_nan() { x } else { best };
    fold_axis(axis, least, x, out, |line| extreme(line, beats), better);
}

/// The entry of a line that beats all others, or NaN if there is one. The line is not empty.
fn extreme<E: Kernels>(line: &[E], beats: impl Fn(E, E) -> bool + Copy) -> E {
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
/// to `other` and back, as in [`fold_rows`].
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random, assert_close, garbage};

    fn random_axis(random: &mut Random) -> Axis {
        let [outer, inner] = [0; 2].map(|_| random.size(0..=7));
        Axis {
            outer,
            length: random.size(1..=90),
            inner,
        }
    }

    /// Every outer and inner position's entries along the axis.
    fn lines<E: Kernels>(axis: Axis, x: &[E]) -> Vec<Vec<E>> {
        let entry = |at: usize, l: usize| x[(at / axis.inner * axis.length + l) * axis.inner + at % axis.inner];
        (0..axis.reduced())
            .map(|at| (0..axis.length).map(|l| entry(at, l)).collect())
            .collect()
    }

    #[test]
    fn sums_and_products_along_an_axis() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let axis = random_axis(&mut random);
            let x = random.numbers::<f64>(axis.numel());
            let (mut sums, mut products) = (garbage(axis.reduced()), garbage(axis.reduced()));
            sum_axis(axis, &x, &mut sums);
            product_axis(axis, &x, &mut products);
            let lines = lines(axis, &x);
            assert_close(
                &sums,
                &lines.iter().map(|line| line.iter().sum()).collect::<Vec<f64>>(),
                1e-13,
            );
            assert_close(
                &products,
                &lines.iter().map(|line| line.iter().product()).collect::<Vec<f64>>(),
                1e-13,
            );
        }
    }

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

    #[test]
    fn a_million_terms_are_added_accurately() {
        let count = if cfg!(miri) { 3000 } else { 1_000_003 };
        let x: Vec<f32> = Random::new(1).numbers::<f32>(count).iter().map(|x| x + 1.0).collect();
        let exact: f64 = x.iter().map(|&x| x as f64).sum();
        let ones = vec![1.0_f32; x.len()];
        let mut rows = [0.0];
        sum_axis(
            Axis {
                outer: 1,
                length: count,
                inner: 1,
            },
            &x,
            &mut rows,
        );
        let mut columns = [0.0; 3];
        sum_axis(
            Axis {
                outer: 1,
                length: count / 3,
                inner: 3,
            },
            &x[..count / 3 * 3],
            &mut columns,
        );
        let columns: f32 = columns.iter().sum::<f32>() + x[count / 3 * 3..].iter().sum::<f32>();
        for found in [sum(&x), dot(&x, &ones), rows[0], columns] {
            assert!((found as f64 - exact).abs() <= 1e-6 * exact, "{found} for {exact}");
        }
    }

    #[test]
    fn short_sums_and_products() {
        assert_eq!(sum::<f32>(&[]), 0.0);
        assert_eq!(product(&[2.0, 3.0, -4.0]), -24.0);
        assert_eq!(dot(&[1.0, 2.0], &[3.0, 4.0]), 11.0);
    }

    #[test]
    fn sums_of_channels() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let [batch, channels, inner] = [0; 3].map(|_| random.size(0..=12));
            let x = random.numbers::<f64>(batch * channels * inner);
            let mut out = garbage(channels);
            channel_sum(batch, channels, inner, &x, &mut out);
            let mut expected = vec![0.0; channels];
            for (at, &x) in x.iter().enumerate() {
                expected[at / inner % channels] += x;
            }
            assert_close(&out, &expected, 1e-13);
        }
    }
}
