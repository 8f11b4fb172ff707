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
//! The tiles' corners are the points 0, ±1, ±2 and ∞, whose powers make rounding errors larger than those of a plain sum:
//! within 5e-5 of the largest result in `f32`, for up to some hundreds of channels (the tests show it).

use super::super::buffers::{Buffer, output};
use super::super::matmul::{Block, Strided, panels};
use super::super::simd::{MOST_LANES, SQUARE, Vector, VectorTask, lanes, wide, with_vectors};
use super::super::{Kernels, number, parallel};
use super::Convolution;
use core::ops::Range;

/// The side of a tile of outputs.
const OUT: usize = 4;

/// The side of a tile of inputs.
const IN: usize = 6;

/// The side of the kernel.
const KERNEL: usize = 3;

/// The products of a tile.
const PRODUCTS: usize = IN * IN;

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
                with_vectors(Sources {
                    sizes: self,
                    source,
                    rows: rows.clone(),
                    pitch,
                    packed: true,
                    to: &mut sources,
                });
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
                with_vectors(Sources {
                    sizes: self,
                    source: x,
                    rows: rows.clone(),
                    pitch,
                    packed: false,
                    to: &mut sources,
                });
                with_vectors(Gradients {
                    sizes: self,
                    grad,
                    rows: rows.clone(),
                    pitch,
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

/// `Bᵀ d`.
#[inline(always)]
unsafe fn source_transform<E: Kernels, V: Vector<E>>(d: [V; IN]) -> [V; IN] {
    // SAFETY: the caller has the instructions; so it is in the other transforms.
    unsafe {
        let number = |x: f64| V::splat(number(x));
        let (two, four, five) = (number(2.0), number(-4.0), number(-5.0));
        let (even, odd) = (d[2].mul_add(four, d[4]), d[1].mul_add(four, d[3]));
        let (outer, inner) = (d[4].sub(d[2]), d[3].sub(d[1]));
        [
            d[0].mul_add(number(4.0), d[2].mul_add(five, d[4])),
            even.add(odd),
            even.sub(odd),
            inner.mul_add(two, outer),
            inner.mul_add(number(-2.0), outer),
            d[1].mul_add(number(4.0), d[3].mul_add(five, d[5])),
        ]
    }
}

/// `Aᵀ m`.
#[inline(always)]
unsafe fn result_transform<E: Kernels, V: Vector<E>>(m: [V; IN]) -> [V; OUT] {
    // SAFETY: see above.
    unsafe {
        let number = |x: f64| V::splat(number(x));
        let (sum1, difference1) = (m[1].add(m[2]), m[1].sub(m[2]));
        let (sum2, difference2) = (m[3].add(m[4]), m[3].sub(m[4]));
        [
            m[0].add(sum1).add(sum2),
            difference2.mul_add(number(2.0), difference1),
            sum2.mul_add(number(4.0), sum1),
            difference2.mul_add(number(8.0), difference1).add(m[5]),
        ]
    }
}

/// `A e`.
#[inline(always)]
unsafe fn gradient_transform<E: Kernels, V: Vector<E>>(e: [V; OUT]) -> [V; IN] {
    // SAFETY: see above.
    unsafe {
        let number = |x: f64| V::splat(number(x));
        let (even, odd) = (e[0].add(e[2]), e[1].add(e[3]));
        let (outer, inner) = (e[2].mul_add(number(4.0), e[0]), e[3].mul_add(number(4.0), e[1]));
        [
            e[0],
            even.add(odd),
            even.sub(odd),
            inner.mul_add(number(2.0), outer),
            inner.mul_add(number(-2.0), outer),
            e[3],
        ]
    }
}

/// `G g`.
#[inline(always)]
unsafe fn kernel_transform<E: Kernels, V: Vector<E>>(g: [V; KERNEL]) -> [V; IN] {
    // SAFETY: see above.
    unsafe {
        let number = |x: f64| V::splat(number(x));
        let zero = V::splat(E::zero());
        let (outer, middle) = (
            g[0].add(g[2]).mul_add(number(-1.0 / 6.0), zero),
            g[1].mul_add(number(1.0 / 6.0), zero),
        );
        let far = g[0].mul_add(number(1.0 / 24.0), g[2].mul_add(number(1.0 / 6.0), zero));
        let half = g[1].mul_add(number(1.0 / 12.0), zero);
        [
            g[0].mul_add(number(0.25), zero),
            outer.sub(middle),
            outer.add(middle),
            far.add(half),
            far.sub(half),
            g[2],
        ]
    }
}

/// `Gᵀ u`.
#[inline(always)]
unsafe fn kernel_gradient_transform<E: Kernels, V: Vector<E>>(u: [V; IN]) -> [V; KERNEL] {
    // SAFETY: see above.
    unsafe {
        let number = |x: f64| V::splat(number(x));
        let (sixth, zero) = (number(-1.0 / 6.0), V::splat(E::zero()));
        let near = u[1].add(u[2]).mul_add(sixth, zero);
        let far = u[3].add(u[4]);
        [
            u[0].mul_add(number(0.25), far.mul_add(number(1.0 / 24.0), near)),
            u[1].sub(u[2])
                .mul_add(sixth, u[3].sub(u[4]).mul_add(number(1.0 / 12.0), zero)),
            far.mul_add(number(1.0 / 6.0), near).add(u[5]),
        ]
    }
}

/// Transforms rows of tiles of the source, to products × channels × tiles.
struct Sources<'a, E> {
    sizes: &'a Winograd,
    source: &'a [E],
    rows: Range<usize>,
    pitch: usize,
    /// Whether the tiles of each product are packed as panels of a matrix product, [`DEPTH`] channels at a time.
    packed: bool,
    to: &'a mut [E],
}

impl<E: Kernels> VectorTask<E> for Sources<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) {
        let Winograd {
            channels,
            input: [height, width],
            before,
            ..
        } = *self.sizes;
        let [tile_rows, columns] = self.sizes.tiles();
        // A row in phases: each holds every fourth number. A last tile reaches two numbers into the next.
        let phase = columns.next_multiple_of(V::LANES.max(SQUARE)) + SQUARE;
        let line = OUT * phase;
        let count = self.rows.len();
        let mut lines = output::<E>(count * IN * line);
        let mut phases = output::<E>(count * IN * line + V::LANES);
        let mut zeros = output::<E>(width);
        lines.fill(E::zero());
        zeros.fill(E::zero());
        let mut transformed = output::<E>(PRODUCTS * self.pitch);
        let (lines, phases, transformed) = (lines.as_mut_ptr(), phases.as_mut_ptr(), transformed.as_mut_ptr());
        // Each step is done for all rows before the next, so that it does not wait for what was only just stored.
        for channel in 0..channels {
            // SAFETY: the places lie within the source, the lines and the rows of `to`.
            unsafe {
                V::apart(
                    #[inline(always)]
                    || {
                        for (i, row) in self.rows.clone().enumerate() {
                            let image = (row / tile_rows * channels + channel) * height * width;
                            let image = self.source.as_ptr().add(image);
                            let rows: [*const E; IN] = core::array::from_fn(|i| {
                                let h = (row % tile_rows * OUT + i).checked_sub(before[0]);
                                h.filter(|&h| h < height)
                                    .map_or(zeros.as_ptr(), |h| image.add(h * width))
                            });
                            let to = lines.add(i * IN * line + before[1]);
                            store_transformed::<E, V, IN>(rows, width, source_transform, to, line);
                        }
                        let rows = Rows {
                            lines,
                            phases,
                            count,
                            phase,
                        };
                        rows.store_tiles::<V, IN>(columns, source_transform, transformed, self.pitch);
                        let to = Destination {
                            transformed,
                            tiles: count * columns,
                            pitch: self.pitch,
                            channels,
                            to: self.to.as_mut_ptr(),
                        };
                        if self.packed {
                            to.pack::<V>(channel);
                        } else {
                            to.copy::<V>(channel);
                        }
                    },
                );
            }
        }
    }
}

