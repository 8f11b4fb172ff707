//! The gradient of the weights where groups have few output channels: every weight's is the dot product of the gradient of
//! its output channel with the input seen through its tap.
//!
//! A tile of some output channels times some taps is held in registers, a vector of partial sums each, while the
//! positions go by. The gradient is laid out with the rows of the input's planes, zeros between, so that positions run
//! through a whole image over the ends of its rows.

use super::super::buffers::{Buffer, output};
use super::super::simd::{Vector, VectorTask, lanes, with_vectors};
use super::super::{Kernels, parallel};
use super::planes::Planes;
use super::{Convolution, Tap, WeightGradient};
use core::ops::Range;

/// Bytes of images and gradients that are worked on together.
const CACHE: usize = 3 << 18;

/// Vectors of positions summed before the next tile, so that the gradients of a tile stay in the first-level cache.
const BLOCK: usize = 128;

/// Everything about a weight gradient that the sizes alone decide.
pub struct DotProducts<'a> {
    sizes: &'a Convolution,
    planes: Planes,
    taps: Buffer<Tap>,
    /// Positions of one image, over the ends of rows and of planes.
    positions: usize,
    /// Whether the input is read where it is.
    in_place: bool,
}

impl<'a> DotProducts<'a> {
    pub fn new(sizes: &'a Convolution, planes: Planes) -> DotProducts<'a> {
        let [_, height, width] = planes.0.map(|axis| axis.length);
        let [out_depth, out_height, out_width] = sizes.output();
        let positions = ((out_depth - 1) * height + out_height - 1) * width + out_width;
        let mut taps = output(sizes.taps());
        sizes.for_each_tap(|weight, offsets| {
            taps[weight] = Tap {
                source: planes.place(offsets),
                weight,
            }
        });
        // 16 lanes are the most there are: then the last vector starts early enough to end with the positions.
        DotProducts {
            sizes,
            planes,
            taps,
            positions,
            in_place: planes.are_images() && positions >= 16,
        }
    }

    /// How many images, of so many numbers each, are summed before the next tile: as the vectors of a tile are summed
    /// only at its end, it should not be short, but all should stay in the second-level cache.
    fn together<E: Kernels>(&self, numbers: usize) -> usize {
        (BLOCK / (self.row::<E>() / lanes::<E>()))
            .min(CACHE / (numbers * size_of::<E>()))
            .max(1)
    }

    /// The length of one output channel's gradient, spread out: whole vectors.
    fn row<E: Kernels>(&self) -> usize {
        self.positions.next_multiple_of(lanes::<E>())
    }

    /// Lays the gradient out with the rows of the input's planes. A last vector that is not whole holds the last
    /// positions, with zeros for those that the vector before has already.
    fn spread<E: Kernels>(&self, grad: &[E], rows: &mut [E]) {
        let [_, height, width] = self.planes.0.map(|axis| axis.length);
        let [_, out_height, out_width] = self.sizes.output();
        // Where the last vector begins, if it is not whole.
        let last = self.positions / lanes::<E>() * lanes::<E>();
        let out_plane = self.sizes.output_plane();
        for (row, grad) in rows.chunks_mut(self.row::<E>()).zip(grad.chunks(out_plane)) {
            let mut at = 0;
            for (i, grad) in grad.chunks(out_width).enumerate() {
                let place = (i / out_height * height + i % out_height) * width;
                row[at..place].fill(E::zero());
                row[place..][..out_width].copy_from_slice(grad);
                at = place + out_width;
            }
            let end = row.len();
            if last == 0 {
                row[self.positions..].fill(E::zero());
            } else if last < self.positions {
                row.copy_within(last..self.positions, end - (self.positions - last));
                row[last..end - (self.positions - last)].fill(E::zero());
            }
        }
    }
}

impl WeightGradient for DotProducts<'_> {
    fn cost(&self) -> usize {
        self.positions * self.sizes.weight_len() / 64 + 64
    }

    fn add_images<E: Kernels>(&self, images: Range<usize>, x: &[E], grad: &[E], dw: &mut [E], split: bool) {
        let sizes = self.sizes;
        let (inputs, outs, groups) = (sizes.group_inputs(), sizes.group_outputs(), sizes.groups);
        let entries = inputs * sizes.taps();
        let (x_len, grad_len) = (inputs * sizes.input_plane(), outs * sizes.output_plane());
        let (planes_len, rows_len) = (inputs * self.planes.channel(), outs * self.row::<E>());
        let together = self.together::<E>(planes_len + rows_len).min(images.len());
        let mut planes = (!self.in_place).then(|| self.planes.buffer::<E>(together * inputs));
        let mut rows = output(together * rows_len);
        for first in images.clone().step_by(together) {
            let count = together.min(images.end - first);
            for (group, dw) in dw.chunks_mut(outs * entries).enumerate() {
                let unit = |i: usize| (first + i) * groups + group;
                for (i, rows) in rows.chunks_mut(rows_len).take(count).enumerate() {
                    self.spread(&grad[unit(i) * grad_len..][..grad_len], rows);
                }
                let (x, x_image) = match &mut planes {
                    Some(planes) => {
                        for (i, planes) in planes.chunks_exact_mut(planes_len).take(count).enumerate() {
                            self.planes.fill(&x[unit(i) * x_len..][..x_len], planes);
                        }
                        (&planes[..], planes_len)
                    }
                    None => (&x[unit(0) * x_len..], groups * x_len),
                };
                let rows = &rows[..count * rows_len];
                let add = |first: usize, dw: &mut [E]| {
                    with_vectors(Sums {
                        correlation: self,
                        x,
                        x_image,
                        rows,
                        rows_image: rows_len,
                        first,
                        dw,
                    });
                };
                if split {
                    parallel::chunks(dw, entries, count * entries * self.positions / 64 + 1, add);
                } else {
                    add(0, dw);
                }
            }
        }
    }
}

