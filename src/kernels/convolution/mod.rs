//! Convolution in one to three dimensions and its two gradients. (It is cross-correlation, as everywhere in the field.)
//!
//! Images are laid out batch × channels × depth × height × width, weights output channels × input channels of a group ×
//! depth × height × width.

mod dot_products;
mod outer_products;
mod planes;
mod pointwise;
mod scattered;
mod sweep;
mod winograd;

use super::buffers::output;
use super::window::Window;
use super::{Kernels, parallel, simd};
use core::ops::Range;
use dot_products::DotProducts;
use outer_products::OuterProducts;
use planes::{PlaneAxis, Planes};
use pointwise::Pointwise;
use scattered::Scattered;
use sweep::{Grid, Plan, Sweep, Tap};
use winograd::Winograd;

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

    /// How the input is read: padded, without strides.
    fn input_planes(&self) -> Planes {
        Planes(self.windows.map(|window| PlaneAxis {
            input: window.input,
            before: window.padding.0,
            step: window.stride,
            phases: window.stride.min(window.reach()),
            length: window.output() + (window.reach() - 1) / window.stride,
        }))
    }

    /// How the output's gradient is read to give the input's: with zeros where windows would hang over the input.
    fn gradient_planes(&self) -> Planes {
        Planes(self.windows.map(|window| {
            let before = (window.reach() - 1)
                .saturating_sub(window.padding.0)
                .div_ceil(window.stride);
            let last = (window.input + window.padding.0).saturating_sub(1) / window.stride;
            let length = before + window.output().max(last + 1);
            PlaneAxis {
                input: window.output(),
                before,
                step: 1,
                phases: 1,
                length,
            }
        }))
    }

    /// Every tap: its place among the weights of two channels, and its offsets from the window's first entry.
    fn for_each_tap(&self, mut visit: impl FnMut(usize, [usize; 3])) {
        let [depth, height, width] = self.windows;
        for tap in 0..self.taps() {
            let (rest, kw) = (tap / width.kernel, tap % width.kernel);
            let (kd, kh) = (rest / height.kernel, rest % height.kernel);
            visit(tap, [kd * depth.dilation, kh * height.dilation, kw * width.dilation]);
        }
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
    assert!(bias.is_none_or(|bias| bias.len() == sizes.out_channels), "{sizes:?}");
    if x.is_empty() || out.is_empty() {
        let planes = out.chunks_mut(sizes.output_plane()).enumerate();
        planes.for_each(|(i, out)| out.fill(bias.map_or(E::zero(), |bias| bias[i % sizes.out_channels])));
        return;
    }
    if let Some(winograd) = Winograd::forward(sizes) {
        return winograd.convolve(x, weight, bias, out);
    }
    if let Some(pointwise) = Pointwise::of(sizes, sizes.out_channels) {
        return pointwise.convolve(x, weight, bias, out);
    }
    let planes = sizes.input_planes();
    let [_, height, width] = planes.0.map(|axis| axis.length);
    let output = sizes.output();
    let grid = Grid {
        counts: output,
        source_step: [height * width, width],
        first: 0,
        step: [output[1] * output[2], output[2], 1],
    };
    let (inputs, taps) = (sizes.group_inputs(), sizes.taps());
    let outs = sizes.group_outputs();
    let strides = [
        outs,
        inputs,
        planes.channel(),
        taps,
        inputs * taps,
        sizes.output_plane(),
    ];
    let plan = Plan::new::<E>(strides, core::iter::once(grid), taps, |_, tap| {
        sizes.for_each_tap(|weight, offsets| {
            tap(Tap {
                source: planes.place(offsets),
                weight,
            })
        });
    });
    correlate(
        sizes,
        Images {
            plan: &plan,
            planes,
            in_place: grid.reads_within::<E>(outs),
        },
        x,
        weight,
        bias,
        out,
    );
}