/// Where the transformed tiles of one channel, products × tiles, go.
struct Destination<E> {
    transformed: *const E,
    tiles: usize,
    pitch: usize,
    channels: usize,
    to: *mut E,
}

impl<E: Kernels> Destination<E> {
    /// Each product's tiles one behind the other, and zeros to the end of the last vector.
    #[inline(always)]
    unsafe fn copy<V: Vector<E>>(&self, channel: usize) {
        for product in 0..PRODUCTS {
            for tile in (0..self.tiles).step_by(V::LANES) {
                // SAFETY: the caller's; so it is below.
                unsafe {
                    let from = self.transformed.add(product * self.pitch + tile);
                    let to = self.to.add((product * self.channels + channel) * self.pitch + tile);
                    match self.tiles - tile {
                        count if count < V::LANES => V::load_first(from, count).store(to),
                        _ => V::load(from).store(to),
                    }
                }
            }
        }
    }

    /// In panels, as [`Block`] reads them.
    #[inline(always)]
    unsafe fn pack<V: Vector<E>>(&self, channel: usize) {
        let first = channel / DEPTH * DEPTH;
        let depth = DEPTH.min(self.channels - first);
        let columns = self.tiles.next_multiple_of(V::LANES);
        let mut tile = 0;
        for vectors in panels(columns, V::LANES, V::WIDE) {
            let width = vectors * V::LANES;
            for product in 0..PRODUCTS {
                for at in (0..width).step_by(V::LANES) {
                    // SAFETY: the caller's.
                    unsafe {
                        let to = (product * self.channels + first) * columns + tile * depth + (channel - first) * width;
                        let from = self.transformed.add(product * self.pitch + tile + at);
                        V::load(from).store(self.to.add(to + at));
                    }
                }
            }
            tile += width;
        }
    }
}

