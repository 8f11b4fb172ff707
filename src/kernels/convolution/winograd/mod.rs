//! Convolution by a kernel of 3×3 without stride or dilation, with a quarter of the multiplications.
//!
//! Winograd's minimal filtering F(4×4, 3×3) gives a tile of 4×4 outputs from 6×6 inputs `d` and a kernel `g` by 36
//! products in place of 144 (Winograd 1980, "Arithmetic complexity of computations"; Lavin & Gray 2015, "Fast algorithms
//! for convolutional neural networks", whose matrices these are):
//!
//! `y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A`
//!
//! Summed over channels, each of the 36 products is a matrix product of its own: output channels × channels by channels ×
//! tiles. The gradient of the kernel follows by transposing the formula, with the gradient `e` of a tile's outputs:
//!
//! `dg = Gᵀ [Σ (A e Aᵀ) ⊙ (Bᵀ d B)] G`
//!
//! and the gradient of the input is the same convolution with the kernel turned by half a turn.
//!
//! The matrices interpolate at 0, ±1, ±2 and ∞, whose powers make rounding errors larger than those of a plain sum:
//! within 5e-5 of the largest result in `f32`, for up to some hundreds of channels (the tests show it). And since a tile's sums
//! and differences come before its products, an infinity or NaN makes NaN of the whole tile's outputs, not of its neighbours alone.

mod products;
mod sums;
mod tiles;
mod transforms;

use super::super::buffers::{Buffer, output};
use super::super::simd::{lanes, wide, with_vectors};
use super::super::{Kernels, parallel};
use super::Convolution;
use core::ops::Range;
use products::{Products, TransformKernels};
use sums::{KernelGradients, Sums};
use tiles::Tiles;
use transforms::{OfGradient, OfSource};

/// The side of a tile of outputs.
const OUT: usize = 4;

/// The side of a tile of inputs.
const IN: usize = 6;

/// The side of the kernel.
const KERNEL: usize = 3;

/// The products of a tile.
const PRODUCTS: usize = IN * IN;

/// Terms of a matrix product that are summed together.
const DEPTH: usize = 256;

/// Bytes of transformed inputs that are worked on together.
const SOURCES: usize = 1 << 20;

/// Bytes of products that are worked on together.
const RESULTS: usize = 1 << 20;

/// Bytes of transformed inputs or gradients of which a weight gradient sums the products together.
const SUMMED: usize = 1 << 21;

/// What is convolved: forward the input, and for the input's gradient the gradient of the output.
#[derive(Clone, Copy, Debug)]
pub struct Winograd {
    batch: usize,
    channels: usize,
    outs: usize,
    /// Height and width of the source, and the zeros before each.
    input: [usize; 2],
    before: [usize; 2],
    output: [usize; 2],
    /// From the weights of one output channel, and of one source channel, to the next, and whether they are turned round.
    weight_out: usize,
    weight_channel: usize,
    turned: bool,
}

impl Winograd {
    /// Forward, where the sizes allow it and it is faster.
    pub fn forward(sizes: &Convolution) -> Option<Winograd> {
        let winograd = Winograd::any_forward(sizes)?;
        winograd.pays().then_some(winograd)
    }

    /// The input's gradient, where the sizes allow it and it is faster.
    pub fn input_gradient(sizes: &Convolution) -> Option<Winograd> {
        let winograd = Winograd::any_input_gradient(sizes)?;
        winograd.pays().then_some(winograd)
    }

    /// The weight's gradient, where the sizes allow it and it is faster.
    pub fn weight_gradient(sizes: &Convolution) -> Option<Winograd> {
        let winograd = Winograd::any_forward(sizes)?;
        winograd.gradient_pays().then_some(winograd)
    }

    fn any_forward(sizes: &Convolution) -> Option<Winograd> {
        let [depth, height, width] = sizes.windows;
        let fits = |window: super::Window| {
            (window.kernel, window.stride, window.dilation) == (KERNEL, 1, 1)
                && window.padding.0.max(window.padding.1) < KERNEL
        };
        let flat = depth
            == super::Window {
                input: 1,
                ..super::Window::ABSENT
            };
        let [_, out_height, out_width] = sizes.output();
        (sizes.groups == 1 && flat && fits(height) && fits(width)).then_some(Winograd {
            batch: sizes.batch,
            channels: sizes.in_channels,
            outs: sizes.out_channels,
            input: [height.input, width.input],
            before: [height.padding.0, width.padding.0],
            output: [out_height, out_width],
            weight_out: sizes.in_channels * KERNEL * KERNEL,
            weight_channel: KERNEL * KERNEL,
            turned: false,
        })
    }

