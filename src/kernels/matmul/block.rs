//! The product of the left side and one block of the right side.

use super::super::Kernels;
use super::super::buffers::output;
use super::super::simd::{SQUARE, Vector, prefetch, with_height, with_width};
use super::pack::panels;
use core::ops::Range;

/// Rows of the left side that are multiplied with a panel before the next: over [`DEPTH`] terms they stay in the
/// second-level cache.
const ROWS: usize = 192;

/// Bytes between the rows or columns of a left side from which on a few of them crowd into the same places of the cache,
/// so that it pays to pack them.
const FAR: usize = 1 << 11;

/// Where a matrix is, and how far apart its rows and its columns are.
#[derive(Clone, Copy)]
pub struct Strided<E> {
    pub start: *const E,
    pub row: usize,
    pub column: usize,
}

impl<E> Strided<E> {
    pub fn new(slice: &[E], rows: usize, columns: usize, transposed: bool) -> Strided<E> {
        let (row, column) = if transposed { (1, rows) } else { (columns, 1) };
        Strided {
            start: slice.as_ptr(),
            row,
            column,
        }
    }

    /// # Safety
    ///
    /// The entry must be there.
    #[inline(always)]
    pub unsafe fn at(&self, row: usize, column: usize) -> *const E {
        // SAFETY: the caller's.
        unsafe { self.start.add(row * self.row + column * self.column) }
    }
}

/// The part of a product that one block of the right side gives.
///
/// The loops around the register tiles are those of Goto & van de Geijn 2008: a panel of the right side stays in the
/// first-level cache while the tiles of some rows of the left side, which stay in the second-level cache, go by.
pub struct Block<E> {
    pub a: Strided<E>,
    pub b: *const E,
    /// From one row of the right side to the next; none where it is packed as panels.
    pub b_row: Option<usize>,
    pub out: *mut E,
    pub out_row: usize,
    pub depth: usize,
    pub accumulate: bool,
}

impl<E: Kernels> Block<E> {
    /// # Safety
    ///
    /// Everything must lie within the matrices, and the processor must have the instructions.
    #[inline(always)]
    pub unsafe fn run<V: Vector<E>>(&self, rows: Range<usize>, columns: Range<usize>) {
        let far = self.a.row.max(self.a.column) * size_of::<E>() >= FAR && columns.len() > V::WIDE * V::LANES;
        let mut packed = far.then(|| output::<E>(ROWS.min(rows.len()) * self.depth));
        for first in rows.clone().step_by(ROWS) {
            let rows = first..(first + ROWS).min(rows.end);
            let packed = packed.as_deref_mut().map(|packed| {
                // SAFETY: the caller's; there is room for so many rows.
                unsafe { self.pack_rows::<V>(rows.clone(), packed) };
                packed.as_ptr()
            });
            let (mut first, mut panel) = (columns.start, self.b);
            for vectors in panels(columns.len(), V::LANES, V::WIDE) {
                let panel_of = Panel {
                    start: panel,
                    first,
                    columns: columns.end - first,
                };
                // SAFETY: the caller's.
                unsafe {
                    with_width!(V, vectors, W => self.run_panel::<V, W>(rows.clone(), packed, panel_of));
                    panel = panel.add(vectors * V::LANES * if self.b_row.is_some() { 1 } else { self.depth });
                }
                first += vectors * V::LANES;
            }
        }
    }

    /// Copies rows of the left side: tile by tile, and in each its columns one behind the other.
    #[inline(always)]
    unsafe fn pack_rows<V: Vector<E>>(&self, rows: Range<usize>, packed: &mut [E]) {
        let mut to = packed.as_mut_ptr();
        let mut row = rows.start;
        while row < rows.end {
            let height = V::height(rows.end - row);
            // SAFETY: the caller's.
            unsafe {
                let from = self.a.at(row, 0);
                if self.a.row == 1 {
                    for term in 0..self.depth {
                        for i in 0..height {
                            *to.add(term * height + i) = *from.add(term * self.a.column + i);
                        }
                    }
                } else {
                    let squares = if self.a.column == 1 {
                        self.depth / SQUARE * SQUARE
                    } else {
                        0
                    };
                    let tall = height / SQUARE * SQUARE;
                    for i in (0..tall).step_by(SQUARE) {
                        for term in (0..squares).step_by(SQUARE) {
                            let from = from.add(i * self.a.row + term);
                            E::transpose(from, self.a.row, to.add(term * height + i), height);
                        }
                    }
                    for i in 0..height {
                        for term in if i < tall { squares } else { 0 }..self.depth {
                            *to.add(term * height + i) = *from.add(i * self.a.row + term * self.a.column);
                        }
                    }
                }
                to = to.add(height * self.depth);
            }
            row += height;
        }
    }

