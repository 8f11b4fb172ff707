//! The heart of the forward convolution and of the input gradient: planes, correlated with weights, give planes.
//!
//! A tile of some output channels times some vectors of neighbouring positions is held in registers while all channels
//! and taps of the source go by: each adds, to every sum of the tile, a vector of the source times one weight in all
//! lanes. Positions run along rows, or, where that wastes fewer lanes, through a whole plane, over the ends of its rows;
//! what is computed there is not stored.

use super::super::Kernels;
use super::super::buffers::{Buffer, Solid, output};
use super::super::simd::{self, MOST_LANES, Vector, VectorTask, lanes, with_height, with_vectors, with_width};
use core::ops::Range;

/// The most vectors in a tile of one or two output channels.
const WIDEST: usize = 6;

/// The vectors of a tile, where so many are to be computed for so many output channels. Few sizes are enough: every size
/// is a kernel to compile.
fn wide<E: Kernels>(vectors: usize, outs: usize) -> usize {
    let wide = simd::wide::<E>();
    match vectors {
        WIDEST.. if outs <= 2 => WIDEST,
        4 => 2,
        _ => vectors.min(wide),
    }
}

/// Bytes of source that a band of tiles reads, small enough to stay in the second-level cache meanwhile.
const BAND: usize = 1 << 18;

/// The least number of positions for which it pays to pack the weights.
const PACKED_FROM: usize = 1 << 7;

/// One product of a sum: where the source and the weight lie, from those of the position and of the channel.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Tap {
    pub source: usize,
    pub weight: usize,
}

// SAFETY: two numbers of one size.
unsafe impl Solid for Tap {
    const PLAIN: bool = true;
}

/// Positions that are computed together.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Tile {
    /// Where the first lies in the source's planes.
    source: usize,
    /// How many vectors they are.
    wide: usize,
    /// For each vector, which lanes are stored.
    chosen: [u32; WIDEST],
    /// For each vector, where in the output's plane the first of them is stored.
    out: [usize; WIDEST],
}

// SAFETY: numbers, and nothing between them.
unsafe impl Solid for Tile {
    const PLAIN: bool = true;
}
const _: () = assert!(size_of::<Tile>() == (2 + WIDEST) * size_of::<usize>() + WIDEST * size_of::<u32>());

/// A grid of output positions.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    /// Positions along depth, height and width.
    pub counts: [usize; 3],
    /// From one position to the next in the source's planes, along depth and height; along the width it is 1.
    pub source_step: [usize; 2],
    /// Where the first lies in the output's plane.
    pub first: usize,
    /// From one position to the next in the output's plane.
    pub step: [usize; 3],
}

impl Grid {
    /// Whether positions run through whole planes rather than along rows: the vectors needed decide. Then the output's
    /// rows must lie one behind the other.
    fn is_flat(&self, lanes: usize) -> bool {
        let [_, height, width] = self.counts;
        self.step[2] == 1
            && self.step[1] == width
            && ((height.max(1) - 1) * self.source_step[1] + width).div_ceil(lanes) <= height * width.div_ceil(lanes)
    }

    /// The length of a run of positions: a plane or a row.
    fn run(&self, lanes: usize) -> usize {
        let [_, height, width] = self.counts;
        if self.is_flat(lanes) {
            (height - 1) * self.source_step[1] + width
        } else {
            width
        }
    }

    /// Whether the tiles of this grid read nothing behind the last position.
    pub fn reads_within<E: Kernels>(&self, outs: usize) -> bool {
        let (lanes, run) = (lanes::<E>(), self.run(lanes::<E>()));
        run >= wide::<E>(run.div_ceil(lanes), outs) * lanes
    }

    /// No more tiles than this.
    fn most_tiles(&self, lanes: usize) -> usize {
        self.counts[0] * self.counts[1] * self.counts[2].div_ceil(lanes)
    }