    fn any_input_gradient(sizes: &Convolution) -> Option<Winograd> {
        let forward = Winograd::any_forward(sizes)?;
        Some(Winograd {
            channels: forward.outs,
            outs: forward.channels,
            input: forward.output,
            before: forward.before.map(|before| KERNEL - 1 - before),
            output: forward.input,
            weight_out: forward.weight_channel,
            weight_channel: forward.weight_out,
            turned: true,
            ..forward
        })
    }

    /// Rows of tiles in an image, and tiles in a row.
    fn tiles(&self) -> [usize; 2] {
        self.output.map(|length| length.div_ceil(OUT))
    }

    /// Rows of tiles in all images.
    fn rows(&self) -> usize {
        self.batch * self.tiles()[0]
    }

    /// Whether this takes less time than the plain sums. The units are multiplications of the matrix products; what a
    /// transformed number costs in them was measured.
    fn pays(&self) -> bool {
        self.cost_of_products() + self.cost_of_transforms() < self.cost_of_plain_sums()
    }

    /// [`Self::pays`] for the weight's gradient: with the lanes' totals of each block of tiles besides.
    fn gradient_pays(&self) -> bool {
        const TOTAL: usize = 24;
        let tiles = self.rows() * self.tiles()[1];
        let blocks = tiles.div_ceil((SUMMED / (PRODUCTS * self.channels.max(self.outs) * 4)).max(48));
        let totals = PRODUCTS * self.channels * self.outs * blocks * TOTAL;
        self.cost_of_products() + self.cost_of_transforms() + totals < self.cost_of_plain_sums()
    }

    fn cost_of_plain_sums(&self) -> usize {
        KERNEL * KERNEL * self.channels * self.outs * self.batch * self.output.iter().product::<usize>()
    }

    fn cost_of_products(&self) -> usize {
        PRODUCTS * self.channels * self.outs * self.rows() * self.tiles()[1]
    }

    fn cost_of_transforms(&self) -> usize {
        const TILE: usize = 10;
        const WEIGHT: usize = 12;
        let tiles = self.rows() * self.tiles()[1].next_multiple_of(8);
        PRODUCTS * ((self.channels + self.outs) * tiles * TILE + self.channels * self.outs * WEIGHT)
    }

    /// How many rows of tiles are worked on together, where the transformed numbers of a tile are so many: of the numbers
    /// of rows that fit in some bytes, one that fills the panels of the products well.
    fn rows_together<E: Kernels>(&self, numbers: usize, bytes: usize) -> usize {
        let columns = self.tiles()[1];
        let tiles = (bytes / (numbers * size_of::<E>())).max(48);
        let most = (tiles / columns).clamp(1, self.rows());
        let panel = wide::<E>() * lanes::<E>();
        // In 64ths, so that of those that are about as good it is the last.
        let used = |rows: &usize| 64 * rows * columns / (rows * columns).next_multiple_of(panel);
        (most.div_ceil(2)..=most).max_by_key(used).expect("one is there")
    }

    /// From the numbers of one channel to the next, of so many rows of tiles: whole vectors, with room for what the last
    /// ones of each row compute beyond.
    fn pitch<E: Kernels>(&self, rows: usize) -> usize {
        let columns = self.tiles()[1];
        ((rows - 1) * columns + columns.next_multiple_of(lanes::<E>())).next_multiple_of(lanes::<E>())
    }

    /// The units of work (see [`parallel`]) of one row of tiles.
    fn cost(&self) -> usize {
        self.tiles()[1] * PRODUCTS * (self.channels * self.outs / 16 + self.channels + self.outs)
    }

