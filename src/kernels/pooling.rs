//! Maximum and average pools over one to three spatial axes, and their gradients.

use super::buffers::output;
use super::number;
use super::simd::vectorised;
use super::window::{Row, Window, for_each_row};
use super::{Kernels, parallel};

/// The sizes of a pool. Fewer than three dimensions are three whose first ones are 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pooling {
    /// Arrays pooled one by one: batch times channels.
    pub planes: usize,
    /// Depth, height and width.
    pub windows: [Window; 3],
}

impl Pooling {
    /// A pool whose stride is its kernel, with dilation 1 and no padding.
    pub fn new<const R: usize>(planes: usize, input: [usize; R], kernel: [usize; R]) -> Pooling {
        let mut windows = [Window::ABSENT; 3];
        for (window, (input, kernel)) in windows[3 - R..].iter_mut().zip(input.into_iter().zip(kernel)) {
            *window = Window {
                input,
                kernel,
                stride: kernel,
                ..Window::ABSENT
            };
        }
        Pooling { planes, windows }
    }

    /// Depth, height and width of the output.
    pub fn output(&self) -> [usize; 3] {
        self.windows.map(|window| window.output())
    }

    /// The numbers in the input.
    pub fn input_len(&self) -> usize {
        self.planes * self.input_plane()
    }

    /// The numbers in the output.
    pub fn output_len(&self) -> usize {
        self.planes * self.output_plane()
    }

    fn input_plane(&self) -> usize {
        self.windows.iter().map(|window| window.input).product()
    }

    fn output_plane(&self) -> usize {
        self.output().iter().product()
    }

    /// The entries of a window.
    fn kernel_len(&self) -> usize {
        self.windows.iter().map(|window| window.kernel).product()
    }

    fn check(&self, x: usize, out: usize) {
        assert_eq!((x, out), (self.input_len(), self.output_len()), "{self:?}");
    }
}

/// The largest entry of each window, and its place in its plane (the first of equals; NaN is larger than anything).
///
/// A window that lies in the padding alone gives `-∞`, as in PyTorch, and no place.
pub fn max_pool<E: Kernels>(sizes: &Pooling, x: &[E], out: &mut [E], indices: &mut [u32]) {
    sizes.check(x.len(), out.len());
    assert_eq!(indices.len(), out.len());
    let (plane, pooled) = (sizes.input_plane(), sizes.output_plane());
    assert!(
        u32::try_from(plane).is_ok_and(|plane| plane < NOWHERE),
        "a plane of {plane} entries is too large to index"
    );
    parallel::chunks2(
        (out, indices),
        (pooled, pooled),
        pooled * (sizes.kernel_len() + 1),
        |first, out, indices| {
            out.fill(E::neg_infinity());
            indices.fill(NOWHERE);
            let planes = out
                .chunks_mut(pooled)
                .zip(indices.chunks_mut(pooled))
                .zip(x[first * plane..].chunks(plane.max(1)));
            planes.for_each(|((out, indices), x)| {
                vectorised(
                    #[inline(always)]
                    move || max_pool_plane(sizes, x, out, indices),
                )
            });
        },
    );
}

/// The index of a window that has met no entry.
pub const NOWHERE: u32 = u32::MAX;

/// One plane of a maximum pool, whose output is filled with `-∞` at [`NOWHERE`].
#[inline(always)]
fn max_pool_plane<E: Kernels>(sizes: &Pooling, x: &[E], out: &mut [E], indices: &mut [u32]) {
    let [depth, height, width] = sizes.windows;
    if depth == Window::ABSENT && height.is_square_with(width, 2, 2) {
        return max_pool_pairs(sizes, x, out, indices);
    }
    for_each_row(&sizes.windows, |_, Row { source, step, out: row }| {
        let (x, best, indices) = (&x[source..], &mut out[row.clone()], &mut indices[row]);
        match step {
            1 => keep_larger::<E, 1>(x, source, best, indices),
            2 => keep_larger::<E, 2>(x, source, best, indices),
            _ => {
                for (i, (best, index)) in best.iter_mut().zip(indices).enumerate() {
                    (*best, *index) = larger((*best, *index), (x[i * step], (source + i * step) as u32));
                }
            }
        }
    });
}

