//! Padding of one to three spatial axes, in PyTorch's four modes, and its adjoint.

use super::{Kernels, parallel};

/// What the padding is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaddingMode {
    /// A constant value, mostly zero.
    Zeros,
    /// The other end of the axis: at most its whole length.
    Circular,
    /// The mirror image without the border itself: less than the length of the axis.
    Reflect,
    /// The border.
    Replicate,
}

/// The sizes of a padding. Fewer than three dimensions are three whose first ones are 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Padding {
    /// Arrays padded one by one: batch times channels.
    pub planes: usize,
    /// Depth, height and width.
    pub input: [usize; 3],
    /// Entries before and behind each axis.
    pub padding: [(usize, usize); 3],
    /// What they are.
    pub mode: PaddingMode,
}

impl Padding {
    /// A padding of `planes` arrays of this size by `padding` before and behind each axis.
    pub fn new<const R: usize>(
        planes: usize,
        input: [usize; R],
        padding: [(usize, usize); R],
        mode: PaddingMode,
    ) -> Padding {
        let mut sizes = Padding {
            planes,
            input: [1; 3],
            padding: [(0, 0); 3],
            mode,
        };
        sizes.input[3 - R..].copy_from_slice(&input);
        sizes.padding[3 - R..].copy_from_slice(&padding);
        sizes
    }

    /// Depth, height and width of the padded arrays.
    pub fn output(&self) -> [usize; 3] {
        core::array::from_fn(|axis| self.padding[axis].0 + self.input[axis] + self.padding[axis].1)
    }

    /// The numbers before padding.
    pub fn input_len(&self) -> usize {
        self.planes * self.input.iter().product::<usize>()
    }

    /// The numbers after padding.
    pub fn output_len(&self) -> usize {
        self.planes * self.output().iter().product::<usize>()
    }

    /// For every padded entry of an axis, the entry of the input that it repeats; none where it is the constant.
    fn sources(&self, axis: usize) -> Vec<Option<usize>> {
        let (length, (before, behind)) = (self.input[axis], self.padding[axis]);
        let limit = match self.mode {
            PaddingMode::Circular => length,
            PaddingMode::Reflect => length.saturating_sub(1),
            PaddingMode::Replicate if length == 0 => 0,
            PaddingMode::Replicate | PaddingMode::Zeros => usize::MAX,
        };
        assert!(
            before.max(behind) <= limit,
            "{:?} padding of an axis of {length} ends at {limit}",
            self.mode
        );
        let source = |at: usize| match self.mode {
            _ if (before..before + length).contains(&at) => Some(at - before),
            PaddingMode::Zeros => None,
            PaddingMode::Circular => Some((at + length - before) % length),
            PaddingMode::Reflect if at < before => Some(before - at),
            PaddingMode::Reflect => Some(2 * (length - 1) - (at - before)),
            PaddingMode::Replicate => Some(if at < before { 0 } else { length - 1 }),
        };
        (0..before + length + behind).map(source).collect()
    }
}

/// Pads every plane; `value` is the constant of [`PaddingMode::Zeros`].
pub fn pad<E: Kernels>(sizes: &Padding, value: E, x: &[E], out: &mut [E]) {
    assert!(x.len() == sizes.input_len() && out.len() == sizes.output_len());
    let (plane, padded) = (sizes.input.iter().product::<usize>(), sizes.output().iter().product());
    let [depths, heights, widths] = [0, 1, 2].map(|axis| sizes.sources(axis));
    let (inside, width) = (sizes.padding[2].0, sizes.input[2]);
    parallel::chunks(out, padded, padded, |first, out| {
        for (p, out) in out.chunks_mut(padded).enumerate() {
            let x = &x[(first + p) * plane..][..plane];
            let rows = depths.iter().flat_map(|&d| heights.iter().map(move |&h| (d, h)));
            for (out, row) in out.chunks_mut(widths.len()).zip(rows) {
                let (Some(d), Some(h)) = row else {
                    out.fill(value);
                    continue;
                };
                let x = &x[(d * sizes.input[1] + h) * width..][..width];
                let entry = |source: Option<usize>| source.map_or(value, |at| x[at]);
                let (left, rest) = out.split_at_mut(inside);
                let (middle, right) = rest.split_at_mut(width);
                left.iter_mut()
                    .zip(&widths)
                    .for_each(|(out, &source)| *out = entry(source));
                middle.copy_from_slice(x);
                right
                    .iter_mut()
                    .zip(&widths[inside + width..])
                    .for_each(|(out, &source)| *out = entry(source));
            }
        }
    });
}