/// `dx`, from the gradient of the output. This is also the transposed convolution.
///
/// Input positions that leave the same remainders by the strides meet the same taps, each of them a fixed distance away
/// in the gradient: for each combination of remainders, one more correlation of stride 1.
pub fn convolution_input_gradient<E: Kernels>(sizes: &Convolution, grad: &[E], weight: &[E], dx: &mut [E]) {
    sizes.check(dx.len(), weight.len(), grad.len());
    if dx.is_empty() || grad.is_empty() {
        return dx.fill(E::zero());
    }
    if let Some(winograd) = Winograd::input_gradient(sizes) {
        return winograd.convolve(grad, weight, None, dx);
    }
    if let Some(pointwise) = Pointwise::of(sizes, sizes.in_channels) {
        return pointwise.input_gradient(grad, weight, dx);
    }
    let planes = sizes.gradient_planes();
    let [_, height, width] = planes.0.map(|axis| axis.length);
    let (input, strides) = (
        sizes.windows.map(|window| window.input),
        sizes.windows.map(|window| window.stride),
    );
    let step = [input[1] * input[2] * strides[0], input[2] * strides[1], strides[2]];
    let remainders = |i: usize| [i / strides[2] / strides[1], i / strides[2] % strides[1], i % strides[2]];
    let grids = (0..strides.iter().product()).map(|i| {
        let r = remainders(i);
        let counts = core::array::from_fn(|axis| input[axis].saturating_sub(r[axis]).div_ceil(strides[axis]));
        let first = (r[0] * input[1] + r[1]) * input[2] + r[2];
        Grid {
            counts,
            source_step: [height * width, width],
            first,
            step,
        }
    });
    let (inputs, taps) = (sizes.group_inputs(), sizes.taps());
    let strides = [
        inputs,
        sizes.group_outputs(),
        planes.channel(),
        inputs * taps,
        taps,
        sizes.input_plane(),
    ];
    let plan = Plan::new::<E>(strides, grids.clone(), taps, |i, tap| {
        let remainders = remainders(i);
        sizes.for_each_tap(|weight, offsets| {
            let mut place = [0; 3];
            for (axis, window) in sizes.windows.iter().enumerate() {
                // Position i of the input is met by tap k at position (i + padding - k dilation) / stride.
                let shift =
                    (remainders[axis] + window.padding.0 + planes.0[axis].before * window.stride) - offsets[axis];
                if !shift.is_multiple_of(window.stride) {
                    return;
                }
                place[axis] = shift / window.stride;
            }
            tap(Tap {
                source: planes.place(place),
                weight,
            });
        });
    });
    if let Some(scattered) = Scattered::instead_of(&plan, sizes) {
        return scattered.input_gradient(grad, weight, dx);
    }
    let in_place = grids.into_iter().all(|grid| grid.reads_within::<E>(inputs));
    correlate(
        sizes,
        Images {
            plan: &plan,
            planes,
            in_place,
        },
        grad,
        weight,
        None,
        dx,
    );
}

/// What is correlated, image by image and group by group.
struct Images<'a> {
    plan: &'a Plan,
    planes: Planes,
    /// Whether the tiles keep within the planes, so that these may be the images themselves.
    in_place: bool,
}

/// Correlates every group of every image: on its own thread where there are enough, else each on all threads.
fn correlate<E: Kernels>(
    sizes: &Convolution,
    images: Images,
    source: &[E],
    weight: &[E],
    bias: Option<&[E]>,
    out: &mut [E],
) {
    let Images { plan, planes, in_place } = images;
    let (units, channels, outs) = (sizes.batch * sizes.groups, plan.channels, plan.outs);
    let (source_len, out_len) = (source.len() / units, out.len() / units);
    let in_place = in_place && planes.are_images();
    let packed = plan.pack(weight, sizes.groups, out.len() / (sizes.groups * outs));
    let weight = packed.as_deref().unwrap_or(weight);
    let source = |unit: usize| &source[unit * source_len..][..source_len];
    let sweep = |unit: usize, source: &[E], part: usize, tiles: Range<usize>, out: *mut E| {
        let group = unit % sizes.groups;
        let weight = &weight[group * (weight.len() / sizes.groups)..];
        let bias = bias.map(|bias| &bias[group * outs..]);
        // SAFETY: the plan was made for these sizes, and each tile is given to one piece.
        unsafe {
            Sweep {
                plan,
                source,
                weight,
                packed: packed.is_some(),
                bias,
                out,
                part,
                tiles,
            }
            .run()
        }
    };
    let buffer = || (!in_place).then(|| planes.buffer::<E>(channels));
    if units >= parallel::threads() {
        let cost = (0..plan.parts()).map(|part| plan.tiles(part) * plan.cost(part)).sum();
        parallel::chunks(out, out_len, cost, |first, out| {
            let mut buffer = buffer();
            for (unit, out) in out.chunks_mut(out_len).enumerate().map(|(i, out)| (first + i, out)) {
                let source = match &mut buffer {
                    Some(buffer) => {
                        planes.fill(source(unit), &mut buffer[..channels * planes.channel()]);
                        &buffer[..]
                    }
                    None => source(unit),
                };
                (0..plan.parts()).for_each(|part| sweep(unit, source, part, 0..plan.tiles(part), out.as_mut_ptr()));
            }
        });
        return;
    }
    let mut buffer = buffer();
    for (unit, out) in out.chunks_mut(out_len).enumerate() {
        let source = match &mut buffer {
            Some(buffer) => {
                planes.fill_in_parallel(source(unit), &mut buffer[..channels * planes.channel()]);
                &buffer[..]
            }
            None => source(unit),
        };
        let out = parallel::SharedPointer(out.as_mut_ptr());
        for part in 0..plan.parts() {
            parallel::map_ranges(plan.tiles(part), plan.cost(part), |tiles| {
                sweep(unit, source, part, tiles, out.pointer());
            });
        }
    }
}