    /// The tiles, one after another.
    fn for_each_tile<E: Kernels>(&self, outs: usize, mut visit: impl FnMut(Tile)) {
        let lanes = lanes::<E>();
        let [depth, height, width] = self.counts;
        if depth * height * width == 0 {
            return;
        }
        let rows_per_run = if self.is_flat(lanes) { height } else { 1 };
        let run = self.run(lanes);
        for first_row in (0..depth * height).step_by(rows_per_run) {
            let (d, h) = (first_row / height, first_row % height);
            let source = d * self.source_step[0] + h * self.source_step[1];
            let out = self.first + d * self.step[0] + h * self.step[1];
            for_each_tile_of_run::<E>(run, outs, |start, from, wide| {
                let mut tile = Tile {
                    source: source + start,
                    wide,
                    chosen: [0; WIDEST],
                    out: [0; WIDEST],
                };
                for vector in 0..wide {
                    let lane0 = start + vector * lanes;
                    let (chosen, place) = self.stored(width, lane0, from.max(lane0)..(lane0 + lanes).min(run));
                    (tile.chosen[vector], tile.out[vector]) = (chosen, out + place);
                }
                visit(tile);
            });
        }
    }

    /// Which lanes of the vector from `lane0` on, among the positions `among` of a run, are stored, and where the first.
    fn stored(&self, width: usize, lane0: usize, among: Range<usize>) -> (u32, usize) {
        let (mut chosen, mut place) = (0, None);
        let mut at = among.start;
        while at < among.end {
            let (row, column) = (at / self.source_step[1], at % self.source_step[1]);
            if column < width {
                let count = (width - column).min(among.end - at);
                chosen |= (((1_u64 << count) - 1) << (at - lane0)) as u32;
                place.get_or_insert(row * self.step[1] + column * self.step[2]);
            }
            at += self.source_step[1] - column;
        }
        (chosen, place.unwrap_or(0))
    }
}

/// Cuts a run of positions into tiles: `visit(start, first not in a tile before, vectors)`. The last tile starts early
/// enough to end with the run, if the run is as long as a tile.
fn for_each_tile_of_run<E: Kernels>(run: usize, outs: usize, mut visit: impl FnMut(usize, usize, usize)) {
    let lanes = lanes::<E>();
    let mut at = 0;
    while at < run {
        let wide = wide::<E>((run - at).div_ceil(lanes), outs);
        let start = if at + wide * lanes <= run {
            at
        } else {
            run.saturating_sub(wide * lanes)
        };
        visit(start, at, wide);
        at += wide * lanes;
    }
}

/// One grid of output positions with the taps that it sums.
#[derive(Clone, Copy)]
#[repr(C)]
struct Part {
    taps: [usize; 2],
    tiles: [usize; 2],
    step: usize,
}

// SAFETY: numbers of one size.
unsafe impl Solid for Part {
    const PLAIN: bool = true;
}

/// Everything about a sweep that the sizes alone decide.
pub struct Plan {
    parts: Buffer<Part>,
    taps: Buffer<Tap>,
    tiles: Buffer<Tile>,
    lanes: usize,
    /// Output channels.
    pub outs: usize,
    /// Source channels.
    pub channels: usize,
    /// From one source channel to the next.
    pub channel: usize,
    /// From the weights of one source channel to those of the next.
    pub weight_channel: usize,
    /// From the weights of one output channel to those of the next.
    pub weight_out: usize,
    /// From one output channel to the next.
    pub out_channel: usize,
}

impl Plan {
    /// A plan of so many grids with so many taps in all; `part(i, taps)` gives each grid, and gives its taps to `taps`.
    pub fn new<E: Kernels>(
        [outs, channels, channel, weight_channel, weight_out, out_channel]: [usize; 6],
        grids: impl Iterator<Item = Grid> + Clone,
        all_taps: usize,
        mut taps_of: impl FnMut(usize, &mut dyn FnMut(Tap)),
    ) -> Plan {
        let lanes = lanes::<E>();
        let mut plan = Plan {
            parts: output(grids.clone().count()),
            taps: output(all_taps),
            tiles: output(grids.clone().map(|grid| grid.most_tiles(lanes)).sum()),
            lanes,
            outs,
            channels,
            channel,
            weight_channel,
            weight_out,
            out_channel,
        };
        let (mut taps, mut tiles) = (0, 0);
        for (i, grid) in grids.enumerate() {
            let first = (taps, tiles);
            taps_of(i, &mut |tap| {
                plan.taps[taps] = tap;
                taps += 1;
            });
            grid.for_each_tile::<E>(outs, |tile| {
                plan.tiles[tiles] = tile;
                tiles += 1;
            });
            plan.parts[i] = Part {
                taps: [first.0, taps],
                tiles: [first.1, tiles],
                step: grid.step[2],
            };
        }
        plan
    }

    /// How many grids there are.
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// How many tiles there are in a grid.
    pub fn tiles(&self, part: usize) -> usize {
        let [from, to] = self.parts[part].tiles;
        to - from
    }