/// Transforms the columns of some rows, so many numbers long; the transformed rows go `line` apart.
#[inline(always)]
unsafe fn store_transformed<E: Kernels, V: Vector<E>, const N: usize>(
    rows: [*const E; N],
    width: usize,
    transform: unsafe fn([V; N]) -> [V; IN],
    to: *mut E,
    line: usize,
) {
    for at in (0..width).step_by(V::LANES) {
        let count = V::LANES.min(width - at);
        // SAFETY: the caller's.
        unsafe {
            if count == V::LANES {
                let t = transform(rows.map(|row| V::load(row.add(at))));
                (0..IN).for_each(|i| t[i].store(to.add(i * line + at)));
            } else {
                let t = transform(rows.map(|row| V::load_first(row.add(at), count)));
                (0..IN).for_each(|i| t[i].store_first(to.add(i * line + at), count));
            }
        }
    }
}

/// Rows of tiles whose columns are transformed, `IN` lines each, and where their phases go: each holds every fourth number.
struct Rows<E> {
    lines: *const E,
    phases: *mut E,
    count: usize,
    phase: usize,
}

impl<E: Kernels> Rows<E> {
    /// Transforms the rows of the tiles, `N` numbers each, to products × tiles; the products go `pitch` apart.
    #[inline(always)]
    unsafe fn store_tiles<V: Vector<E>, const N: usize>(
        &self,
        columns: usize,
        transform: unsafe fn([V; N]) -> [V; IN],
        transformed: *mut E,
        pitch: usize,
    ) {
        let &Rows {
            lines,
            phases,
            count,
            phase,
        } = self;
        let line = OUT * phase;
        // SAFETY: the caller's.
        unsafe {
            for i in 0..count * IN {
                for tile in (0..phase).step_by(SQUARE) {
                    let (from, to) = (lines.add(i * line + OUT * tile), phases.add(i * line + tile));
                    E::transpose(from, OUT, to, phase);
                }
            }
            for i in 0..count {
                for h in 0..IN {
                    for tile in (0..columns).step_by(V::LANES) {
                        let to = transformed.add(h * IN * pitch + i * columns + tile);
                        let from = phases.add((i * IN + h) * line + tile);
                        let number = |k: usize| V::load(from.add(k % OUT * phase + k / OUT));
                        for (w, t) in transform(core::array::from_fn(number)).into_iter().enumerate() {
                            t.store(to.add(w * pitch));
                        }
                    }
                }
            }
        }
    }
}

