//! The gradient of the weights: the sum over all positions of the outer product of what the window sees there with the
//! gradients of the output channels.
//!
//! A tile of some of the window's entries times some vectors of output channels is held in registers while the positions
//! go by: each adds, to every sum of the tile, a vector of gradients times one number of the input in all lanes. For that
//! the gradient is transposed, so that the output channels of a position lie side by side. (Lanes over output channels as
//! in Zhang, Franchetti & Low 2018, "High performance zero-memory overhead direct convolutions".)

use super::super::buffers::{Buffer, output};
use super::super::simd::{SQUARE, Vector, VectorTask, lanes, with_height, with_vectors, with_width};
use super::super::{Kernels, parallel};
use super::planes::Planes;
use super::{Convolution, WeightGradient};
use core::ops::Range;

/// Positions that are summed before the next tile, so that their gradients stay in the first-level cache.
const BLOCK: usize = 256;

/// Everything about a weight gradient that the sizes alone decide.
pub struct OuterProducts<'a> {
    sizes: &'a Convolution,
    planes: Planes,
    /// Where each tap lies in a channel's planes.
    taps: Buffer<usize>,
    /// Where each row of output positions lies there.
    rows: Buffer<usize>,
}

impl<'a> OuterProducts<'a> {
    pub fn new(sizes: &'a Convolution, planes: Planes) -> OuterProducts<'a> {
        let [_, height, width] = planes.0.map(|axis| axis.length);
        let [out_depth, out_height, _] = sizes.output();
        let mut taps = output(sizes.taps());
        sizes.for_each_tap(|weight, offsets| taps[weight] = planes.place(offsets));
        let mut rows = output(out_depth * out_height);
        for (i, row) in rows.iter_mut().enumerate() {
            *row = (i / out_height * height + i % out_height) * width;
        }
        OuterProducts {
            sizes,
            planes,
            taps,
            rows,
        }
    }

    /// The entries of a window.
    fn entries(&self) -> usize {
        self.sizes.group_inputs() * self.taps.len()
    }

    /// The output channels of a group in whole vectors.
    fn padded_outs<E: Kernels>(&self) -> usize {
        self.sizes.group_outputs().next_multiple_of(lanes::<E>())
    }

    /// Lays the gradients of the output channels at a position side by side.
    fn gather<E: Kernels>(&self, grad: &[E], to: &mut [E]) {
        let (outs, positions, padded) = (
            self.sizes.group_outputs(),
            self.sizes.output_plane(),
            self.padded_outs::<E>(),
        );
        let (square_outs, squares) = (outs / SQUARE * SQUARE, positions / SQUARE * SQUARE);
        for position in (0..squares).step_by(SQUARE) {
            for out in (0..square_outs).step_by(SQUARE) {
                let (from, to) = (&grad[out * positions + position..], &mut to[position * padded + out..]);
                // SAFETY: both squares lie within the slices.
                unsafe { E::transpose(from.as_ptr(), positions, to.as_mut_ptr(), padded) };
            }
        }
        for (position, to) in to.chunks_exact_mut(padded).enumerate() {
            let first = if position < squares { square_outs } else { 0 };
            for (out, to) in to.iter_mut().enumerate().skip(first) {
                *to = if out < outs {
                    grad[out * positions + position]
                } else {
                    E::zero()
                };
            }
        }
    }
}

impl WeightGradient for OuterProducts<'_> {
    fn cost(&self) -> usize {
        self.sizes.output_plane() * self.sizes.weight_len() / 16 + 64
    }

    fn add_images<E: Kernels>(&self, images: Range<usize>, x: &[E], grad: &[E], dw: &mut [E], split: bool) {
        let sizes = self.sizes;
        let (entries, outs, padded) = (self.entries(), sizes.group_outputs(), self.padded_outs::<E>());
        let (x_len, grad_len) = (sizes.group_inputs() * sizes.input_plane(), outs * sizes.output_plane());
        let planes_len = sizes.group_inputs() * self.planes.channel();
        let mut planes = (!self.planes.are_images()).then(|| self.planes.buffer::<E>(sizes.group_inputs()));
        let mut gradients = output(sizes.output_plane() * padded);
        let mut sums = output(entries * padded);
        for (group, dw) in dw.chunks_mut(outs * entries).enumerate() {
            sums.fill(E::zero());
            for unit in images.clone().map(|image| image * sizes.groups + group) {
                let mut x = &x[unit * x_len..][..x_len];
                if let Some(planes) = &mut planes {
                    self.planes.fill(x, &mut planes[..planes_len]);
                    x = planes;
                }
                self.gather(&grad[unit * grad_len..][..grad_len], &mut gradients);
                let shared = parallel::SharedPointer(sums.as_mut_ptr());
                let add = |entries| {
                    with_vectors(Sums {
                        products: self,
                        x,
                        gradients: &gradients,
                        entries,
                        sums: shared.pointer(),
                    });
                };
                if split {
                    parallel::map_ranges(entries, padded * sizes.output_plane() / 16 + 1, add);
                } else {
                    add(0..entries);
                }
            }
            for (out, dw) in dw.chunks_mut(entries).enumerate() {
                dw.iter_mut()
                    .zip(sums[out..].iter().step_by(padded))
                    .for_each(|(dw, &sum)| *dw += sum);
            }
        }
    }
}

