//! Convolution in one to three dimensions and its two gradients. (It is cross-correlation, as everywhere in the field.)
//!
//! Images are laid out batch × channels × depth × height × width, weights output channels × input channels of a group ×
//! depth × height × width.

use super::window::Window;
use super::{Kernels, parallel};

/// The sizes of a convolution. Fewer than three dimensions are three whose first ones are 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Convolution {
    /// Images.
    pub batch: usize,
    /// Channels of the input.
    pub in_channels: usize,
    /// Channels of the output.
    pub out_channels: usize,
    /// Parts into which both kinds of channels are divided, each convolved by itself.
    pub groups: usize,
    /// Depth, height and width.
    pub windows: [Window; 3],
}

impl Convolution {
    /// An ungrouped convolution with stride and dilation 1 and no padding.
    pub fn new<const R: usize>(
        batch: usize,
        in_channels: usize,
        out_channels: usize,
        input: [usize; R],
        kernel: [usize; R],
    ) -> Convolution {
        let mut windows = [Window::ABSENT; 3];
        for (window, (input, kernel)) in windows[3 - R..].iter_mut().zip(input.into_iter().zip(kernel)) {
            *window = Window {
                input,
                kernel,
                ..Window::ABSENT
            };
        }
        Convolution {
            batch,
            in_channels,
            out_channels,
            groups: 1,
            windows,
        }
    }

    /// With channels in so many groups.
    pub fn groups(self, groups: usize) -> Convolution {
        Convolution { groups, ..self }
    }

    /// With these strides.
    pub fn stride<const R: usize>(mut self, stride: [usize; R]) -> Convolution {
        self.windows[3 - R..]
            .iter_mut()
            .zip(stride)
            .for_each(|(window, stride)| window.stride = stride);
        self
    }

    /// With these dilations.
    pub fn dilation<const R: usize>(mut self, dilation: [usize; R]) -> Convolution {
        self.windows[3 - R..]
            .iter_mut()
            .zip(dilation)
            .for_each(|(window, dilation)| window.dilation = dilation);
        self
    }

    /// With zeros before and behind each axis.
    pub fn padding<const R: usize>(mut self, padding: [(usize, usize); R]) -> Convolution {
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
        self.batch * self.in_channels * self.input_plane()
    }

    /// The numbers in the weight.
    pub fn weight_len(&self) -> usize {
        self.out_channels * self.group_inputs() * self.taps()
    }

    /// The numbers in the output.
    pub fn output_len(&self) -> usize {
        self.batch * self.out_channels * self.output_plane()
    }

    /// Input channels of one group.
    fn group_inputs(&self) -> usize {
        self.in_channels / self.groups
    }

    /// Output channels of one group.
    fn group_outputs(&self) -> usize {
        self.out_channels / self.groups
    }

    /// The numbers in one channel of the input.
    fn input_plane(&self) -> usize {
        self.windows.iter().map(|window| window.input).product()
    }

    /// The numbers in one channel of the output.
    fn output_plane(&self) -> usize {
        self.output().iter().product()
    }

    /// The weights between one input and one output channel.
    fn taps(&self) -> usize {
        self.windows.iter().map(|window| window.kernel).product()
    }

    fn check(&self, x: usize, weight: usize, out: usize) {
        assert!(self.in_channels.is_multiple_of(self.groups) && self.out_channels.is_multiple_of(self.groups));
        assert_eq!(
            (x, weight, out),
            (self.input_len(), self.weight_len(), self.output_len()),
            "{self:?}"
        );
    }
}