/// The pool of 2 by 2 with stride 2, whose windows need not be kept in memory while their entries come by.
#[inline(always)]
fn max_pool_pairs<E: Kernels>(sizes: &Pooling, x: &[E], out: &mut [E], indices: &mut [u32]) {
    let [_, height, width] = sizes.windows;
    let count = width.output();
    let rows = out.chunks_exact_mut(count).zip(indices.chunks_exact_mut(count));
    for (pair, ((out, indices), x)) in rows.zip(x.chunks_exact(2 * width.input)).enumerate() {
        let (top, bottom) = x.split_at(width.input);
        let (top, bottom) = (&top.as_chunks::<2>().0[..count], &bottom.as_chunks::<2>().0[..count]);
        let above = (pair * height.stride * width.input) as u32;
        let below = above + width.input as u32;
        // By index, and with nothing else in a window's way: so it becomes vectors.
        for i in 0..count {
            let place = 2 * i as u32;
            let upper = larger_of_both((top[i][0], above + place), (top[i][1], above + place + 1));
            let lower = larger_of_both((bottom[i][0], below + place), (bottom[i][1], below + place + 1));
            (out[i], indices[i]) = larger_of_both(upper, lower);
        }
    }
}

/// The larger of two entries and its place: the first, if they are equal or it is NaN; the second, if that alone is NaN.
#[inline(always)]
fn larger_of_both<E: Kernels>(first: (E, u32), second: (E, u32)) -> (E, u32) {
    choose((second.0 <= first.0) | first.0.is_nan(), first, second)
}

/// The same where the first may be nowhere, and then is not chosen.
#[inline(always)]
fn larger<E: Kernels>(first: (E, u32), second: (E, u32)) -> (E, u32) {
    let keep = (second.0 <= first.0) | first.0.is_nan();
    choose(keep & (first.1 != NOWHERE), first, second)
}

/// Each part by itself, which takes no branch.
#[inline(always)]
fn choose<A, B>(keep: bool, first: (A, B), second: (A, B)) -> (A, B) {
    (
        if keep { first.0 } else { second.0 },
        if keep { first.1 } else { second.1 },
    )
}

/// Keeps, for each position of a row, the larger of what it has and of what one tap meets there, `S` apart in `x`.
#[inline(always)]
fn keep_larger<E: Kernels, const S: usize>(x: &[E], source: usize, best: &mut [E], indices: &mut [u32]) {
    let chunks = x.as_chunks::<S>().0;
    let mut place = source as u32;
    for ((best, index), x) in best.iter_mut().zip(indices.iter_mut()).zip(chunks) {
        (*best, *index) = larger((*best, *index), (x[0], place));
        place += S as u32;
    }
    // The last position's chunk may end with `x` before it is whole.
    if let (Some(best), Some(index)) = (best.get_mut(chunks.len()), indices.get_mut(chunks.len())) {
        (*best, *index) = larger((*best, *index), (x[chunks.len() * S], place));
    }
}

/// The gradient of [`max_pool`]: every entry of the gradient goes to the winner of its window.
pub fn max_pool_gradient<E: Kernels>(sizes: &Pooling, grad: &[E], indices: &[u32], dx: &mut [E]) {
    sizes.check(dx.len(), grad.len());
    assert_eq!(indices.len(), grad.len());
    let (plane, pooled) = (sizes.input_plane(), sizes.output_plane());
    parallel::chunks(dx, plane, plane + 4 * pooled, |first, dx| {
        dx.fill(E::zero());
        for (p, dx) in dx.chunks_mut(plane).enumerate() {
            let window = (first + p) * pooled..(first + p + 1) * pooled;
            grad[window.clone()]
                .iter()
                .zip(&indices[window])
                .filter(|&(_, &at)| at != NOWHERE)
                .for_each(|(&g, &at)| dx[at as usize] += g);
        }
    });
}