    /// Multiplies some rows, where they are or packed, with one panel.
    #[inline(always)]
    unsafe fn run_panel<V: Vector<E>, const W: usize>(
        &self,
        rows: Range<usize>,
        packed: Option<*const E>,
        panel: Panel<E>,
    ) {
        // SAFETY: the caller's.
        unsafe {
            V::apart(
                #[inline(always)]
                || {
                    let mut row = rows.start;
                    while row < rows.end {
                        let height = V::height(rows.end - row);
                        let a = match packed {
                            Some(packed) => Strided {
                                start: packed.add((row - rows.start) * self.depth),
                                row: 1,
                                column: height,
                            },
                            None => Strided {
                                start: self.a.at(row, 0),
                                ..self.a
                            },
                        };
                        let tile = Tile {
                            a,
                            panel: panel.start,
                            out: self.out.wrapping_add(row * self.out_row + panel.first),
                            columns: panel.columns,
                        };
                        with_height!(V, height, M => self.add::<V, M, W>(tile));
                        row += height;
                    }
                },
            );
        }
    }

    #[inline(always)]
    unsafe fn add<V: Vector<E>, const M: usize, const W: usize>(&self, tile: Tile<E>) {
        // SAFETY: the caller's.
        unsafe {
            let b_row = self.b_row.unwrap_or(W * V::LANES);
            for i in 0..M {
                for v in 0..W {
                    prefetch(tile.out.wrapping_add(i * self.out_row + v * V::LANES));
                }
            }
            let mut sums = [[V::splat(E::zero()); W]; M];
            let (mut a, mut row) = (tile.a.start, tile.panel);
            for _ in 0..self.depth {
                let mut b = [V::splat(E::zero()); W];
                for (v, b) in b.iter_mut().enumerate() {
                    *b = V::load(row.add(v * V::LANES));
                }
                for (i, sums) in sums.iter_mut().enumerate() {
                    let a = V::splat(*a.add(i * tile.a.row));
                    for v in 0..W {
                        sums[v] = b[v].mul_add(a, sums[v]);
                    }
                }
                (a, row) = (a.wrapping_add(tile.a.column), row.wrapping_add(b_row));
            }
            // Asked once, not for each vector: else the sums go through memory.
            if tile.columns >= W * V::LANES {
                self.write(sums, tile.out, V::LANES);
            } else {
                self.write(sums, tile.out, tile.columns - (W - 1) * V::LANES);
            }
        }
    }

    /// Writes the sums of a tile, or adds them to what is there: of the last vector in each row so many lanes.
    #[inline(always)]
    unsafe fn write<V: Vector<E>, const M: usize, const W: usize>(&self, sums: [[V; W]; M], out: *mut E, last: usize) {
        for (i, sums) in sums.iter().enumerate() {
            for (v, &sum) in sums.iter().enumerate() {
                let count = if v + 1 < W { V::LANES } else { last };
                // SAFETY: the caller's.
                unsafe {
                    let out = out.add(i * self.out_row + v * V::LANES);
                    let sum = if self.accumulate {
                        V::load_up_to(out, count).add(sum)
                    } else {
                        sum
                    };
                    sum.store_up_to(out, count);
                }
            }
        }
    }
}

/// A panel of the right side: where it is, its first column, and how many there are from it on.
#[derive(Clone, Copy)]
struct Panel<E> {
    start: *const E,
    first: usize,
    columns: usize,
}

/// Where a tile's factors begin, and where it goes.
#[derive(Clone, Copy)]
struct Tile<E> {
    a: Strided<E>,
    panel: *const E,
    out: *mut E,
    /// How many columns there are from its first on.
    columns: usize,
}