    /// The units of work of one tile of a grid.
    pub fn cost(&self, part: usize) -> usize {
        let [from, to] = self.parts[part].taps;
        (to - from) * self.channels * self.outs + 64
    }

    /// The weights of some groups, each in the order in which the tiles meet them, if so many positions make it pay.
    pub fn pack<E: Kernels>(&self, weight: &[E], groups: usize, positions: usize) -> Option<Buffer<E>> {
        (positions >= PACKED_FROM).then(|| {
            let mut packed = output(weight.len());
            let group = (weight.len() / groups).max(1);
            for (weight, packed) in weight.chunks_exact(group).zip(packed.chunks_exact_mut(group)) {
                with_vectors(Packing {
                    plan: self,
                    weight,
                    packed,
                });
            }
            packed
        })
    }

    /// The products of one source channel and one output channel, with those of lanes that are not stored.
    pub fn products(&self) -> usize {
        let of = |part: &Part| {
            let vectors: usize = self.tiles[part.tiles[0]..part.tiles[1]]
                .iter()
                .map(|tile| tile.wide)
                .sum();
            (part.taps[1] - part.taps[0]) * vectors * self.lanes
        };
        self.parts.iter().map(of).sum()
    }
}

/// Weights to be packed: for each grid, and the output channels of each of its tiles, those of one tap side by side, and
/// the taps of one source channel one behind the other. Then a tile reads them from one place that moves on evenly.
struct Packing<'a, E> {
    plan: &'a Plan,
    weight: &'a [E],
    packed: &'a mut [E],
}

impl<E: Kernels> VectorTask<E> for Packing<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) {
        let plan = self.plan;
        let mut packed = self.packed.iter_mut();
        for part in plan.parts.iter() {
            let mut first = 0;
            while first < plan.outs {
                let height = V::height(plan.outs - first);
                for channel in 0..plan.channels {
                    for tap in &plan.taps[part.taps[0]..part.taps[1]] {
                        let from = first * plan.weight_out + channel * plan.weight_channel + tap.weight;
                        let weights = self.weight[from..].iter().step_by(plan.weight_out).take(height);
                        weights.zip(&mut packed).for_each(|(&weight, packed)| *packed = weight);
                    }
                }
                first += height;
            }
        }
    }
}

/// Planes to correlate. What must hold for the output and the places is said at [`Sweep::run`], the only use of it.
pub struct Sweep<'a, E> {
    pub plan: &'a Plan,
    /// The planes of the source's channels.
    pub source: &'a [E],
    /// The weights of one group.
    pub weight: &'a [E],
    /// Whether they are packed.
    pub packed: bool,
    /// One number for each output channel, where sums begin.
    pub bias: Option<&'a [E]>,
    /// The output's planes, all of them, of which this sweep writes the chosen tiles alone.
    pub out: *mut E,
    pub part: usize,
    pub tiles: Range<usize>,
}

impl<E: Kernels> Sweep<'_, E> {
    /// Computes the chosen tiles of all output channels.
    ///
    /// # Safety
    ///
    /// The plan's places must lie within the slices and the output, and nobody else may use these tiles of the output.
    pub unsafe fn run(self) {
        with_vectors(self);
    }
}

impl<E: Kernels> VectorTask<E> for Sweep<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) {
        // SAFETY: the caller's.
        unsafe {
            if self.packed {
                self.run_blocks::<V, true>();
            } else {
                self.run_blocks::<V, false>();
            }
        }
    }
}

impl<E: Kernels> Sweep<'_, E> {
    /// # Safety
    ///
    /// As for [`Sweep::run`], and the processor must have the instructions.
    #[inline(always)]
    unsafe fn run_blocks<V: Vector<E>, const PACKED: bool>(&self) {
        let plan = self.plan;
        let part = plan.parts[self.part];
        let taps = &plan.taps[part.taps[0]..part.taps[1]];
        let tiles = &plan.tiles[part.tiles[0]..part.tiles[1]][self.tiles.clone()];
        let band = (BAND / (plan.channels * V::WIDE * V::LANES * size_of::<E>()).max(1)).max(1);
        for tiles in tiles.chunks(band) {
            let mut first = 0;
            while first < plan.outs {
                let weights = if PACKED {
                    plan.channels * (part.taps[0] * plan.outs + first * taps.len())
                } else {
                    first * plan.weight_out
                };
                let block = Block::<E, PACKED> {
                    sweep: self,
                    weight: &self.weight[weights..],
                    taps,
                    tiles,
                    step: part.step,
                    first,
                };
                // SAFETY: the caller vouches for the places and the instructions.
                first += unsafe { block.run::<V>(plan.outs - first) };
            }
        }
    }
}