/// The mean of each window; padding counts as zeros, or with `count_include_pad` false not at all.
pub fn average_pool<E: Kernels>(sizes: &Pooling, x: &[E], out: &mut [E], count_include_pad: bool) {
    sizes.check(x.len(), out.len());
    let (plane, pooled) = (sizes.input_plane(), sizes.output_plane());
    if plane == 0 {
        return out.fill(E::zero());
    }
    let mut scales = output(pooled);
    sizes.fill_scales(&mut scales, count_include_pad);
    parallel::chunks(out, pooled, pooled * (sizes.kernel_len() + 1), |first, out| {
        for (out, x) in out.chunks_mut(pooled).zip(x[first * plane..].chunks(plane)) {
            out.fill(E::zero());
            let scales = &scales[..];
            vectorised(
                #[inline(always)]
                move || {
                    add_windows(sizes, x, out);
                    out.iter_mut().zip(scales).for_each(|(out, &scale)| *out *= scale);
                },
            );
        }
    });
}

/// Adds to every position of a plane the entries of its window.
#[inline(always)]
fn add_windows<E: Kernels>(sizes: &Pooling, x: &[E], out: &mut [E]) {
    for_each_row(&sizes.windows, |_, Row { source, step, out: row }| {
        let (x, out) = (&x[source..], &mut out[row]);
        match step {
            1 => out.iter_mut().zip(x).for_each(|(out, &x)| *out += x),
            2 => out.iter_mut().zip(x.iter().step_by(2)).for_each(|(out, &x)| *out += x),
            _ => out
                .iter_mut()
                .zip(x.iter().step_by(step))
                .for_each(|(out, &x)| *out += x),
        }
    });
}

/// The gradient of [`average_pool`]: every entry of the gradient is shared out over its window.
pub fn average_pool_gradient<E: Kernels>(sizes: &Pooling, grad: &[E], dx: &mut [E], count_include_pad: bool) {
    sizes.check(dx.len(), grad.len());
    let (plane, pooled) = (sizes.input_plane(), sizes.output_plane());
    let mut scales = output(pooled);
    sizes.fill_scales(&mut scales, count_include_pad);
    parallel::chunks(dx, plane, pooled * (sizes.kernel_len() + 1) + plane, |first, dx| {
        let mut shares = output(pooled);
        for (dx, grad) in dx.chunks_mut(plane).zip(grad[first * pooled..].chunks(pooled)) {
            shares
                .iter_mut()
                .zip(grad.iter().zip(&scales[..]))
                .for_each(|(share, (&g, &scale))| *share = g * scale);
            dx.fill(E::zero());
            let shares = &shares[..];
            vectorised(
                #[inline(always)]
                move || share_out(sizes, shares, dx),
            );
        }
    });
}

/// Adds to every entry of a plane the shares of the windows that meet it.
#[inline(always)]
fn share_out<E: Kernels>(sizes: &Pooling, shares: &[E], dx: &mut [E]) {
    for_each_row(&sizes.windows, |_, Row { source, step, out }| {
        let (dx, shares) = (&mut dx[source..], &shares[out]);
        match step {
            1 => dx.iter_mut().zip(shares).for_each(|(dx, &share)| *dx += share),
            2 => dx
                .iter_mut()
                .step_by(2)
                .zip(shares)
                .for_each(|(dx, &share)| *dx += share),
            _ => dx
                .iter_mut()
                .step_by(step)
                .zip(shares)
                .for_each(|(dx, &share)| *dx += share),
        }
    });
}

