//! The form in which the kernels read images: padded, and with the strides taken out.
//!
//! Along an axis with stride `s`, the entries whose padded positions leave the remainder `r` by `s` form phase `r`. A
//! window's entry `k` meets phase `k·dilation mod s` alone, and there it moves by one from one position of the window to
//! the next. So the planes of all phases, each by itself, make every convolution one of stride 1.

use super::super::buffers::{Buffer, output};
use super::super::{Kernels, parallel};
use core::ops::Range;

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

    /// The entries of a phase that lie in the image, and where there the first of them is.
    fn inside(&self, phase: usize) -> (Range<usize>, usize) {
        let first = self.before.saturating_sub(phase).div_ceil(self.step).min(self.length);
        let end = (self.before + self.input)
            .saturating_sub(phase)
            .div_ceil(self.step)
            .clamp(first, self.length);
        (first..end, (first * self.step + phase).saturating_sub(self.before))
    }
}

/// The planes of a stack of channels: for each channel the phases of depth, height and width, and in each of these its
/// own depth, height and width.
#[derive(Clone, Copy, Debug)]
pub struct Planes(pub [PlaneAxis; 3]);

impl Planes {
    /// What may be read behind the last plane: the widest tile of the widest vectors.
    const SLACK: usize = 96;

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

    /// A buffer for the planes of this many channels, with zeros where padding goes, and behind the last.
    pub fn buffer<E: Kernels>(&self, channels: usize) -> Buffer<E> {
        let mut buffer = output(channels * self.channel() + Planes::SLACK);
        buffer.fill(E::zero());
        buffer
    }

    /// [`Self::fill`] on all threads.
    pub fn fill_in_parallel<E: Kernels>(&self, images: &[E], planes: &mut [E]) {
        let image_len: usize = self.0.iter().map(|axis| axis.input).product();
        parallel::chunks(planes, self.channel(), 2 * self.channel(), |first, planes| {
            self.fill(&images[first * image_len..], planes);
        });
    }

    /// The reverse of [`Self::fill`] where there is one phase and no padding: the planes' entries where they come from, and
    /// zeros between.
    pub fn scatter<E: Kernels>(&self, planes: &[E], images: &mut [E]) {
        let [depth, height, width] = self.0;
        images.fill(E::zero());
        let image_len = depth.input * height.input * width.input;
        for (image, plane) in images
            .chunks_exact_mut(image_len)
            .zip(planes.chunks_exact(self.channel()))
        {
            for (i, row) in plane.chunks_exact(width.length).enumerate() {
                let (d, h) = (i / height.length * depth.step, i % height.length * height.step);
                let to = &mut image[(d * height.input + h) * width.input..];
                to.iter_mut().step_by(width.step).zip(row).for_each(|(to, &x)| *to = x);
            }
        }
    }

    /// Fills the planes of some channels from their images; the padding must be zero already.
    pub fn fill<E: Kernels>(&self, images: &[E], planes: &mut [E]) {
        let [depth, height, width] = self.0;
        let image_len = depth.input * height.input * width.input;
        if image_len == 0 {
            return;
        }
        for (image, planes) in images
            .chunks_exact(image_len)
            .zip(planes.chunks_exact_mut(self.channel()))
        {
            for (phase, plane) in planes.chunks_exact_mut(self.phase_len()).enumerate() {
                let (rest, phase_w) = (phase / width.phases, phase % width.phases);
                let (ds, d) = depth.inside(rest / height.phases);
                let (hs, h) = height.inside(rest % height.phases);
                let (ws, w) = width.inside(phase_w);
                for (place_d, d) in ds.zip((d..).step_by(depth.step)) {
                    let rows = hs.clone().zip((h..).step_by(height.step));
                    for (place_h, h) in rows.filter(|_| !ws.is_empty()) {
                        let row = &image[(d * height.input + h) * width.input + w..];
                        let out = &mut plane[(place_d * height.length + place_h) * width.length..][ws.clone()];
                        copy_row(width.step, row, out);
                    }
                }
            }
        }
    }
}

/// Copies every `step`th entry. Rows are short: a loop in the registers is faster than a call that copies memory.
#[inline]
fn copy_row<E: Kernels>(step: usize, row: &[E], out: &mut [E]) {
    const CHUNK: usize = 8;
    if step != 1 {
        out.iter_mut()
            .zip(row.iter().step_by(step))
            .for_each(|(out, &x)| *out = x);
    } else if let (Some(last_out), Some(last)) = (out.len().checked_sub(CHUNK), row[..out.len()].last_chunk::<CHUNK>())
    {
        for (out, x) in out
            .as_chunks_mut::<CHUNK>()
            .0
            .iter_mut()
            .zip(row.as_chunks::<CHUNK>().0)
        {
            *out = *x;
        }
        out[last_out..].copy_from_slice(last);
    } else {
        out.iter_mut().zip(row).for_each(|(out, &x)| *out = x);
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
                PlaneAxis {
                    input,
                    before: random.size(0..=3),
                    step,
                    phases: random.size(1..=step),
                    length,
                }
            }));
            let [depth, height, width] = planes.0;
            let image: Vec<f64> = random.numbers(2 * depth.input * height.input * width.input);
            let mut buffer = planes.buffer(2);
            let length = buffer.len() - Planes::SLACK;
            planes.fill(&image, &mut buffer[..length]);
            let reached = |axis: PlaneAxis| {
                (0..axis.step * axis.length).filter(move |offset| axis.phase_and_place(*offset).0 < axis.phases)
            };
            for channel in 0..2 {
                for d in reached(depth) {
                    for (h, w) in reached(height).flat_map(|h| reached(width).map(move |w| (h, w))) {
                        let at =
                            [(d, depth), (h, height), (w, width)]
                                .into_iter()
                                .try_fold(channel, |at, (i, axis)| {
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