    /// `out = source * weight + bias`.
    pub fn convolve<E: Kernels>(&self, source: &[E], weight: &[E], bias: Option<&[E]>, out: &mut [E]) {
        let kernels = self.kernels(weight);
        let out = parallel::SharedPointer(out.as_mut_ptr());
        let together = self.rows_together::<E>(PRODUCTS * self.channels, SOURCES);
        parallel::map_ranges(self.rows().div_ceil(together), together * self.cost(), |blocks| {
            let pitch = self.pitch::<E>(together);
            let numbers = PRODUCTS * pitch;
            let outs = (RESULTS / (numbers * size_of::<E>()) / 12 * 12).clamp(12, self.outs.max(12));
            let mut sources = output(numbers * self.channels);
            let mut results = output(numbers * outs.min(self.outs));
            for block in blocks {
                let rows = block * together..((block + 1) * together).min(self.rows());
                with_vectors(self.sources(source, rows.clone(), pitch, true, &mut sources));
                for first in (0..self.outs).step_by(outs) {
                    with_vectors(Products {
                        sizes: self,
                        kernels: &kernels,
                        sources: &sources,
                        rows: rows.clone(),
                        outs: first..(first + outs).min(self.outs),
                        pitch,
                        bias,
                        results: &mut results,
                        out: out.pointer(),
                    });
                }
            }
        });
    }

