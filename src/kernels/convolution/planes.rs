//! The form in which the kernels read images: padded, and with the strides taken out.
//!
//! Along an axis with stride `s`, the entries whose padded positions leave the remainder `r` by `s` form phase `r`. A
//! window's entry `k` meets phase `k·dilation mod s` alone, and there it moves by one from one position of the window to
//! the next. So the planes of all phases, each by itself, make every convolution one of stride 1.

use super::super::{Kernels, parallel};
use super::super::scratch::Scratch;

/// One axis of the planes of a channel.
#[derive(Clone, Copy, Debug)]
pub struct PlaneAxis {
    /// Entries of the image.
    pub input: usize,
    /// Zeros before it.
    pub before: usize,
    /// The stride that is taken out.
    pub step: usize,
    /// Phases that a window meets.
    pub phases: usize,
    /// Entries of each phase.
    pub length: usize,
}

impl PlaneAxis {
    /// Whether the planes are the image itself.
    fn is_image(&self) -> bool {
        self.before == 0 && self.step == 1 && self.length == self.input
    }

    /// The phase of the padded position `offset`, and its place there.
    pub fn phase_and_place(&self, offset: usize) -> (usize, usize) {
        (offset % self.step, offset / self.step)
    }

    /// Copies the entries of one phase from a row of the image, with zeros where it has none.
    #[inline]
    fn copy_row<E: Kernels>(&self, phase: usize, row: &[E], out: &mut [E]) {
        let first = self.before.saturating_sub(phase).div_ceil(self.step).min(out.len());
        let end = (self.before + self.input).saturating_sub(phase).div_ceil(self.step).clamp(first, out.len());
        out[..first].fill(E::zero());
        out[end..].fill(E::zero());
        if first == end {
            return;
        }
        let (out, start) = (&mut out[first..end], first * self.step + phase - self.before);
        match self.step {
            1 => out.copy_from_slice(&row[start..][..out.len()]),
            step => out.iter_mut().zip(row[start..].iter().step_by(step)).for_each(|(out, &x)| *out = x),
        }
    }

    /// The row of the image that is entry `place` of a phase, if it is not padding.
    fn source(&self, phase: usize, place: usize) -> Option<usize> {
        (place * self.step + phase).checked_sub(self.before).filter(|&at| at < self.input)
    }
}

/// The planes of a stack of channels: for each channel the phases of depth, height and width, and in each of these its
/// own depth, height and width.
#[derive(Clone, Copy, Debug)]
pub struct Planes(pub [PlaneAxis; 3]);

impl Planes {
    /// What may be read behind the last plane: the widest tile of the widest vectors.
    const SLACK: usize = 64;

    /// From one channel to the next.
    pub fn channel(&self) -> usize {
        self.0.iter().map(|axis| axis.phases * axis.length).product()
    }

    /// Where a padded position lies in a channel's planes.
    pub fn place(&self, offsets: [usize; 3]) -> usize {
        let (mut phases, mut places) = (0, 0);
        for (axis, offset) in self.0.iter().zip(offsets) {
            let (phase, place) = axis.phase_and_place(offset);
            phases = phases * axis.phases + phase;
            places = places * axis.length + place;
        }
        phases * self.phase_len() + places
    }

    /// The numbers in one phase.
    fn phase_len(&self) -> usize {
        self.0.iter().map(|axis| axis.length).product()
    }

    /// Whether the planes are the images themselves, with nothing readable behind them.
    pub fn are_images(&self) -> bool {
        self.0.iter().all(PlaneAxis::is_image)
    }

    /// A buffer for the planes of this many channels.
    pub fn buffer<E: Kernels>(&self, channels: usize) -> Scratch<E> {
        let mut buffer = Scratch::new(channels * self.channel() + Planes::SLACK);
        // What lies behind the planes is multiplied and thrown away, or multiplied by zero: it must not be NaN.
        let planes = channels * self.channel();
        buffer[planes..].fill(E::zero());
        buffer
    }

    /// [`Self::fill`] on all threads.
    pub fn fill_in_parallel<E: Kernels>(&self, images: &[E], planes: &mut [E]) {
        let image_len: usize = self.0.iter().map(|axis| axis.input).product();
        parallel::chunks(planes, self.channel(), 2 * self.channel(), |first, planes| {
            self.fill(&images[first * image_len..], planes);
        });
    }

    /// Fills the planes of some channels from their images.
    pub fn fill<E: Kernels>(&self, images: &[E], planes: &mut [E]) {
        let [depth, height, width] = self.0;
        let image_len = depth.input * height.input * width.input;
        let channels = planes.chunks_exact_mut(self.channel()).zip(images.chunks(image_len.max(1)));
        for (planes, image) in channels {
            for (phase, plane) in planes.chunks_exact_mut(self.phase_len()).enumerate() {
                let phase_w = phase % width.phases;
                let (phase_h, phase_d) = (phase / width.phases % height.phases, phase / width.phases / height.phases);
                for (at, out) in plane.chunks_exact_mut(width.length).enumerate() {
                    let d = depth.source(phase_d, at / height.length);
                    let h = height.source(phase_h, at % height.length);
                    match (d, h) {
                        (Some(d), Some(h)) => {
                            let row = &image[(d * height.input + h) * width.input..][..width.input];
                            width.copy_row(phase_w, row, out);
                        }
                        _ => out.fill(E::zero()),
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random};

    #[test]
    fn every_padded_position_has_its_place() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let planes = Planes(core::array::from_fn(|_| {
                let [input, step, length] = [1..=6, 1..=3, 1..=5].map(|range| random.size(range));
                PlaneAxis { input, before: random.size(0..=3), step, phases: random.size(1..=step), length }
            }));
            let [depth, height, width] = planes.0;
            let image: Vec<f64> = random.numbers(2 * depth.input * height.input * width.input);
            let mut buffer = planes.buffer(2);
            let length = buffer.len() - Planes::SLACK;
            buffer.fill(f64::NAN);
            planes.fill(&image, &mut buffer[..length]);
            let reached = |axis: PlaneAxis| {
                (0..axis.step * axis.length).filter(move |offset| axis.phase_and_place(*offset).0 < axis.phases)
            };
            for channel in 0..2 {
                for d in reached(depth) {
                    for (h, w) in reached(height).flat_map(|h| reached(width).map(move |w| (h, w))) {
                        let at = [(d, depth), (h, height), (w, width)].into_iter().try_fold(channel, |at, (i, axis)| {
                            let i = i.checked_sub(axis.before).filter(|&i| i < axis.input)?;
                            Some(at * axis.input + i)
                        });
                        let found = buffer[channel * planes.channel() + planes.place([d, h, w])];
                        assert_eq!(found, at.map_or(0.0, |at| image[at]));
                    }
                }
            }
        }
    }
}