/// Transforms rows of tiles of the output's gradient, to products × output channels × tiles.
struct Gradients<'a, E> {
    sizes: &'a Winograd,
    grad: &'a [E],
    rows: Range<usize>,
    pitch: usize,
    to: &'a mut [E],
}

impl<E: Kernels> VectorTask<E> for Gradients<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) {
        let Winograd {
            outs,
            output: [height, width],
            ..
        } = *self.sizes;
        let [tile_rows, columns] = self.sizes.tiles();
        let phase = columns.next_multiple_of(V::LANES.max(SQUARE));
        let line = OUT * phase;
        let count = self.rows.len();
        let mut lines = output::<E>(count * IN * line);
        let mut phases = output::<E>(count * IN * line);
        let mut zeros = output::<E>(width);
        lines.fill(E::zero());
        zeros.fill(E::zero());
        let mut transformed = output::<E>(PRODUCTS * self.pitch);
        let (lines, phases, transformed) = (lines.as_mut_ptr(), phases.as_mut_ptr(), transformed.as_mut_ptr());
        for out in 0..outs {
            // SAFETY: the places lie within the gradient, the lines and the rows of `to`.
            unsafe {
                V::apart(
                    #[inline(always)]
                    || {
                        for (i, row) in self.rows.clone().enumerate() {
                            let image = self.grad.as_ptr().add((row / tile_rows * outs + out) * height * width);
                            let first = row % tile_rows * OUT;
                            let rows: [*const E; OUT] = core::array::from_fn(|i| {
                                let there = first + i < height;
                                if there {
                                    image.add((first + i) * width)
                                } else {
                                    zeros.as_ptr()
                                }
                            });
                            let to = lines.add(i * IN * line);
                            store_transformed::<E, V, OUT>(rows, width, gradient_transform, to, line);
                        }
                        let rows = Rows {
                            lines,
                            phases,
                            count,
                            phase,
                        };
                        rows.store_tiles::<V, OUT>(columns, gradient_transform, transformed, self.pitch);
                        let to = Destination {
                            transformed,
                            tiles: count * columns,
                            pitch: self.pitch,
                            channels: outs,
                            to: self.to.as_mut_ptr(),
                        };
                        to.copy::<V>(out);
                    },
                );
            }
        }
    }
}

/// Multiplies transformed tiles and kernels, and transforms the products back. Whoever makes one vouches that nobody else uses
/// these rows of tiles of the output.
struct Products<'a, E> {
    sizes: &'a Winograd,
    kernels: &'a [E],
    sources: &'a [E],
    rows: Range<usize>,
    outs: Range<usize>,
    pitch: usize,
    bias: Option<&'a [E]>,
    results: &'a mut [E],
    out: *mut E,
}

/// Terms of a matrix product that are summed together.
const DEPTH: usize = 256;

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
                            let mut columns = [[V::splat(E::zero()); OUT]; IN];
                            for (w, column) in columns.iter_mut().enumerate() {
                                *column = result_transform(core::array::from_fn(|h| product(h * IN + w)));
                            }
                            for h in 0..OUT {
                                let row = columns.map(|column| column[h]);
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

/// Transforms the kernels of some output channels. Whoever makes one vouches that there is room for all, and that nobody else
/// uses those of these channels.
struct TransformKernels<'a, E> {
    sizes: &'a Winograd,
    weight: &'a [E],
    outs: Range<usize>,
    to: *mut E,
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
                        let mut columns = [[V::splat(E::zero()); IN]; KERNEL];
                        for (j, column) in columns.iter_mut().enumerate() {
                            *column =
                                kernel_transform(core::array::from_fn(|i| V::load(taps[i * KERNEL + j].as_ptr())));
                        }
                        for i in 0..IN {
                            let row = columns.map(|column| column[i]);
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

/// Sums the products of transformed gradients and tiles, to products × output channels × channels.
struct Sums<'a, E> {
    sizes: &'a Winograd,
    sources: &'a [E],
    gradients: &'a [E],
    pitch: usize,
    tiles: usize,
    sums: &'a mut [E],
}

impl<E: Kernels> VectorTask<E> for Sums<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(mut self) {
        let outs = self.sizes.outs;
        for product in 0..PRODUCTS {
            for out in (0..outs / 2 * 2).step_by(2) {
                // SAFETY: the caller's instructions.
                unsafe { self.add_outs::<V, 2>(product, out) };
            }
            if outs % 2 == 1 {
                // SAFETY: as above.
                unsafe { self.add_outs::<V, 1>(product, outs - 1) };
            }
        }
    }
}