impl Pooling {
    /// By what the sum of each window is multiplied to give its mean.
    fn fill_scales<E: Kernels>(&self, scales: &mut [E], count_include_pad: bool) {
        if count_include_pad {
            return scales.fill(E::one() / number(self.kernel_len()));
        }
        let [_, height, width] = self.output();
        for (at, scale) in scales.iter_mut().enumerate() {
            let position = [at / width / height, at / width % height, at % width];
            let met = self
                .windows
                .iter()
                .zip(position)
                .map(|(window, position)| window.taps(position).len());
            *scale = E::one() / number(met.product::<usize>());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random, assert_close, garbage};

    fn random_sizes(random: &mut Random) -> Option<Pooling> {
        let mut sizes = Pooling {
            planes: random.size(0..=3),
            windows: [Window::ABSENT; 3],
        };
        for window in &mut sizes.windows[random.size(0..=2)..] {
            let (kernel, stride) = (random.size(1..=4), random.size(1..=4));
            let (before, behind) = (random.size(0..=kernel / 2), random.size(0..=kernel / 2));
            let dilation = if before + behind == 0 { random.size(1..=2) } else { 1 };
            *window = Window {
                input: random.size(1..=9),
                kernel,
                stride,
                dilation,
                padding: (before, behind),
            };
        }
        let meets = |window: &Window| (0..window.output()).all(|position| !window.taps(position).is_empty());
        sizes
            .windows
            .iter()
            .all(|window| window.reach() <= window.padded() && meets(window))
            .then_some(sizes)
    }

    /// The places in the input plane that each window meets, tried one by one.
    fn windows(sizes: &Pooling) -> Vec<Vec<usize>> {
        let [output, kernel] = [sizes.output(), sizes.windows.map(|window| window.kernel)];
        let indices = |dims: [usize; 3]| {
            (0..dims[0] * dims[1] * dims[2]).map(move |i| [i / dims[2] / dims[1], i / dims[2] % dims[1], i % dims[2]])
        };
        let place = |position: [usize; 3], k: [usize; 3]| {
            (0..3).try_fold(0, |place, axis| {
                let window = sizes.windows[axis];
                let at = position[axis] * window.stride + k[axis] * window.dilation;
                let at = at.checked_sub(window.padding.0).filter(|&at| at < window.input)?;
                Some(place * window.input + at)
            })
        };
        indices(output)
            .map(|position| indices(kernel).filter_map(|k| place(position, k)).collect())
            .collect()
    }

    #[test]
    fn random_geometries() {
        for seed in 0..3 * ROUNDS {
            let mut random = Random::new(seed);
            let Some(sizes) = random_sizes(&mut random) else {
                continue;
            };
            // Few different numbers, so that there are ties.
            let x: Vec<f64> = random
                .numbers::<f64>(sizes.input_len())
                .iter()
                .map(|x| (x * 8.0).round())
                .collect();
            let (mut out, mut indices) = (garbage(sizes.output_len()), vec![u32::MAX; sizes.output_len()]);
            let (windows, plane) = (windows(&sizes), sizes.input_plane());
            max_pool(&sizes, &x, &mut out, &mut indices);
            for (at, &found) in out.iter().enumerate() {
                let window = &windows[at % windows.len()];
                let x = &x[at / windows.len() * plane..][..plane];
                assert!(window.iter().all(|&place| x[place] <= found));
                let winner = window.iter().find(|&&place| x[place] == found);
                assert_eq!(winner, Some(&(indices[at] as usize)));
            }
            let grad = random.numbers::<f64>(sizes.output_len());
            let (mut dx, mut expected) = (garbage(x.len()), vec![0.0; x.len()]);
            for (at, &g) in grad.iter().enumerate() {
                expected[at / windows.len() * plane + indices[at] as usize] += g;
            }
            max_pool_gradient(&sizes, &grad, &indices, &mut dx);
            assert_close(&dx, &expected, 1e-13);
            for count_include_pad in [false, true] {
                let (mut means, mut expected) = (vec![0.0; out.len()], vec![0.0; x.len()]);
                for at in 0..out.len() {
                    let (base, window) = (at / windows.len() * plane, &windows[at % windows.len()]);
                    let count = if count_include_pad {
                        sizes.kernel_len()
                    } else {
                        window.len()
                    } as f64;
                    means[at] = window.iter().map(|place| x[base + place]).sum::<f64>() / count;
                    window
                        .iter()
                        .for_each(|place| expected[base + place] += grad[at] / count);
                }
                average_pool(&sizes, &x, &mut out, count_include_pad);
                assert_close(&out, &means, 1e-13);
                average_pool_gradient(&sizes, &grad, &mut dx, count_include_pad);
                assert_close(&dx, &expected, 1e-13);
            }
        }
    }

    #[test]
    fn the_first_nan_wins() {
        let (mut out, mut indices) = ([0.0; 1], [9; 1]);
        max_pool(
            &Pooling::new(1, [4], [4]),
            &[1.0, f32::NAN, 5.0, f32::NAN],
            &mut out,
            &mut indices,
        );
        assert!(out[0].is_nan() && indices == [1]);
        max_pool(
            &Pooling::new(1, [2], [2]),
            &[f32::NEG_INFINITY; 2],
            &mut out,
            &mut indices,
        );
        assert!(out[0] == f32::NEG_INFINITY && indices == [0]);
    }
}
