//! Maximum and average pools over one to three spatial axes, and their gradients.

use super::window::Window;
use super::{Kernels, parallel};
use core::ops::Range;

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

    /// With these strides.
    pub fn stride<const R: usize>(mut self, stride: [usize; R]) -> Pooling {
        self.windows[3 - R..]
            .iter_mut()
            .zip(stride)
            .for_each(|(window, stride)| window.stride = stride);
        self
    }

    /// With these dilations.
    pub fn dilation<const R: usize>(mut self, dilation: [usize; R]) -> Pooling {
        self.windows[3 - R..]
            .iter_mut()
            .zip(dilation)
            .for_each(|(window, dilation)| window.dilation = dilation);
        self
    }

    /// With padding before and behind each axis, by at most half the kernel: then every window meets the input.
    pub fn padding<const R: usize>(mut self, padding: [(usize, usize); R]) -> Pooling {
        self.windows[3 - R..]
            .iter_mut()
            .zip(padding)
            .for_each(|(window, padding)| window.padding = padding);
        self
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

    /// Calls `work(place in the output plane, taps of each axis that meet the input, position)` for every window.
    fn for_each_window(&self, mut work: impl FnMut(usize, [Range<usize>; 3], [usize; 3])) {
        let [depth, height, width] = self.output();
        let taps = |axis: usize, length: usize| -> Vec<Range<usize>> {
            (0..length).map(|position| self.windows[axis].taps(position)).collect()
        };
        let [depths, heights, widths] = [taps(0, depth), taps(1, height), taps(2, width)];
        let mut place = 0;
        for (d, depth_taps) in depths.iter().enumerate() {
            for (h, height_taps) in heights.iter().enumerate() {
                for (w, width_taps) in widths.iter().enumerate() {
                    work(
                        place,
                        [depth_taps.clone(), height_taps.clone(), width_taps.clone()],
                        [d, h, w],
                    );
                    place += 1;
                }
            }
        }
    }

    /// Calls `visit` with the place in the input plane of every entry of a window.
    fn for_each_entry(&self, taps: [Range<usize>; 3], position: [usize; 3], mut visit: impl FnMut(usize)) {
        let [depth, height, width] = self.windows;
        let [depth_taps, height_taps, width_taps] = taps;
        for kd in depth_taps {
            let d = depth.source(position[0], kd);
            for kh in height_taps.clone() {
                let row = (d * height.input + height.source(position[1], kh)) * width.input;
                width_taps
                    .clone()
                    .for_each(|kw| visit(row + width.source(position[2], kw)));
            }
        }
    }
}

/// The largest entry of each window, and its place in its plane (the first of equals; NaN is larger than anything).
///
/// # Panics
///
/// If a window lies in the padding alone.
pub fn max_pool<E: Kernels>(sizes: &Pooling, x: &[E], out: &mut [E], indices: &mut [u32]) {
    sizes.check(x.len(), out.len());
    assert_eq!(indices.len(), out.len());
    let (plane, pooled) = (sizes.input_plane(), sizes.output_plane());
    assert!(
        u32::try_from(plane).is_ok(),
        "a plane of {plane} entries is too large to index"
    );
    parallel::chunks2(
        (out, indices),
        (pooled, pooled),
        2 * pooled * sizes.kernel_len(),
        |first, out, indices| {
            for (p, (out, indices)) in out.chunks_mut(pooled).zip(indices.chunks_mut(pooled)).enumerate() {
                let x = &x[(first + p) * plane..][..plane];
                sizes.for_each_window(|place, taps, position| {
                    let mut best = None;
                    sizes.for_each_entry(taps, position, |at| match best {
                        Some((_, largest)) if !(x[at] > largest || x[at].is_nan()) || E::is_nan(largest) => {}
                        _ => best = Some((at, x[at])),
                    });
                    let (at, largest) = best.expect("every window meets the input");
                    (out[place], indices[place]) = (largest, at as u32);
                });
            }
        },
    );
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
                .for_each(|(&g, &at)| dx[at as usize] += g);
        }
    });
}

/// The mean of each window; padding counts as zeros, or with `count_include_pad` false not at all.
pub fn average_pool<E: Kernels>(sizes: &Pooling, x: &[E], out: &mut [E], count_include_pad: bool) {
    sizes.check(x.len(), out.len());
    let (plane, pooled) = (sizes.input_plane(), sizes.output_plane());
    parallel::chunks(out, pooled, pooled * sizes.kernel_len(), |first, out| {
        for (p, out) in out.chunks_mut(pooled).enumerate() {
            let x = &x[(first + p) * plane..][..plane];
            sizes.for_each_window(|place, taps, position| {
                let divisor = sizes.divisor::<E>(&taps, count_include_pad);
                let mut sum = E::zero();
                sizes.for_each_entry(taps, position, |at| sum += x[at]);
                out[place] = sum / divisor;
            });
        }
    });
}

/// The gradient of [`average_pool`]: every entry of the gradient is shared out over its window.
pub fn average_pool_gradient<E: Kernels>(sizes: &Pooling, grad: &[E], dx: &mut [E], count_include_pad: bool) {
    sizes.check(dx.len(), grad.len());
    let (plane, pooled) = (sizes.input_plane(), sizes.output_plane());
    parallel::chunks(dx, plane, pooled * sizes.kernel_len() + plane, |first, dx| {
        dx.fill(E::zero());
        for (p, dx) in dx.chunks_mut(plane).enumerate() {
            let grad = &grad[(first + p) * pooled..][..pooled];
            sizes.for_each_window(|place, taps, position| {
                let share = grad[place] / sizes.divisor::<E>(&taps, count_include_pad);
                sizes.for_each_entry(taps, position, |at| dx[at] += share);
            });
        }
    });
}

impl Pooling {
    /// By how much a window's sum is divided.
    fn divisor<E: Kernels>(&self, taps: &[Range<usize>; 3], count_include_pad: bool) -> E {
        let met = taps.iter().map(Range::len).product();
        E::from(if count_include_pad { self.kernel_len() } else { met }).expect("a small number")
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
