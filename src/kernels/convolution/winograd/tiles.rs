//! From images to transformed tiles.

use super::super::super::Kernels;
use super::super::super::buffers::output;
use super::super::super::matmul::panels;
use super::super::super::simd::{SQUARE, Vector, VectorTask};
use super::transforms::Transform;
use super::{DEPTH, IN, OUT, PRODUCTS};
use core::ops::Range;

/// Transforms rows of tiles of some images, to products × channels × tiles. Whoever makes one vouches that the images are as large as
/// the sizes say, and that in `to` the numbers of a channel go as far as the [pitch](super::Winograd::pitch) of these rows.
pub struct Tiles<'a, E, T, const N: usize> {
    pub transform: T,
    pub images: &'a [E],
    pub channels: usize,
    /// Height and width of an image, and the zeros before each.
    pub size: [usize; 2],
    pub before: [usize; 2],
    /// Rows of tiles in an image, and tiles in a row.
    pub tiles: [usize; 2],
    pub rows: Range<usize>,
    pub pitch: usize,
    /// Whether the tiles of each product are packed as panels of a matrix product, [`DEPTH`] channels at a time.
    pub packed: bool,
    pub to: &'a mut [E],
}

impl<E: Kernels, T: Transform<N>, const N: usize> VectorTask<E> for Tiles<'_, E, T, N> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) {
        let (transform, [height, width]) = (self.transform, self.size);
        let (channels, before) = (self.channels, self.before);
        let [tile_rows, columns] = self.tiles;
        // A row in phases: each holds every fourth number. A last tile of more than four reaches two numbers into the next.
        let phase = columns.next_multiple_of(V::LANES.max(SQUARE)) + if N > OUT { SQUARE } else { 0 };
        let line = OUT * phase;
        let count = self.rows.len();
        let mut lines = output::<E>(count * IN * line);
        let mut phases = output::<E>(count * IN * line);
        let mut zeros = output::<E>(width);
        lines.fill(E::zero());
        zeros.fill(E::zero());
        let mut transformed = output::<E>(PRODUCTS * self.pitch);
        let (lines, phases, transformed) = (lines.as_mut_ptr(), phases.as_mut_ptr(), transformed.as_mut_ptr());
        // Each step is done for all rows before the next, so that it does not wait for what was only just stored.
        for channel in 0..channels {
            // SAFETY: the places lie within the images, the lines and the rows of `to`.
            unsafe {
                V::apart(
                    #[inline(always)]
                    || {
                        for (i, row) in self.rows.clone().enumerate() {
                            let image = (row / tile_rows * channels + channel) * height * width;
                            let image = self.images.as_ptr().add(image);
                            let rows: [*const E; N] = core::array::from_fn(|i| {
                                let h = (row % tile_rows * OUT + i).checked_sub(before[0]);
                                h.filter(|&h| h < height)
                                    .map_or(zeros.as_ptr(), |h| image.add(h * width))
                            });
                            let to = lines.add(i * IN * line + before[1]);
                            store_transformed::<E, V, _, N>(transform, rows, width, to, line);
                        }
                        let rows = Rows {
                            lines,
                            phases,
                            count,
                            phase,
                        };
                        rows.store_tiles::<V, _, N>(transform, columns, transformed, self.pitch);
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
                    V::load_up_to(from, self.tiles - tile).store(to);
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
unsafe fn store_transformed<E: Kernels, V: Vector<E>, T: Transform<N>, const N: usize>(
    transform: T,
    rows: [*const E; N],
    width: usize,
    to: *mut E,
    line: usize,
) {
    for at in (0..width).step_by(V::LANES) {
        let count = width - at;
        // SAFETY: the caller's.
        unsafe {
            let t = transform.of(rows.map(|row| V::load_up_to(row.add(at), count)));
            (0..IN).for_each(|i| t[i].store_up_to(to.add(i * line + at), count));
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
    unsafe fn store_tiles<V: Vector<E>, T: Transform<N>, const N: usize>(
        &self,
        transform: T,
        columns: usize,
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
                        for (w, t) in transform.of(core::array::from_fn(number)).into_iter().enumerate() {
                            t.store(to.add(w * pitch));
                        }
                    }
                }
            }
        }
    }
}