/// The weights of some output channels of one group, from one image.
struct Sums<'a, E> {
    correlation: &'a DotProducts<'a>,
    /// The input's planes, and how far apart those of the images are.
    x: &'a [E],
    x_image: usize,
    /// The gradients of all output channels, spread out, and how far apart those of the images are.
    rows: &'a [E],
    rows_image: usize,
    /// The first of the output channels.
    first: usize,
    dw: &'a mut [E],
}

impl<E: Kernels> VectorTask<E> for Sums<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(mut self) {
        let all = self.correlation.positions.div_ceil(V::LANES);
        let entries = self.correlation.sizes.group_inputs() * self.correlation.taps.len();
        let outs = self.dw.len() / entries;
        for from in (0..all).step_by(BLOCK) {
            let vectors = from..(from + BLOCK).min(all);
            let mut first = 0;
            while first < outs {
                // SAFETY: the caller vouches for the instructions, the correlation for the places.
                first += unsafe { self.add_outs::<V>(first, outs - first, vectors.clone()) };
            }
        }
    }
}

impl<E: Kernels> Sums<'_, E> {
    /// Adds to all taps of as many of so many output channels as there is a kernel for; gives how many that was.
    ///
    /// # Safety
    ///
    /// The processor must have the instructions.
    #[inline(always)]
    unsafe fn add_outs<V: Vector<E>>(&mut self, first: usize, outs: usize, vectors: Range<usize>) -> usize {
        // SAFETY: the caller's. With 16 registers there is room for fewer sums.
        unsafe {
            match (outs, const { V::REGISTERS >= 32 }) {
                (4.., true) => self.add_taps::<V, 4, 5, 3>(first, vectors),
                (2.., true) => self.add_taps::<V, 2, 5, 3>(first, vectors),
                (_, true) => self.add_taps::<V, 1, 5, 3>(first, vectors),
                (2.., false) => self.add_taps::<V, 2, 4, 2>(first, vectors),
                (_, false) => self.add_taps::<V, 1, 4, 2>(first, vectors),
            }
        }
    }

    /// Adds to all taps of some output channels, `MANY` at a time, then `FEW`, then one.
    #[inline(always)]
    unsafe fn add_taps<V: Vector<E>, const O: usize, const MANY: usize, const FEW: usize>(
        &mut self,
        first: usize,
        vectors: Range<usize>,
    ) -> usize {
        let entries = self.correlation.sizes.group_inputs() * self.correlation.taps.len();
        // SAFETY: the caller's.
        unsafe {
            V::apart(
                #[inline(always)]
                || {
                    let mut entry = 0;
                    while entry < entries {
                        entry += match entries - entry {
                            left if left >= MANY => self.add::<V, O, MANY>([first, entry], vectors.clone()),
                            left if left >= FEW => self.add::<V, O, FEW>([first, entry], vectors.clone()),
                            _ => self.add::<V, O, 1>([first, entry], vectors.clone()),
                        };
                    }
                },
            );
        }
        O
    }

    #[inline(always)]
    unsafe fn add<V: Vector<E>, const O: usize, const T: usize>(
        &mut self,
        [out, entry]: [usize; 2],
        vectors: Range<usize>,
    ) -> usize {
        let correlation = self.correlation;
        let (taps, row) = (correlation.taps.len(), correlation.positions.next_multiple_of(V::LANES));
        let last = correlation.positions.saturating_sub(V::LANES);
        // SAFETY: every place lies within the planes and rows, as they were laid out.
        unsafe {
            let (mut x, mut grad) = ([self.x.as_ptr(); T], [self.rows.as_ptr(); O]);
            for (t, x) in x.iter_mut().enumerate() {
                let (channel, tap) = ((entry + t) / taps, (entry + t) % taps);
                *x = x.add(channel * correlation.planes.channel() + correlation.taps[tap].source);
            }
            for (o, grad) in grad.iter_mut().enumerate() {
                *grad = grad.add((self.first + out + o) * row);
            }
            let mut sums = [[V::splat(E::zero()); T]; O];
            for image in 0..self.rows.len() / self.rows_image {
                for vector in vectors.clone() {
                    let grad_at = image * self.rows_image + vector * V::LANES;
                    let x_at = image * self.x_image + last.min(vector * V::LANES);
                    let mut g = [V::splat(E::zero()); O];
                    for o in 0..O {
                        g[o] = V::load(grad[o].add(grad_at));
                    }
                    for t in 0..T {
                        let x = V::load(x[t].add(x_at));
                        for o in 0..O {
                            sums[o][t] = x.mul_add(g[o], sums[o][t]);
                        }
                    }
                }
            }
            let entries = correlation.sizes.group_inputs() * taps;
            for (o, sums) in sums.into_iter().enumerate() {
                for (t, sum) in sums.into_iter().enumerate() {
                    self.dw[(out + o) * entries + entry + t] += sum.total();
                }
            }
        }
        T
    }
}