impl<E: Kernels> Sums<'_, E> {
    #[inline(always)]
    unsafe fn add_outs<V: Vector<E>, const O: usize>(&mut self, product: usize, out: usize) {
        let channels = self.sizes.channels;
        // SAFETY: the caller's.
        unsafe {
            V::apart(
                #[inline(always)]
                || {
                    let fours = channels / 4 * 4;
                    for channel in (0..fours).step_by(4) {
                        self.add::<V, O, 4>(product, out, channel);
                    }
                    for channel in fours..channels {
                        self.add::<V, O, 1>(product, out, channel);
                    }
                },
            );
        }
    }

    #[inline(always)]
    unsafe fn add<V: Vector<E>, const O: usize, const C: usize>(&mut self, product: usize, out: usize, channel: usize) {
        let Winograd { channels, outs, .. } = *self.sizes;
        // SAFETY: all within the slices.
        unsafe {
            let gradients = self.gradients.as_ptr().add((product * outs + out) * self.pitch);
            let sources = self.sources.as_ptr().add((product * channels + channel) * self.pitch);
            let mut sums = [[V::splat(E::zero()); O]; C];
            for tile in (0..self.tiles).step_by(V::LANES) {
                let mut g = [V::splat(E::zero()); O];
                for (o, g) in g.iter_mut().enumerate() {
                    *g = V::load(gradients.add(o * self.pitch + tile));
                }
                for (c, sums) in sums.iter_mut().enumerate() {
                    let x = V::load(sources.add(c * self.pitch + tile));
                    for (sum, &g) in sums.iter_mut().zip(&g) {
                        *sum = x.mul_add(g, *sum);
                    }
                }
            }
            for (c, sums) in sums.into_iter().enumerate() {
                for (o, sum) in sums.into_iter().enumerate() {
                    self.sums[(product * outs + out + o) * channels + channel + c] += sum.total();
                }
            }
        }
    }
}

/// Transforms the sums back, to the gradient of the weights.
struct KernelGradients<'a, E> {
    sizes: &'a Winograd,
    sums: &'a [E],
    dw: &'a mut [E],
}

impl<E: Kernels> VectorTask<E> for KernelGradients<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) {
        // Output channel by channel, the places of `dw` run on.
        let pairs = self.sizes.outs * self.sizes.channels;
        let mut taps = [[E::zero(); MOST_LANES]; KERNEL * KERNEL];
        for first in (0..pairs).step_by(V::LANES) {
            let count = V::LANES.min(pairs - first);
            // SAFETY: the caller's instructions; all within the slices.
            unsafe {
                V::apart(
                    #[inline(always)]
                    || {
                        let sum = |i: usize| {
                            let from = self.sums.as_ptr().add(i * pairs + first);
                            if count == V::LANES {
                                V::load(from)
                            } else {
                                V::load_first(from, count)
                            }
                        };
                        let mut columns = [[V::splat(E::zero()); KERNEL]; IN];
                        for (j, column) in columns.iter_mut().enumerate() {
                            *column = kernel_gradient_transform(core::array::from_fn(|i| sum(i * IN + j)));
                        }
                        for i in 0..KERNEL {
                            let row = columns.map(|column| column[i]);
                            for (j, g) in kernel_gradient_transform(row).into_iter().enumerate() {
                                g.store(taps[i * KERNEL + j].as_mut_ptr());
                            }
                        }
                    },
                );
            }
            for (lane, dw) in self.dw[first * KERNEL * KERNEL..]
                .chunks_mut(KERNEL * KERNEL)
                .take(count)
                .enumerate()
            {
                dw.iter_mut().zip(&taps).for_each(|(dw, tap)| *dw = tap[lane]);
            }
        }
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