/// The adjoint of [`pad`]: every entry of the gradient is added to the entry of the input that it repeated.
pub fn pad_gradient<E: Kernels>(sizes: &Padding, grad: &[E], dx: &mut [E]) {
    assert!(dx.len() == sizes.input_len() && grad.len() == sizes.output_len());
    let (plane, padded) = (sizes.input.iter().product(), sizes.output().iter().product::<usize>());
    let [depths, heights, widths] = [0, 1, 2].map(|axis| sizes.sources(axis));
    parallel::chunks(dx, plane, padded, |first, dx| {
        dx.fill(E::zero());
        for (p, dx) in dx.chunks_mut(plane).enumerate() {
            let grad = &grad[(first + p) * padded..][..padded];
            let rows = depths.iter().flat_map(|&d| heights.iter().map(move |&h| (d, h)));
            for (grad, row) in grad.chunks(widths.len()).zip(rows) {
                if let (Some(d), Some(h)) = row {
                    let dx = &mut dx[(d * sizes.input[1] + h) * sizes.input[2]..][..sizes.input[2]];
                    let sources = widths
                        .iter()
                        .zip(grad)
                        .filter_map(|(&source, &g)| source.map(|at| (at, g)));
                    sources.for_each(|(at, g)| dx[at] += g);
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random, assert_close, garbage};
    use PaddingMode::*;

    fn padded(mode: PaddingMode, padding: (usize, usize)) -> Vec<f32> {
        let sizes = Padding::new(1, [4], [padding], mode);
        let mut out = garbage(sizes.output_len());
        pad(&sizes, 9.0, &[1.0, 2.0, 3.0, 4.0], &mut out);
        out
    }

    #[test]
    fn every_mode() {
        assert_eq!(padded(Zeros, (2, 1)), [9.0, 9.0, 1.0, 2.0, 3.0, 4.0, 9.0]);
        assert_eq!(padded(Circular, (2, 1)), [3.0, 4.0, 1.0, 2.0, 3.0, 4.0, 1.0]);
        assert_eq!(padded(Circular, (4, 4)), [1.0, 2.0, 3.0, 4.0].repeat(3));
        assert_eq!(padded(Reflect, (3, 2)), [4.0, 3.0, 2.0, 1.0, 2.0, 3.0, 4.0, 3.0, 2.0]);
        assert_eq!(padded(Replicate, (2, 1)), [1.0, 1.0, 1.0, 2.0, 3.0, 4.0, 4.0]);
    }

    #[test]
    fn the_gradient_is_the_adjoint() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let mode = [Zeros, Circular, Reflect, Replicate][random.size(0..=3)];
            let input = [0; 3].map(|_| random.size(3..=6));
            let padding = [0; 3].map(|_| (random.size(0..=2), random.size(0..=2)));
            let sizes = Padding::new(random.size(0..=3), input, padding, mode);
            let (x, grad) = (
                random.numbers::<f64>(sizes.input_len()),
                random.numbers::<f64>(sizes.output_len()),
            );
            let (mut out, mut dx) = (garbage(grad.len()), garbage(x.len()));
            pad(&sizes, 0.0, &x, &mut out);
            pad_gradient(&sizes, &grad, &mut dx);
            let forward: f64 = out.iter().zip(&grad).map(|(a, b)| a * b).sum();
            let backward: f64 = x.iter().zip(&dx).map(|(a, b)| a * b).sum();
            assert_close(&[forward], &[backward], 1e-12);
        }
    }

    #[test]
    fn two_axes() {
        let sizes = Padding::new(1, [2, 2], [(1, 0), (0, 1)], Circular);
        let mut out = garbage::<f64>(9);
        pad(&sizes, 0.0, &[1.0, 2.0, 3.0, 4.0], &mut out);
        assert_eq!(out, [3.0, 4.0, 3.0, 1.0, 2.0, 1.0, 3.0, 4.0, 3.0]);
    }
}
