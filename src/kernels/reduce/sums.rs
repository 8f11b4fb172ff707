//! Sums, added pairwise: their error grows with the logarithm of their length.

use super::{Axis, BLOCK, Kernels, LANES, parallel};
use crate::kernels::buffers::output;
use crate::kernels::elementwise::fetched;
use crate::kernels::simd::vectorised;
use core::mem::MaybeUninit;

/// Rows added one after another before halves are added pairwise.
const ROWS: usize = 32;

/// Numbers in a part of a long sum. Parts are shared between threads, but the tree of additions is the same without.
const SPLIT: usize = 1 << 17;

/// The sum of all, added pairwise.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::reduce::testing::{lines, random_axis};
    use crate::kernels::testing::{ROUNDS, Random, assert_close, garbage};

    #[test]
    fn sums_along_an_axis() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let axis = random_axis(&mut random);
            let x = random.numbers::<f64>(axis.numel());
            let mut sums = garbage(axis.reduced());
            sum_axis(axis, &x, &mut sums);
            let expected: Vec<f64> = lines(axis, &x).iter().map(|line| line.iter().sum()).collect();
            assert_close(&sums, &expected, 1e-13);
        }
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
    fn short_sums() {
        assert_eq!(sum::<f32>(&[]), 0.0);
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