/// The sums of some entries of the window, times all output channels of a group, from one image. Whoever makes one vouches
/// that nobody else uses the sums of these entries.
struct Sums<'a, E> {
    products: &'a OuterProducts<'a>,
    /// The input's planes.
    x: &'a [E],
    /// Positions × output channels.
    gradients: &'a [E],
    entries: Range<usize>,
    /// All entries × output channels, of which this task adds to its own.
    sums: *mut E,
}

impl<E: Kernels> VectorTask<E> for Sums<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) {
        let padded = self.products.padded_outs::<E>();
        let [_, _, width] = self.products.sizes.output();
        let rows = self.products.rows.len();
        let together = (BLOCK / width).max(1);
        for first in (0..rows).step_by(together) {
            let rows = first..(first + together).min(rows);
            let mut out = 0;
            while out < padded {
                let vectors = ((padded - out) / V::LANES).min(V::WIDE);
                // SAFETY: the caller's.
                unsafe { with_width!(V, vectors, W => self.run_panel::<V, W>(rows.clone(), out)) };
                out += vectors * V::LANES;
            }
        }
    }
}

impl<E: Kernels> Sums<'_, E> {
    /// Adds to all entries of `W` vectors of output channels.
    ///
    /// # Safety
    ///
    /// The processor must have the instructions.
    #[inline(always)]
    unsafe fn run_panel<V: Vector<E>, const W: usize>(&self, rows: Range<usize>, out: usize) {
        // SAFETY: the caller's.
        unsafe {
            V::apart(
                #[inline(always)]
                || {
                    let mut entry = self.entries.start;
                    while entry < self.entries.end {
                        let height = V::height(self.entries.end - entry);
                        with_height!(V, height, M => self.add::<V, M, W>(rows.clone(), entry, out));
                        entry += height;
                    }
                },
            );
        }
    }

    #[inline(always)]
    unsafe fn add<V: Vector<E>, const M: usize, const W: usize>(&self, rows: Range<usize>, entry: usize, out: usize) {
        let OuterProducts {
            sizes,
            planes,
            taps,
            rows: places,
        } = self.products;
        let padded = self.products.padded_outs::<E>();
        let [_, _, width] = sizes.output();
        // SAFETY: every place lies within the planes, the gradients and the sums.
        unsafe {
            let x: [*const E; M] = core::array::from_fn(|i| {
                let (channel, tap) = ((entry + i) / taps.len(), (entry + i) % taps.len());
                self.x.as_ptr().add(channel * planes.channel() + taps[tap])
            });
            let mut gradient = self.gradients.as_ptr().add(rows.start * width * padded + out);
            let mut sums = [[V::splat(E::zero()); W]; M];
            for &place in &places[rows] {
                let x = x.map(|x| x.add(place));
                for column in 0..width {
                    let mut g = [V::splat(E::zero()); W];
                    for (v, g) in g.iter_mut().enumerate() {
                        *g = V::load(gradient.add(v * V::LANES));
                    }
                    for (x, sums) in x.iter().zip(&mut sums) {
                        let x = V::splat(*x.add(column));
                        for v in 0..W {
                            sums[v] = g[v].mul_add(x, sums[v]);
                        }
                    }
                    gradient = gradient.wrapping_add(padded);
                }
            }
            for (i, sums) in sums.into_iter().enumerate() {
                for (v, sum) in sums.into_iter().enumerate() {
                    let to = self.sums.add((entry + i) * padded + out + v * V::LANES);
                    V::load(to).add(sum).store(to);
                }
            }
        }
    }
}