/// `out = x * weight + bias`.
pub fn convolution<E: Kernels>(sizes: &Convolution, x: &[E], weight: &[E], bias: Option<&[E]>, out: &mut [E]) {
    sizes.check(x.len(), weight.len(), out.len());
    let (inputs, taps, plane) = (sizes.group_inputs(), sizes.taps(), sizes.output_plane());
    parallel::chunks(out, plane, inputs * taps * plane / 4 + 1, |first, out| {
        for (at, out) in out.chunks_mut(plane).enumerate().map(|(i, out)| (first + i, out)) {
            let (image, o) = (at / sizes.out_channels, at % sizes.out_channels);
            out.fill(bias.map_or(E::zero(), |bias| bias[o]));
            for i in 0..inputs {
                let channel = image * sizes.in_channels + o / sizes.group_outputs() * inputs + i;
                let x = &x[channel * sizes.input_plane()..][..sizes.input_plane()];
                let weight = &weight[(o * inputs + i) * taps..][..taps];
                for_each_row(sizes, |tap, x_at, out_at, length, stride| {
                    let w = weight[tap];
                    let out = &mut out[out_at..][..length];
                    out.iter_mut()
                        .zip(x[x_at..].iter().step_by(stride))
                        .for_each(|(out, &x)| *out += w * x);
                });
            }
        }
    });
}

/// `dx`, from the gradient of the output. This is also the transposed convolution.
pub fn convolution_input_gradient<E: Kernels>(sizes: &Convolution, grad: &[E], weight: &[E], dx: &mut [E]) {
    sizes.check(dx.len(), weight.len(), grad.len());
    let (inputs, outputs) = (sizes.group_inputs(), sizes.group_outputs());
    let (taps, plane, out_plane) = (sizes.taps(), sizes.input_plane(), sizes.output_plane());
    parallel::chunks(dx, plane, outputs * taps * out_plane / 4 + 1, |first, dx| {
        for (at, dx) in dx.chunks_mut(plane).enumerate().map(|(i, dx)| (first + i, dx)) {
            let (image, i) = (at / sizes.in_channels, at % sizes.in_channels);
            dx.fill(E::zero());
            for o in (0..outputs).map(|o| i / inputs * outputs + o) {
                let grad = &grad[(image * sizes.out_channels + o) * out_plane..][..out_plane];
                let weight = &weight[(o * inputs + i % inputs) * taps..][..taps];
                for_each_row(sizes, |tap, x_at, out_at, length, stride| {
                    let w = weight[tap];
                    let grad = &grad[out_at..][..length];
                    dx[x_at..]
                        .iter_mut()
                        .step_by(stride)
                        .zip(grad)
                        .for_each(|(dx, &g)| *dx += w * g);
                });
            }
        }
    });
}

/// `dw`, from the input and the gradient of the output.
pub fn convolution_weight_gradient<E: Kernels>(sizes: &Convolution, x: &[E], grad: &[E], dw: &mut [E]) {
    sizes.check(x.len(), dw.len(), grad.len());
    let (inputs, taps) = (sizes.group_inputs(), sizes.taps());
    let (plane, out_plane) = (sizes.input_plane(), sizes.output_plane());
    parallel::chunks(dw, taps, sizes.batch * taps * out_plane / 4 + 1, |first, dw| {
        dw.fill(E::zero());
        for (at, dw) in dw.chunks_mut(taps).enumerate().map(|(i, dw)| (first + i, dw)) {
            let (o, i) = (at / inputs, at % inputs);
            for image in 0..sizes.batch {
                let channel = image * sizes.in_channels + o / sizes.group_outputs() * inputs + i;
                let x = &x[channel * plane..][..plane];
                let grad = &grad[(image * sizes.out_channels + o) * out_plane..][..out_plane];
                for_each_row(sizes, |tap, x_at, out_at, length, stride| {
                    let products = x[x_at..].iter().step_by(stride).zip(&grad[out_at..][..length]);
                    dw[tap] += products.map(|(&x, &g)| x * g).sum();
                });
            }
        }
    });
}

