//! Padding of one to three spatial axes, in PyTorch's four modes, and its adjoint.

use super::{Kernels, parallel};
use core::ops::Range;

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

    /// Panics if there is more to add to an axis than the mode can take from it.
    fn check(&self) {
        for (&length, &(before, behind)) in self.input.iter().zip(&self.padding) {
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
        }
    }

    /// The entry of the input that a padded entry of an axis repeats; none where it is the constant.
    #[inline]
    fn source(&self, axis: usize, at: usize) -> Option<usize> {
        let (length, (before, _)) = (self.input[axis], self.padding[axis]);
        match self.mode {
            _ if (before..before + length).contains(&at) => Some(at - before),
            PaddingMode::Zeros => None,
            PaddingMode::Circular if at < before => Some(at + length - before),
            PaddingMode::Circular => Some(at - before - length),
            PaddingMode::Reflect if at < before => Some(before - at),
            PaddingMode::Reflect => Some(2 * (length - 1) - (at - before)),
            PaddingMode::Replicate => Some(if at < before { 0 } else { length - 1 }),
        }
    }

    /// The padding as one of rows: everything behind the last axis that is padded is one run, which is moved as a whole, and a
    /// row is that axis.
    fn rows(&self) -> Rows<'_> {
        let axis = (0..3).rev().find(|&axis| self.padding[axis] != (0, 0)).unwrap_or(0);
        let run = self.input[axis + 1..].iter().product::<usize>();
        let (before, behind) = self.padding[axis];
        Rows {
            sizes: self,
            axis,
            run,
            inside: before * run..(before + self.input[axis]) * run,
            length: (before + self.input[axis] + behind) * run,
        }
    }
}

/// A padding seen as one of rows, of which all but the ends is one copy.
struct Rows<'a> {
    sizes: &'a Padding,
    /// The axis that a row goes along.
    axis: usize,
    /// The numbers of one entry of that axis.
    run: usize,
    /// Where in a padded row the row of the input is.
    inside: Range<usize>,
    /// The numbers of a padded row.
    length: usize,
}

impl Rows<'_> {
    /// Calls `act` on every padded row of a plane, with the row of the input that it repeats and whether it is that row's own
    /// place, or with nothing where it is the constant.
    #[inline(always)]
    fn each(&self, mut act: impl FnMut(usize, Option<(usize, bool)>)) {
        let sizes = self.sizes;
        let output = sizes.output();
        let own = |axis: usize, at: usize| at.wrapping_sub(sizes.padding[axis].0) < sizes.input[axis];
        // The axes before that of the rows; the others count once.
        let count = |axis: usize| if axis < self.axis { output[axis] } else { 1 };
        let source = |axis: usize, at: usize| {
            if axis < self.axis {
                sizes.source(axis, at).map(|source| (source, own(axis, at)))
            } else {
                Some((0, true))
            }
        };
        let heights = if self.axis > 1 { sizes.input[1] } else { 1 };
        for depth in 0..count(0) {
            let from_depth = source(0, depth);
            for height in 0..count(1) {
                let row = from_depth
                    .zip(source(1, height))
                    .map(|((d, d_own), (h, h_own))| (d * heights + h, d_own && h_own));
                act(depth * count(1) + height, row);
            }
        }
    }

    /// Calls `act` on the first number of every run of the two ends of a padded row, and that of the run of the input's row
    /// that it repeats.
    #[inline(always)]
    fn ends(&self, mut act: impl FnMut(usize, Option<usize>)) {
        let (input, (before, behind)) = (self.sizes.input[self.axis], self.sizes.padding[self.axis]);
        for at in (0..before).chain(before + input..before + input + behind) {
            let source = self.sizes.source(self.axis, at);
            act(at * self.run, source.map(|source| source * self.run));
        }
    }
}

/// Pads every plane; `value` is the constant of [`PaddingMode::Zeros`].
pub fn pad<E: Kernels>(sizes: &Padding, value: E, x: &[E], out: &mut [E]) {
    assert!(x.len() == sizes.input_len() && out.len() == sizes.output_len());
    sizes.check();
    let (plane, padded) = (sizes.input.iter().product::<usize>(), sizes.output().iter().product());
    let rows = sizes.rows();
    let (run, inside) = (rows.run, rows.inside.clone());
    parallel::chunks(out, padded, padded, |first, out| {
        for (p, out) in out.chunks_mut(padded).enumerate() {
            let x = &x[(first + p) * plane..][..plane];
            rows.each(|row, source| {
                let out = &mut out[row * rows.length..][..rows.length];
                let Some((source, _)) = source else {
                    return out.fill(value);
                };
                let x = &x[source * inside.len()..][..inside.len()];
                out[inside.clone()].copy_from_slice(x);
                rows.ends(|to, from| match from {
                    Some(from) if run == 1 => out[to] = x[from],
                    Some(from) => out[to..][..run].copy_from_slice(&x[from..][..run]),
                    None => out[to..][..run].fill(value),
                });
            });
        }
    });
}

/// The adjoint of [`pad`]: every entry of the gradient is added to the entry of the input that it repeated.
pub fn pad_gradient<E: Kernels>(sizes: &Padding, grad: &[E], dx: &mut [E]) {
    assert!(dx.len() == sizes.input_len() && grad.len() == sizes.output_len());
    sizes.check();
    let (plane, padded) = (sizes.input.iter().product(), sizes.output().iter().product::<usize>());
    let rows = sizes.rows();
    let (run, inside) = (rows.run, rows.inside.clone());
    parallel::chunks(dx, plane, padded, |first, dx| {
        for (p, dx) in dx.chunks_mut(plane).enumerate() {
            let grad = &grad[(first + p) * padded..][..padded];
            // First each row's own place, which sets it, then what repeats it, which is added.
            for repeats in [false, true] {
                rows.each(|row, source| {
                    let Some((source, own)) = source.filter(|&(_, own)| own != repeats) else {
                        return;
                    };
                    let grad = &grad[row * rows.length..][..rows.length];
                    let dx = &mut dx[source * inside.len()..][..inside.len()];
                    if own {
                        dx.copy_from_slice(&grad[inside.clone()]);
                    } else {
                        add(dx, &grad[inside.clone()]);
                    }
                    rows.ends(|from, to| match to {
                        Some(to) if run == 1 => dx[to] += grad[from],
                        Some(to) => add(&mut dx[to..][..run], &grad[from..][..run]),
                        None => {}
                    });
                });
                // With one row a plane, nothing repeats it.
                if rows.length == padded {
                    break;
                }
            }
        }
    });
}

fn add<E: Kernels>(sums: &mut [E], numbers: &[E]) {
    sums.iter_mut().zip(numbers).for_each(|(sum, &x)| *sum += x);
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