/// `dw`, from the input and the gradient of the output.
pub fn convolution_weight_gradient<E: Kernels>(sizes: &Convolution, x: &[E], grad: &[E], dw: &mut [E]) {
    sizes.check(x.len(), dw.len(), grad.len());
    if x.is_empty() || grad.is_empty() {
        return dw.fill(E::zero());
    }
    if let Some(winograd) = Winograd::weight_gradient(sizes) {
        return winograd.correlate(x, grad, dw);
    }
    dw.fill(E::zero());
    if let Some(pointwise) = Pointwise::of(sizes, sizes.out_channels) {
        return pointwise.weight_gradient(x, grad, dw);
    }
    let planes = sizes.input_planes();
    if 2 * sizes.group_outputs() > simd::lanes::<E>() {
        sum_images(sizes, &OuterProducts::new(sizes, planes), x, grad, dw);
    } else {
        sum_images(sizes, &DotProducts::new(sizes, planes), x, grad, dw);
    }
}

/// A way to sum a weight gradient.
trait WeightGradient: Sync {
    /// The units of work of one image.
    fn cost(&self) -> usize;

    /// Adds what some images contribute to `dw`, on this thread or, if they are to be split, on all.
    fn add_images<E: Kernels>(&self, images: Range<usize>, x: &[E], grad: &[E], dw: &mut [E], split: bool);
}

/// Sums a weight gradient over all images: each thread its own where there are enough, else all threads each image.
fn sum_images<E: Kernels>(sizes: &Convolution, gradient: &impl WeightGradient, x: &[E], grad: &[E], dw: &mut [E]) {
    let (batch, length) = (sizes.batch, dw.len());
    let pieces = 2 * parallel::threads();
    if batch < pieces || length * pieces > MOST_PARTIAL_SUMS {
        gradient.add_images(0..batch, x, grad, dw, true);
    } else if !parallel::worth_splitting(batch * gradient.cost()) {
        gradient.add_images(0..batch, x, grad, dw, false);
    } else {
        // Every piece sums its own images; then the pieces are added in order.
        let mut sums = output(pieces * length);
        let cost = batch.div_ceil(pieces) * gradient.cost();
        parallel::chunks(&mut sums, length, cost, |first, sums| {
            for (piece, sums) in sums.chunks_mut(length).enumerate().map(|(i, sums)| (first + i, sums)) {
                sums.fill(E::zero());
                let images = piece * batch / pieces..(piece + 1) * batch / pieces;
                gradient.add_images(images, x, grad, sums, false);
            }
        });
        sums.chunks(length)
            .for_each(|sums| dw.iter_mut().zip(sums).for_each(|(dw, &sum)| *dw += sum));
    }
}

/// The most numbers in the partial sums of a weight gradient: beyond, threads share out the weights instead.
const MOST_PARTIAL_SUMS: usize = 1 << 22;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random, assert_close, garbage};

    /// For every product of the sum: `visit(place in out, in x, in the weight)`.
    pub fn for_each_product(sizes: &Convolution, mut visit: impl FnMut(usize, usize, usize)) {
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
    pub fn random_sizes(random: &mut Random) -> Option<Convolution> {
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

    /// No images, no channels on either side or on both, or images of nothing but padding, where each path would be taken.
    #[test]
    fn empty_sides() {
        let mut random = Random::new(0);
        let pad = [(1, 1), (1, 1)];
        let all = [
            Convolution::new(8, 64, 64, [28, 28], [3, 3]).padding(pad),
            Convolution::new(2, 24, 40, [9, 7], [1, 1]),
            Convolution::new(2, 24, 40, [9, 7], [1, 1]).stride([2, 2]),
            Convolution::new(2, 3, 4, [8, 9], [3, 3]),
            Convolution::new(2, 4, 64, [8, 9], [5, 5]).stride([2, 2]),
            Convolution::new(1, 3, 7, [9, 9], [7, 7]).padding([(3, 3), (3, 3)]),
            Convolution::new(2, 32, 64, [10, 10], [3, 3]).padding(pad).groups(4),
            Convolution::new(2, 32, 32, [10, 10], [3, 3]).groups(32),
            Convolution::new(2, 4, 6, [64], [5]).stride([2]),
        ];
        // The first, which goes by Winograd, is too much for Miri.
        let first = if cfg!(miri) { 1 } else { 0 };
        for &sizes in &all[first..] {
            let mut padding_alone = sizes.padding([(7, 7)]);
            padding_alone.windows[2].input = 0;
            for empty in [
                Convolution { batch: 0, ..sizes },
                Convolution {
                    in_channels: 0,
                    ..sizes
                },
                Convolution {
                    out_channels: 0,
                    ..sizes
                },
                Convolution {
                    in_channels: 0,
                    out_channels: 0,
                    ..sizes
                },
                padding_alone,
            ] {
                check_both(empty, &mut random);
            }
        }
    }
}