/// For every tap and row of one output plane, the stretch where the tap meets the input:
/// `work(tap, first in the input plane, first in the output plane, length, stride in the input)`.
fn for_each_row(sizes: &Convolution, mut work: impl FnMut(usize, usize, usize, usize, usize)) {
    let [depth, height, width] = sizes.windows;
    let [_, out_height, out_width] = sizes.output();
    for tap in 0..sizes.taps() {
        let (kd, kh, kw) = (
            tap / width.kernel / height.kernel,
            tap / width.kernel % height.kernel,
            tap % width.kernel,
        );
        let across = width.positions(kw);
        if across.is_empty() {
            continue;
        }
        for od in depth.positions(kd) {
            for oh in height.positions(kh) {
                let row = (depth.source(od, kd) * height.input + height.source(oh, kh)) * width.input;
                let out_row = (od * out_height + oh) * out_width;
                let x_at = row + width.source(across.start, kw);
                work(tap, x_at, out_row + across.start, across.len(), width.stride);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random, assert_close, garbage};

    /// For every product of the sum: `visit(place in out, in x, in the weight)`.
    fn for_each_product(sizes: &Convolution, mut visit: impl FnMut(usize, usize, usize)) {
        let Convolution {
            batch,
            in_channels,
            out_channels,
            groups,
            windows,
        } = *sizes;
        let (inputs, outputs) = (in_channels / groups, out_channels / groups);
        let output = sizes.output();
        let indices = |dims: [usize; 3]| {
            (0..dims[0] * dims[1] * dims[2]).map(move |i| [i / dims[2] / dims[1], i / dims[2] % dims[1], i % dims[2]])
        };
        for (n, o, i) in (0..batch * out_channels * inputs).map(|at| {
            let (n, rest) = (at / (out_channels * inputs), at % (out_channels * inputs));
            (n, rest / inputs, rest % inputs)
        }) {
            for (place, position) in indices(output).enumerate() {
                for (tap, k) in indices(windows.map(|window| window.kernel)).enumerate() {
                    let at: [Option<usize>; 3] = core::array::from_fn(|axis| {
                        let window = windows[axis];
                        let at = position[axis] * window.stride + k[axis] * window.dilation;
                        at.checked_sub(window.padding.0).filter(|&at| at < window.input)
                    });
                    if let [Some(d), Some(h), Some(w)] = at {
                        let channel = n * in_channels + o / outputs * inputs + i;
                        let plane = [channel, d, h, w];
                        let x = plane
                            .into_iter()
                            .zip([1, windows[0].input, windows[1].input, windows[2].input]);
                        let out = (n * out_channels + o) * output.iter().product::<usize>() + place;
                        visit(
                            out,
                            x.fold(0, |at, (i, length)| at * length + i),
                            (o * inputs + i) * sizes.taps() + tap,
                        );
                    }
                }
            }
        }
    }

    fn check<E: Kernels>(sizes: &Convolution, random: &mut Random, tolerance: f64) {
        let x = random.numbers::<E>(sizes.input_len());
        let weight = random.numbers::<E>(sizes.weight_len());
        let bias = random.numbers::<E>(sizes.out_channels);
        let grad = random.numbers::<E>(sizes.output_len());
        let mut expected = vec![E::zero(); grad.len()];
        let (mut dx, mut dw) = (vec![E::zero(); x.len()], vec![E::zero(); weight.len()]);
        for_each_product(sizes, |o, i, w| {
            expected[o] += x[i] * weight[w];
            dx[i] += grad[o] * weight[w];
            dw[w] += grad[o] * x[i];
        });
        let mut out = garbage(grad.len());
        convolution(sizes, &x, &weight, None, &mut out);
        assert_close(&out, &expected, tolerance);
        let plane: usize = sizes.output().iter().product();
        expected
            .iter_mut()
            .enumerate()
            .for_each(|(at, e)| *e += bias[at / plane % sizes.out_channels]);
        convolution(sizes, &x, &weight, Some(&bias), &mut out);
        assert_close(&out, &expected, tolerance);
        let (mut dx_found, mut dw_found) = (garbage(x.len()), garbage(weight.len()));
        convolution_input_gradient(sizes, &grad, &weight, &mut dx_found);
        assert_close(&dx_found, &dx, tolerance);
        convolution_weight_gradient(sizes, &x, &grad, &mut dw_found);
        assert_close(&dw_found, &dw, tolerance);
    }

    fn check_both(sizes: Convolution, random: &mut Random) {
        check::<f32>(&sizes, random, 2e-5);
        check::<f64>(&sizes, random, 1e-13);
    }

    /// Anything that fits, small.
    fn random_sizes(random: &mut Random) -> Option<Convolution> {
        let groups = random.size(1..=3);
        let [inputs, outputs] = [0; 2].map(|_| groups * random.size(1..=5));
        let mut sizes = Convolution::new(random.size(0..=3), inputs, outputs, [1], [1]).groups(groups);
        for window in &mut sizes.windows[random.size(0..=2)..] {
            let (kernel, stride) = (random.size(1..=4), random.size(1..=3));
            let padding = (random.size(0..=2), random.size(0..=2));
            *window = Window {
                input: random.size(1..=9),
                kernel,
                stride,
                dilation: random.size(1..=2),
                padding,
            };
        }
        sizes
            .windows
            .iter()
            .all(|window| window.reach() <= window.padded())
            .then_some(sizes)
    }

    #[test]
    fn random_geometries() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            if let Some(sizes) = random_sizes(&mut random) {
                check_both(sizes, &mut random);
            }
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "too slow")]
    fn geometries_that_people_use() {
        let mut random = Random::new(0);
        for sizes in [
            Convolution::new(1, 20, 16, [16, 32], [3, 5]),
            Convolution::new(1, 20, 16, [16, 32], [3, 5]).padding([(1, 1), (2, 2)]),
            Convolution::new(2, 16, 33, [14, 14], [3, 3]).padding([(1, 1), (1, 1)]),
            Convolution::new(2, 16, 32, [14, 14], [3, 3])
                .padding([(1, 1), (1, 1)])
                .stride([2, 2]),
            Convolution::new(1, 3, 16, [32, 32], [7, 7])
                .padding([(3, 3), (3, 3)])
                .stride([2, 2]),
            Convolution::new(2, 24, 40, [9, 7], [1, 1]),
            Convolution::new(2, 24, 40, [9, 7], [1, 1]).stride([2, 2]),
            Convolution::new(2, 32, 32, [10, 10], [3, 3])
                .padding([(1, 1), (1, 1)])
                .groups(32),
            Convolution::new(2, 32, 64, [10, 10], [3, 3])
                .padding([(1, 1), (1, 1)])
                .groups(4),
            Convolution::new(3, 1, 8, [28, 28], [5, 5]),
            Convolution::new(3, 8, 16, [12, 12], [5, 5]),
            Convolution::new(2, 2, 3, [7, 8], [4, 3]).padding([(1, 2), (1, 1)]),
            Convolution::new(1, 1, 1, [7, 7], [7, 7]),
            Convolution::new(3, 3, 8, [12, 12], [3, 3])
                .stride([3, 3])
                .dilation([2, 2])
                .padding([(2, 2), (2, 2)]),
            Convolution::new(2, 4, 6, [64], [5]).stride([2]),
            Convolution::new(2, 4, 6, [5, 6, 7], [2, 3, 3]).padding([(1, 0), (1, 1), (0, 2)]),
            Convolution::new(2, 3, 4, [9], [2]).stride([4]),
        ] {
            check_both(sizes, &mut random);
        }
    }

    #[test]
    fn an_empty_batch() {
        let sizes = Convolution::new(0, 2, 3, [4, 4], [3, 3]);
        convolution::<f32>(&sizes, &[], &[0.0; 54], None, &mut []);
        let mut dw = [f32::NAN; 54];
        convolution_weight_gradient(&sizes, &[], &[], &mut dw);
        assert_eq!(dw, [0.0; 54]);
    }
}
