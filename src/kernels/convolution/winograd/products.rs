//! The products of transformed kernels and tiles, and what they give.

use super::super::super::Kernels;
use super::super::super::buffers::output;
use super::super::super::matmul::{Block, Strided};
use super::super::super::simd::{MOST_LANES, SQUARE, Vector, VectorTask};
use super::transforms::{kernel_transform, result_transform, rows_of};
use super::{DEPTH, IN, KERNEL, OUT, PRODUCTS, Winograd};
use core::ops::Range;

/// Transforms the kernels of some output channels. Whoever makes one vouches that there is room for all, and that nobody else
/// uses those of these channels.
pub struct TransformKernels<'a, E> {
    pub sizes: &'a Winograd,
    pub weight: &'a [E],
    pub outs: Range<usize>,
    pub to: *mut E,
}

impl<E: Kernels> VectorTask<E> for TransformKernels<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) {
        let Winograd {
            channels,
            outs,
            weight_out,
            weight_channel,
            turned,
            ..
        } = *self.sizes;
        const TAPS: usize = KERNEL * KERNEL;
        let mut taps = [[E::zero(); MOST_LANES]; TAPS];
        for (out, first) in self
            .outs
            .flat_map(|out| (0..channels).step_by(V::LANES).map(move |first| (out, first)))
        {
            let count = V::LANES.min(channels - first);
            for lane in 0..count {
                let weight = &self.weight[out * weight_out + (first + lane) * weight_channel..][..TAPS];
                for (tap, taps) in taps.iter_mut().enumerate() {
                    taps[lane] = weight[if turned { TAPS - 1 - tap } else { tap }];
                }
            }
            // SAFETY: the caller's instructions; these places are this task's alone.
            unsafe {
                V::apart(
                    #[inline(always)]
                    || {
                        let column = |j: usize| core::array::from_fn(|i| V::load(taps[i * KERNEL + j].as_ptr()));
                        let rows = rows_of::<E, V, KERNEL, IN>(|j| kernel_transform(column(j)));
                        for (i, row) in rows.into_iter().enumerate() {
                            for (j, u) in kernel_transform(row).into_iter().enumerate() {
                                u.store_first(self.to.add(((i * IN + j) * outs + out) * channels + first), count);
                            }
                        }
                    },
                );
            }
        }
    }
}

/// Multiplies transformed tiles and kernels, and transforms the products back. Whoever makes one vouches that nobody else uses
/// these rows of tiles of the output.
pub struct Products<'a, E> {
    pub sizes: &'a Winograd,
    pub kernels: &'a [E],
    pub sources: &'a [E],
    pub rows: Range<usize>,
    pub outs: Range<usize>,
    pub pitch: usize,
    pub bias: Option<&'a [E]>,
    pub results: &'a mut [E],
    pub out: *mut E,
}

impl<E: Kernels> VectorTask<E> for Products<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) {
        let Winograd {
            channels,
            outs,
            output: [height, width],
            ..
        } = *self.sizes;
        let [tile_rows, columns] = self.sizes.tiles();
        let count = self.outs.len();
        let vectors = (self.rows.len() * columns).next_multiple_of(V::LANES);
        for product in 0..PRODUCTS {
            for first in (0..channels).step_by(DEPTH) {
                // SAFETY: all within the slices, whose rows are long enough for whole vectors.
                unsafe {
                    let kernels = self
                        .kernels
                        .as_ptr()
                        .add((product * outs + self.outs.start) * channels + first);
                    let block = Block {
                        a: Strided {
                            start: kernels,
                            row: channels,
                            column: 1,
                        },
                        b: self.sources.as_ptr().add((product * channels + first) * vectors),
                        b_row: None,
                        out: self.results.as_mut_ptr().add(product * count * self.pitch),
                        out_row: self.pitch,
                        depth: DEPTH.min(channels - first),
                        accumulate: first > 0,
                    };
                    block.run::<V>(0..count, 0..vectors);
                }
            }
        }
        let phase = columns.next_multiple_of(V::LANES.max(SQUARE));
        let line = OUT * phase;
        let row_count = self.rows.len();
        let mut phases = output::<E>(row_count * OUT * line);
        let mut last = [E::zero(); OUT * SQUARE];
        let phases = phases.as_mut_ptr();
        for out in self.outs.clone() {
            let bias = self.bias.map_or(E::zero(), |bias| bias[out]);
            // SAFETY: as above; these rows of tiles of the output are this task's alone.
            unsafe {
                V::apart(
                    #[inline(always)]
                    || {
                        let from = self.results.as_ptr().add((out - self.outs.start) * self.pitch);
                        for (i, tile) in
                            (0..row_count).flat_map(|i| (0..columns).step_by(V::LANES).map(move |tile| (i, tile)))
                        {
                            let product = |k: usize| V::load(from.add(k * count * self.pitch + i * columns + tile));
                            let column = |w: usize| core::array::from_fn(|h| product(h * IN + w));
                            let rows = rows_of::<E, V, IN, OUT>(|w| result_transform(column(w)));
                            for (h, row) in rows.into_iter().enumerate() {
                                for (p, y) in result_transform(row).into_iter().enumerate() {
                                    let to = phases.add((i * OUT + h) * line + p * phase + tile);
                                    y.add(V::splat(bias)).store(to);
                                }
                            }
                        }
                        for (i, row) in self.rows.clone().enumerate() {
                            let first = row % tile_rows * OUT;
                            let image = self.out.add((row / tile_rows * outs + out) * height * width);
                            for h in 0..OUT.min(height - first) {
                                let (from, to) = (phases.add((i * OUT + h) * line), image.add((first + h) * width));
                                for at in (0..width).step_by(last.len()) {
                                    let from = from.add(at / OUT);
                                    if at + last.len() <= width {
                                        E::transpose(from, phase, to.add(at), OUT);
                                    } else {
                                        E::transpose(from, phase, last.as_mut_ptr(), OUT);
                                        (at..width).for_each(|w| *to.add(w) = last[w - at]);
                                    }
                                }
                            }
                        }
                    },
                );
            }
        }
    }
}