/// The tiles of some output channels.
struct Block<'a, E, const PACKED: bool> {
    sweep: &'a Sweep<'a, E>,
    /// The weights from those of the first of the output channels on.
    weight: &'a [E],
    taps: &'a [Tap],
    tiles: &'a [Tile],
    step: usize,
    first: usize,
}

impl<E: Kernels, const PACKED: bool> Block<'_, E, PACKED> {
    /// Computes as many of so many output channels as there is a kernel for; gives how many that was.
    ///
    /// # Safety
    ///
    /// As for [`Sweep::run`], and the processor must have the instructions.
    #[inline(always)]
    unsafe fn run<V: Vector<E>>(&self, outs: usize) -> usize {
        // SAFETY: the caller's.
        unsafe { with_height!(V, V::height(outs), O => self.run_outs::<V, O>()) }
    }

    #[inline(always)]
    unsafe fn run_outs<V: Vector<E>, const O: usize>(&self) -> usize {
        // SAFETY: the caller's.
        unsafe {
            V::apart(
                #[inline(always)]
                || {
                    for tile in self.tiles {
                        match tile.wide {
                            6 if const { O <= 2 } => self.run_tile::<V, O, 6>(tile),
                            wide => with_width!(V, wide, W => self.run_tile::<V, O, W>(tile)),
                        }
                    }
                },
            );
        }
        O
    }

    #[inline(always)]
    unsafe fn run_tile<V: Vector<E>, const O: usize, const W: usize>(&self, tile: &Tile) {
        let plan = self.sweep.plan;
        // SAFETY: the caller vouches for every place.
        unsafe {
            let mut sums = [[V::splat(E::zero()); W]; O];
            if let Some(bias) = self.sweep.bias {
                for (o, sums) in sums.iter_mut().enumerate() {
                    *sums = [V::splat(*bias.get_unchecked(self.first + o)); W];
                }
            }
            let source = self.sweep.source.as_ptr().add(tile.source);
            let weight = self.weight.as_ptr();
            let [weight_channel, weight_out] = if PACKED {
                [self.taps.len() * O, 1]
            } else {
                [plan.weight_channel, plan.weight_out]
            };
            for channel in 0..plan.channels {
                let source = source.add(channel * plan.channel);
                let weight = weight.add(channel * weight_channel);
                for (t, tap) in self.taps.iter().enumerate() {
                    let at = source.add(tap.source);
                    let mut x = [V::splat(E::zero()); W];
                    for (v, x) in x.iter_mut().enumerate() {
                        *x = V::load(at.add(v * V::LANES));
                    }
                    let weight = weight.add(if PACKED { t * O } else { tap.weight });
                    for (o, sums) in sums.iter_mut().enumerate() {
                        let w = V::splat(*weight.add(o * weight_out));
                        for v in 0..W {
                            sums[v] = x[v].mul_add(w, sums[v]);
                        }
                    }
                }
            }
            let out = self.sweep.out.add(self.first * plan.out_channel);
            for (o, sums) in sums.iter().enumerate() {
                for (v, &sums) in sums.iter().enumerate() {
                    let out = out.add(o * plan.out_channel + tile.out[v]);
                    store(sums, tile.chosen[v], self.step, out);
                }
            }
        }
    }
}

/// Stores the chosen lanes, `step` apart.
///
/// # Safety
///
/// `out` must be good for that, and the processor must have the instructions.
#[inline(always)]
unsafe fn store<E: Kernels, V: Vector<E>>(sums: V, chosen: u32, step: usize, out: *mut E) {
    // SAFETY: the caller's; no vector has more lanes.
    unsafe {
        if step != 1 {
            let mut lanes = [E::zero(); MOST_LANES];
            sums.store(lanes.as_mut_ptr());
            let first = chosen.trailing_zeros() as usize;
            for i in 0..chosen.count_ones() as usize {
                out.add(i * step).write(lanes[first + i]);
            }
        } else if chosen == ((1_u64 << V::LANES) - 1) as u32 {
            sums.store(out);
        } else {
            sums.store_chosen(chosen, out);
        }
    }
}