    /// What transforms rows of tiles of the source.
    fn sources<'a, E>(
        &self,
        images: &'a [E],
        rows: Range<usize>,
        pitch: usize,
        packed: bool,
        to: &'a mut [E],
    ) -> Tiles<'a, E, OfSource, IN> {
        Tiles {
            transform: OfSource,
            images,
            channels: self.channels,
            size: self.input,
            before: self.before,
            tiles: self.tiles(),
            rows,
            pitch,
            packed,
            to,
        }
    }

    /// The transformed kernels: products × output channels × channels.
    fn kernels<E: Kernels>(&self, weight: &[E]) -> Buffer<E> {
        let mut kernels = output(PRODUCTS * self.outs * self.channels);
        let to = parallel::SharedPointer(kernels.as_mut_ptr());
        parallel::map_ranges(self.outs, self.channels * PRODUCTS, |outs| {
            with_vectors(TransformKernels {
                sizes: self,
                weight,
                outs,
                to: to.pointer(),
            });
        });
        kernels
    }

    /// `dw`, from the input and the gradient of the output.
    pub fn correlate<E: Kernels>(&self, x: &[E], grad: &[E], dw: &mut [E]) {
        let together = self.rows_together::<E>(PRODUCTS * self.channels.max(self.outs), SUMMED);
        let blocks = self.rows().div_ceil(together);
        let pieces = if parallel::worth_splitting(self.rows() * self.cost()) {
            parallel::threads().min(blocks)
        } else {
            1
        };
        let length = PRODUCTS * self.outs * self.channels;
        let mut sums = output::<E>(pieces * length);
        let shared = parallel::SharedPointer(sums.as_mut_ptr());
        let sum = |piece: usize| {
            // SAFETY: every piece has its own part of the sums.
            let sums = unsafe { core::slice::from_raw_parts_mut(shared.pointer().add(piece * length), length) };
            sums.fill(E::zero());
            let pitch = self.pitch::<E>(together);
            let mut sources = output(PRODUCTS * pitch * self.channels);
            let mut gradients = output(PRODUCTS * pitch * self.outs);
            for block in piece * blocks / pieces..(piece + 1) * blocks / pieces {
                let rows = block * together..((block + 1) * together).min(self.rows());
                with_vectors(self.sources(x, rows.clone(), pitch, false, &mut sources));
                with_vectors(Tiles {
                    transform: OfGradient,
                    images: grad,
                    channels: self.outs,
                    size: self.output,
                    before: [0, 0],
                    tiles: self.tiles(),
                    rows: rows.clone(),
                    pitch,
                    packed: false,
                    to: &mut gradients,
                });
                with_vectors(Sums {
                    sizes: self,
                    sources: &sources,
                    gradients: &gradients,
                    pitch,
                    tiles: rows.len() * self.tiles()[1],
                    sums,
                });
            }
        };
        if pieces == 1 {
            sum(0);
        } else {
            parallel::pieces(pieces, sum);
        }
        let (first, others) = sums.split_at_mut(length);
        for sums in others.chunks(length) {
            first.iter_mut().zip(sums).for_each(|(sum, &other)| *sum += other);
        }
        with_vectors(KernelGradients {
            sizes: self,
            sums: first,
            dw,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::for_each_product;
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random, assert_close, garbage};

    /// The convolution and both gradients against plain sums in `f64`, to `tolerance` of the largest result.
    fn check<E: Kernels>(sizes: &Convolution, random: &mut Random, tolerance: f64) {
        let (forward, backward) = (Winograd::any_forward(sizes), Winograd::any_input_gradient(sizes));
        let (forward, backward) = (forward.expect("a 3×3 kernel"), backward.expect("a 3×3 kernel"));
        let x = random.numbers::<E>(sizes.input_len());
        let weight = random.numbers::<E>(sizes.weight_len());
        let bias = random.numbers::<E>(sizes.out_channels);
        let grad = random.numbers::<E>(sizes.output_len());
        let number = |x: E| x.to_f64().expect("a float");
        let plane: usize = sizes.output().iter().product();
        let mut out: Vec<f64> = (0..grad.len())
            .map(|i| number(bias[i / plane % sizes.out_channels]))
            .collect();
        let (mut dx, mut dw) = (vec![0.0; x.len()], vec![0.0; weight.len()]);
        for_each_product(sizes, |o, i, w| {
            out[o] += number(x[i]) * number(weight[w]);
            dx[i] += number(grad[o]) * number(weight[w]);
            dw[w] += number(grad[o]) * number(x[i]);
        });
        let close = |found: Vec<E>, expected: &[f64]| {
            let found: Vec<f64> = found.into_iter().map(number).collect();
            assert_close(&found, expected, tolerance);
        };
        let mut found = garbage(out.len());
        forward.convolve(&x, &weight, Some(&bias), &mut found);
        close(found, &out);
        let mut found = garbage(dx.len());
        backward.convolve(&grad, &weight, None, &mut found);
        close(found, &dx);
        let mut found = garbage(dw.len());
        forward.correlate(&x, &grad, &mut found);
        close(found, &dw);
    }

    #[test]
    fn random_sizes() {
        for seed in 0..ROUNDS / 2 {
            let mut random = Random::new(seed);
            let [batch, channels, outs] = [1..=3, 1..=17, 1..=17].map(|range| random.size(range));
            let input = [0; 2].map(|_| random.size(3..=21));
            let padding = [0; 2].map(|_| (random.size(0..=2), random.size(0..=2)));
            let sizes = Convolution::new(batch, channels, outs, input, [3, 3]).padding(padding);
            check::<f32>(&sizes, &mut random, 5e-5);
            check::<f64>(&sizes, &mut random, 1e-13);
        }
    }

    /// The bound that the head of this file states.
    #[test]
    #[cfg_attr(miri, ignore = "too slow")]
    fn errors_stay_within_the_stated_bound() {
        let mut random = Random::new(1);
        for (batch, channels, outs, side) in [(1, 300, 20, 9), (1, 20, 300, 9), (40, 6, 5, 12), (1, 64, 64, 28)] {
            let sizes = Convolution::new(batch, channels, outs, [side, side], [3, 3]).padding([(1, 1), (1, 1)]);
            check::<f32>(&sizes, &mut random, 5e-5);
        }
    }

    #[test]
    fn only_where_it_pays_and_fits() {
        let sizes = Convolution::new(8, 64, 64, [28, 28], [3, 3]).padding([(1, 1), (1, 1)]);
        assert!(Winograd::forward(&sizes).is_some() && Winograd::input_gradient(&sizes).is_some());
        assert!(Winograd::weight_gradient(&sizes).is_some());
        let few = Convolution::new(8, 3, 8, [28, 28], [3, 3]);
        let many_weights = Convolution::new(1, 512, 512, [7, 7], [3, 3]).padding([(1, 1), (1, 1)]);
        for sizes in [few, many_weights] {
            assert!(Winograd::forward(&sizes).is_none() && Winograd::weight_gradient(&sizes).is_none());
        }
        for sizes in [
            sizes.stride([2, 2]),
            sizes.dilation([2, 2]),
            sizes.groups(2),
            sizes.padding([(3, 1), (1, 1)]),
            Convolution::new(8, 64, 64, [28, 28], [3, 5]),
            Convolution::new(8, 64, 64, [28, 28, 28], [1, 3, 3]),
        ] {
            assert!(Winograd::any_forward(&sizes).is_none());
        }
    }
}
