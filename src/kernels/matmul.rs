//! Matrix products of row-major matrices.

use super::buffers::output;
use super::simd::{SQUARE, Vector, VectorTask, lanes, prefetch, with_height, with_vectors};
use super::{Kernels, parallel, reduce};
use core::ops::Range;

/// The sizes of a product of an `m×k` by a `k×n` matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatMul {
    /// Rows of the left side and of the result.
    pub m: usize,
    /// Columns of the left side, rows of the right side.
    pub k: usize,
    /// Columns of the right side and of the result.
    pub n: usize,
    /// The left slice holds a `k×m` matrix, whose transpose is multiplied.
    pub a_transposed: bool,
    /// The right slice holds an `n×k` matrix, whose transpose is multiplied.
    pub b_transposed: bool,
}

impl MatMul {
    /// Neither side transposed.
    pub fn new(m: usize, k: usize, n: usize) -> MatMul {
        MatMul {
            m,
            k,
            n,
            a_transposed: false,
            b_transposed: false,
        }
    }

    /// The left slice holds a `k×m` matrix, whose transpose is multiplied.
    pub fn transpose_a(self) -> MatMul {
        MatMul {
            a_transposed: true,
            ..self
        }
    }

    /// The right slice holds an `n×k` matrix, whose transpose is multiplied.
    pub fn transpose_b(self) -> MatMul {
        MatMul {
            b_transposed: true,
            ..self
        }
    }

    /// The units of work (see [`parallel`]) of one product.
    fn cost(&self) -> usize {
        self.m * self.k * self.n / 16 + 1
    }
}

/// A number of products, and how far apart in their slices the matrices of each side are: 0 where all share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The number of products.
    pub count: usize,
    /// From one left matrix to the next.
    pub a_stride: usize,
    /// From one right matrix to the next.
    pub b_stride: usize,
}

/// `out = a b`, or `out += a b` to accumulate.
pub fn matmul<E: Kernels>(sizes: MatMul, a: &[E], b: &[E], out: &mut [E], accumulate: bool) {
    let split = parallel::worth_splitting(sizes.cost());
    product(
        sizes,
        a,
        b,
        out,
        accumulate,
        if split { parallel::threads() } else { 1 },
    );
}

/// Some columns of `a b`, one row of them behind the other, on this thread.
pub fn matmul_columns<E: Kernels>(sizes: MatMul, a: &[E], b: &[E], columns: Range<usize>, out: &mut [E]) {
    let MatMul { m, k, n, .. } = sizes;
    assert!(a.len() == m * k && b.len() == k * n && columns.end <= n && out.len() == m * columns.len());
    if k == 0 {
        out.fill(E::zero());
    }
    if out.is_empty() || k == 0 {
        return;
    }
    with_vectors(Product {
        sizes,
        a,
        b,
        out: out.as_mut_ptr().wrapping_sub(columns.start),
        out_row: columns.len(),
        accumulate: false,
        rows: 0..m,
        columns,
    });
}

/// `out[i] = a[i] b[i]` for each of a batch, or `out[i] += a[i] b[i]`.
pub fn batched_matmul<E: Kernels>(sizes: MatMul, batch: Batch, a: &[E], b: &[E], out: &mut [E], accumulate: bool) {
    let MatMul { m, k, n, .. } = sizes;
    assert_eq!(out.len(), batch.count * m * n);
    if m * n == 0 || batch.count == 0 {
        return;
    }
    if batch.b_stride == 0 && batch.a_stride == m * k && !sizes.a_transposed {
        // The left matrices lie below one another: one tall product.
        return matmul(
            MatMul {
                m: batch.count * m,
                ..sizes
            },
            a,
            b,
            out,
            accumulate,
        );
    }
    let sides = |i: usize| (&a[i * batch.a_stride..][..m * k], &b[i * batch.b_stride..][..k * n]);
    if batch.count < parallel::threads() {
        for (i, out) in out.chunks_mut(m * n).enumerate() {
            matmul(sizes, sides(i).0, sides(i).1, out, accumulate);
        }
    } else {
        parallel::chunks(out, m * n, sizes.cost(), |first, run| {
            for (i, out) in run.chunks_mut(m * n).enumerate() {
                let (a, b) = sides(first + i);
                product(sizes, a, b, out, accumulate, 1);
            }
        });
    }
}

/// Terms summed at once: then a panel of the right side stays in the first-level cache.
const DEPTH: usize = 256;

/// Terms of dot products that are summed one after another.
const RUN: usize = 1024;

/// Rows of the left side that are multiplied with a panel before the next: over [`DEPTH`] terms they stay in the
/// second-level cache.
const ROWS: usize = 192;

/// Bytes of the right side that are packed at once: they stay in the third-level cache.
const PACKED: usize = 1 << 21;

/// Bytes between the rows or columns of a left side from which on a few of them crowd into the same places of the cache,
/// so that it pays to pack them.
const FAR: usize = 1 << 11;

/// Rows of the right side that are packed together.
const PACKED_ROWS: usize = 8;

/// Bytes of a right side that stays in the first-level cache, so that packing does not pay.
const UNPACKED: usize = 1 << 15;

/// The most rows of a left side that have kernels of their own.
const FEW: usize = 4;

/// One product, in so many pieces. What an entry of the result is does not depend on how many.
fn product<E: Kernels>(sizes: MatMul, a: &[E], b: &[E], out: &mut [E], accumulate: bool, pieces: usize) {
    let MatMul { m, k, n, .. } = sizes;
    assert!(a.len() == m * k && b.len() == k * n && out.len() == m * n);
    if k == 0 && !accumulate {
        out.fill(E::zero());
    }
    if out.is_empty() || k == 0 {
        return;
    }
    if let [out] = out {
        let dot = reduce::dot(a, b);
        *out = if accumulate { *out + dot } else { dot };
        return;
    }
    if n == 1 && !sizes.a_transposed {
        // The same numbers are a row times a transposed matrix.
        return product(MatMul::new(1, k, m).transpose_b(), b, a, out, accumulate, pieces);
    }
    let out = parallel::SharedPointer(out.as_mut_ptr());
    // Every piece packs all of the side that is not split, which should be the smaller.
    let by_rows = m > n.max(FEW);
    let run = |piece: usize| {
        let edge = |i: usize, length: usize, unit: usize| (length * i / pieces).next_multiple_of(unit).min(length);
        let part = |length: usize, unit: usize| edge(piece, length, unit)..edge(piece + 1, length, unit);
        let (rows, columns) = if by_rows {
            (part(m, 1), 0..n)
        } else {
            (0..m, part(n, lanes::<E>()))
        };
        with_vectors(Product {
            sizes,
            a,
            b,
            out: out.pointer(),
            out_row: n,
            accumulate,
            rows,
            columns,
        });
    };
    if pieces == 1 {
        run(0);
    } else {
        parallel::pieces(pieces, run);
    }
}

/// A block of the result of a product. Whoever makes one vouches that the slices are as long as the sizes say, that there are
/// terms, and that nobody else uses this block of the result.
struct Product<'a, E> {
    sizes: MatMul,
    a: &'a [E],
    b: &'a [E],
    /// Where the whole result begins, or would begin, as the block alone is written.
    out: *mut E,
    /// From one row of the result to the next.
    out_row: usize,
    accumulate: bool,
    rows: Range<usize>,
    columns: Range<usize>,
}

/// Where a matrix is, and how far apart its rows and its columns are.
#[derive(Clone, Copy)]
pub(super) struct Strided<E> {
    pub start: *const E,
    pub row: usize,
    pub column: usize,
}

impl<E> Strided<E> {
    fn new(slice: &[E], rows: usize, columns: usize, transposed: bool) -> Strided<E> {
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
    unsafe fn at(&self, row: usize, column: usize) -> *const E {
        // SAFETY: the caller's.
        unsafe { self.start.add(row * self.row + column * self.column) }
    }
}

impl<E: Kernels> VectorTask<E> for Product<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) {
        let MatMul {
            m,
            n,
            k,
            a_transposed,
            b_transposed,
        } = self.sizes;
        let whole = |columns: usize| columns.is_multiple_of(V::LANES);
        // SAFETY: the caller vouches for the instructions; `product` has checked the lengths.
        unsafe {
            match (b_transposed, m) {
                (true, 1) => self.run_dots::<V, 1>(),
                (true, 2) if !a_transposed => self.run_dots::<V, 2>(),
                (true, 3) if !a_transposed => self.run_dots::<V, 3>(),
                (true, 4) if !a_transposed => self.run_dots::<V, 4>(),
                (false, 1) => self.run_row(),
                (false, _) if whole(n) && whole(self.columns.len()) && k * n * size_of::<E>() <= UNPACKED => {
                    self.run_unpacked::<V>();
                }
                _ => self.run_packed::<V>(),
            }
        }
    }
}

impl<E: Kernels> Product<'_, E> {
    /// The left side and the right side.
    fn sides(&self) -> (Strided<E>, Strided<E>) {
        let MatMul {
            m,
            k,
            n,
            a_transposed,
            b_transposed,
        } = self.sizes;
        (
            Strided::new(self.a, m, k, a_transposed),
            Strided::new(self.b, k, n, b_transposed),
        )
    }

    /// With the right side packed, block by block.
    ///
    /// # Safety
    ///
    /// The processor must have the instructions; the slices must be as long as the sizes say. So it is below.
    #[inline(always)]
    unsafe fn run_packed<V: Vector<E>>(&self) {
        let (a, b) = self.sides();
        let k = self.sizes.k;
        let depth = k.div_ceil(k.div_ceil(DEPTH));
        let width = (PACKED / (depth * size_of::<E>())).next_multiple_of(V::WIDE * V::LANES);
        let mut packed = output::<E>(depth * width.min(self.columns.len().next_multiple_of(V::LANES)));
        for first in self.columns.clone().step_by(width) {
            let columns = first..(first + width).min(self.columns.end);
            for from in (0..k).step_by(depth) {
                let terms = from..(from + depth).min(k);
                // SAFETY: all within the matrices.
                unsafe {
                    if self.sizes.b_transposed {
                        pack_transposed::<E, V>(b, terms.clone(), columns.clone(), &mut packed);
                    } else {
                        pack::<E, V>(b, terms.clone(), columns.clone(), &mut packed);
                    }
                    let block = Block {
                        a: Strided {
                            start: a.at(0, from),
                            ..a
                        },
                        b: packed.as_ptr(),
                        b_row: None,
                        out: self.out,
                        out_row: self.out_row,
                        depth: terms.len(),
                        accumulate: self.accumulate || from > 0,
                    };
                    block.run::<V>(self.rows.clone(), columns.clone());
                }
            }
        }
    }

    /// With the right side where it is: it is small, and the columns are whole vectors.
    #[inline(always)]
    unsafe fn run_unpacked<V: Vector<E>>(&self) {
        let (a, b) = self.sides();
        let MatMul { k, n, .. } = self.sizes;
        // SAFETY: all within the matrices.
        unsafe {
            let b = b.at(0, self.columns.start);
            let block = Block {
                a,
                b,
                b_row: Some(n),
                out: self.out,
                out_row: self.out_row,
                depth: k,
                accumulate: self.accumulate,
            };
            block.run::<V>(self.rows.clone(), self.columns.clone());
        }
    }

    /// One row times a matrix: a sum of the matrix's rows, run by run.
    #[inline(always)]
    unsafe fn run_row(&self) {
        let k = self.sizes.k;
        let (row, count) = (self.rows.start, self.columns.len());
        let start = self.out.wrapping_add(row * self.out_row + self.columns.start);
        // SAFETY: nobody else has this part of the result.
        let out = unsafe { core::slice::from_raw_parts_mut(start, count) };
        if !self.accumulate {
            out.fill(E::zero());
        }
        let mut sums = output(if k > RUN { count } else { 0 });
        for first in (0..k).step_by(RUN) {
            let terms = first..(first + RUN).min(k);
            // SAFETY: the caller's.
            unsafe {
                if k <= RUN {
                    self.add_rows(terms, out);
                } else {
                    sums.fill(E::zero());
                    self.add_rows(terms, &mut sums);
                    out.iter_mut().zip(&sums[..]).for_each(|(out, &sum)| *out += sum);
                }
            }
        }
    }

    /// Adds some rows of the right side, each times its factor.
    #[inline(always)]
    unsafe fn add_rows(&self, terms: Range<usize>, out: &mut [E]) {
        let ((a, b), count) = (self.sides(), out.len());
        // SAFETY: all within the matrices.
        unsafe {
            let factor = |term: usize| *a.at(self.rows.start, term);
            let b_row = |term: usize| core::slice::from_raw_parts(b.at(term, self.columns.start), count);
            let fours = terms.start + terms.len() / 4 * 4;
            for term in (terms.start..fours).step_by(4) {
                let [a0, a1, a2, a3] = [0, 1, 2, 3].map(|i| factor(term + i));
                let [b0, b1, b2, b3] = [0, 1, 2, 3].map(|i| b_row(term + i));
                for j in 0..count {
                    out[j] += (a0 * b0[j] + a1 * b1[j]) + (a2 * b2[j] + a3 * b3[j]);
                }
            }
            for term in fours..terms.end {
                let a = factor(term);
                out.iter_mut().zip(b_row(term)).for_each(|(out, &b)| *out += a * b);
            }
        }
    }

    /// A few rows times a transposed matrix: dot products, in which both sides are read as they lie.
    #[inline(always)]
    unsafe fn run_dots<V: Vector<E>, const M: usize>(&self) {
        let first = self.columns.start;
        let fours = first + self.columns.len() / 4 * 4;
        // SAFETY: the caller's.
        unsafe {
            for column in (first..fours).step_by(4) {
                self.dots::<V, M, 4>(column);
            }
            for column in fours..self.columns.end {
                self.dots::<V, M, 1>(column);
            }
        }
    }

    #[inline(always)]
    unsafe fn dots<V: Vector<E>, const M: usize, const N: usize>(&self, column: usize) {
        let k = self.sizes.k;
        // SAFETY: all within the matrices.
        unsafe {
            let (a, b) = (
                self.a.as_ptr().add(self.rows.start * k),
                self.b.as_ptr().add(column * k),
            );
            let mut totals = [[E::zero(); N]; M];
            for first in (0..k).step_by(RUN) {
                let end = (first + RUN).min(k);
                let mut sums = [[V::splat(E::zero()); N]; M];
                for term in (first..end).step_by(V::LANES) {
                    let count = end - term;
                    for (i, sums) in sums.iter_mut().enumerate() {
                        let a = V::load_up_to(a.add(i * k + term), count);
                        for (j, sum) in sums.iter_mut().enumerate() {
                            *sum = V::load_up_to(b.add(j * k + term), count).mul_add(a, *sum);
                        }
                    }
                }
                for (totals, sums) in totals.iter_mut().zip(&sums) {
                    for (total, sum) in totals.iter_mut().zip(sums) {
                        *total += sum.total();
                    }
                }
            }
            for (i, totals) in totals.iter().enumerate() {
                for (j, &total) in totals.iter().enumerate() {
                    let out = self.out.wrapping_add((self.rows.start + i) * self.out_row + column + j);
                    *out = if self.accumulate { *out + total } else { total };
                }
            }
        }
    }
}

/// The widths of the panels of some columns, in vectors, at most `wide`: as even as they come.
#[inline(always)]
pub(super) fn panels(columns: usize, lanes: usize, wide: usize) -> impl Iterator<Item = usize> {
    let vectors = columns.div_ceil(lanes);
    let count = vectors.div_ceil(wide);
    (0..count).map(move |i| (i + 1) * vectors / count - i * vectors / count)
}

/// Packs a block of the right side as panels, each with its rows one behind the other, the last filled up with zeros.
///
/// # Safety
///
/// The block must lie within the matrix, and the processor must have the instructions.
#[inline(always)]
unsafe fn pack<E: Kernels, V: Vector<E>>(b: Strided<E>, terms: Range<usize>, columns: Range<usize>, packed: &mut [E]) {
    let depth = terms.len();
    // A few rows at a time, about as they lie in memory: walking down a panel would meet a new page with every row.
    for from in (0..depth).step_by(PACKED_ROWS) {
        let (mut first, mut panel) = (columns.start, packed.as_mut_ptr());
        for vectors in panels(columns.len(), V::LANES, V::WIDE) {
            for i in from..depth.min(from + PACKED_ROWS) {
                for v in 0..vectors {
                    let (term, column) = (terms.start + i, first + v * V::LANES);
                    // SAFETY: the caller's block; the panels together are as large as `packed`.
                    unsafe {
                        let to = panel.add((i * vectors + v) * V::LANES);
                        V::load_up_to(b.at(term, column), columns.end - column).store(to);
                    }
                }
            }
            first += vectors * V::LANES;
            panel = panel.wrapping_add(depth * vectors * V::LANES);
        }
    }
}

/// [`pack`] for a right side whose columns are contiguous.
///
/// # Safety
///
/// As for [`pack`].
#[inline(always)]
unsafe fn pack_transposed<E: Kernels, V: Vector<E>>(
    b: Strided<E>,
    terms: Range<usize>,
    columns: Range<usize>,
    packed: &mut [E],
) {
    let (mut first, mut panel) = (columns.start, packed.as_mut_ptr());
    for vectors in panels(columns.len(), V::LANES, V::WIDE) {
        let width = vectors * V::LANES;
        for square in (0..width).step_by(SQUARE) {
            let wide = SQUARE.min(width - square);
            let count = wide.min(columns.end.saturating_sub(first + square));
            for from in (0..terms.len()).step_by(SQUARE) {
                let rows = SQUARE.min(terms.len() - from);
                // SAFETY: the caller's block, which has columns if there are panels; where these are filled up, none is read,
                // and the last is as good as any. The panels together are as large as `packed`.
                unsafe {
                    let source = b.at(terms.start + from, (first + square).min(columns.end - 1));
                    let to = panel.add(from * width + square);
                    if rows == SQUARE && count == SQUARE {
                        E::transpose(source, b.column, to, width);
                        continue;
                    }
                    for (row, column) in (0..rows).flat_map(|row| (0..wide).map(move |column| (row, column))) {
                        let there = column < count;
                        let entry = if there {
                            *source.add(column * b.column + row)
                        } else {
                            E::zero()
                        };
                        *to.add(row * width + column) = entry;
                    }
                }
            }
        }
        first += width;
        panel = panel.wrapping_add(terms.len() * width);
    }
}

/// The part of a product that one block of the right side gives.
///
/// The loops around the register tiles are those of Goto & van de Geijn 2008: a panel of the right side stays in the
/// first-level cache while the tiles of some rows of the left side, which stay in the second-level cache, go by.
pub(super) struct Block<E> {
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
                    match vectors {
                        3 if const { V::WIDE >= 3 } => self.run_panel::<V, 3>(rows.clone(), packed, panel_of),
                        2 => self.run_panel::<V, 2>(rows.clone(), packed, panel_of),
                        _ => self.run_panel::<V, 1>(rows.clone(), packed, panel_of),
                    }
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
            for (i, sums) in sums.iter().enumerate() {
                for (v, &sum) in sums.iter().enumerate() {
                    let out = tile.out.add(i * self.out_row + v * V::LANES);
                    let count = tile.columns - v * V::LANES;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random, assert_close, garbage};

    /// Straight from the definition.
    fn naive<E: Kernels>(sizes: MatMul, a: &[E], b: &[E]) -> Vec<E> {
        let MatMul {
            m,
            k,
            n,
            a_transposed,
            b_transposed,
        } = sizes;
        let a = |i: usize, l: usize| if a_transposed { a[l * m + i] } else { a[i * k + l] };
        let b = |l: usize, j: usize| if b_transposed { b[j * k + l] } else { b[l * n + j] };
        (0..m * n)
            .map(|at| (0..k).map(|l| a(at / n, l) * b(l, at % n)).sum())
            .collect()
    }

    fn transpositions(m: usize, k: usize, n: usize) -> [MatMul; 4] {
        let sizes = MatMul::new(m, k, n);
        [
            sizes,
            sizes.transpose_a(),
            sizes.transpose_b(),
            sizes.transpose_a().transpose_b(),
        ]
    }

    fn check<E: Kernels>(sizes: MatMul, random: &mut Random, tolerance: f64) {
        let (a, b) = (
            random.numbers::<E>(sizes.m * sizes.k),
            random.numbers::<E>(sizes.k * sizes.n),
        );
        let expected = naive(sizes, &a, &b);
        let mut out = garbage(sizes.m * sizes.n);
        matmul(sizes, &a, &b, &mut out, false);
        assert_close(&out, &expected, tolerance);
        matmul(sizes, &a, &b, &mut out, true);
        let twice: Vec<E> = expected.iter().map(|&e| e + e).collect();
        assert_close(&out, &twice, tolerance);
    }

    #[test]
    fn products_of_all_sizes_and_transpositions() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let largest = if seed % 20 == 0 { 150 } else { 40 };
            let [m, k, n] = [0; 3].map(|_| random.size(0..=largest));
            for sizes in transpositions(m, k, n) {
                check::<f32>(sizes, &mut random, 2e-5);
                check::<f64>(sizes, &mut random, 1e-13);
            }
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "too slow")]
    fn products_in_several_blocks() {
        let mut random = Random::new(0);
        for (m, k, n) in [
            (19, 900, 150),
            (3, 1000, 9),
            (1, 70, 33),
            (40, 420, 777),
            (9, 5, 3000),
            (600, 9, 20),
        ] {
            for sizes in transpositions(m, k, n) {
                check::<f32>(sizes, &mut random, 1e-4);
                check::<f64>(sizes, &mut random, 1e-12);
            }
        }
    }

    #[test]
    fn long_sums_are_added_in_runs() {
        let k = if cfg!(miri) { 3000 } else { 300_001 };
        let x: Vec<f32> = Random::new(1).numbers::<f32>(k).iter().map(|x| x + 1.0).collect();
        let exact: f64 = x.iter().map(|&x| x as f64).sum();
        let ones = vec![1.0; 2 * k];
        for sizes in [
            MatMul::new(1, k, 1),
            MatMul::new(1, k, 2),
            MatMul::new(1, k, 2).transpose_b(),
        ] {
            let mut out = garbage(sizes.n);
            matmul(sizes, &x, &ones[..k * sizes.n], &mut out, false);
            assert!(
                out.iter().all(|&sum| (sum as f64 - exact).abs() <= 1e-6 * exact),
                "{out:?} for {exact}"
            );
        }
        let mut out = [0.0; 2];
        matmul(MatMul::new(2, k, 1), &ones, &x, &mut out, false);
        assert!(
            out.iter().all(|&sum| (sum as f64 - exact).abs() <= 1e-6 * exact),
            "{out:?} for {exact}"
        );
    }

    #[test]
    fn pieces_change_no_bit() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let [m, n] = [0; 2].map(|_| random.size(0..=if seed % 2 == 0 { 6 } else { 50 }));
            let k = random.size(0..=if seed % 10 == 0 { 2 * DEPTH } else { 40 });
            for sizes in transpositions(m, k, n) {
                let (a, b) = (random.numbers::<f32>(m * k), random.numbers::<f32>(k * n));
                let product = |pieces| {
                    let mut out = garbage(m * n);
                    product(sizes, &a, &b, &mut out, false, pieces);
                    out
                };
                let expected = product(1);
                for pieces in [2, 3, 7] {
                    assert_eq!(product(pieces), expected, "{sizes:?} in {pieces}");
                }
            }
        }
    }

    #[test]
    fn columns_by_themselves() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let [m, k, n] = [0; 3].map(|_| random.size(0..=40));
            for sizes in transpositions(m, k, n) {
                let (a, b) = (random.numbers::<f64>(m * k), random.numbers::<f64>(k * n));
                let first = random.size(0..=n);
                let columns = first..random.size(first..=n);
                let mut out = garbage(m * columns.len());
                matmul_columns(sizes, &a, &b, columns.clone(), &mut out);
                let all = naive(sizes, &a, &b);
                let expected: Vec<f64> = (0..m).flat_map(|i| &all[i * n..][columns.clone()]).copied().collect();
                assert_close(&out, &expected, 1e-13);
            }
        }
    }

    #[test]
    fn batches_with_and_without_shared_sides() {
        for seed in 0..ROUNDS / 4 {
            let mut random = Random::new(seed);
            let [count, m, k, n] = [0; 4].map(|_| random.size(0..=9));
            for sizes in transpositions(m, k, n) {
                for (a_stride, b_stride) in [(m * k, k * n), (0, k * n), (m * k, 0), (0, 0)] {
                    let length = |stride, size| if stride == 0 { size } else { count * size };
                    let a = random.numbers::<f64>(length(a_stride, m * k));
                    let b = random.numbers::<f64>(length(b_stride, k * n));
                    let mut out = garbage(count * m * n);
                    let batch = Batch {
                        count,
                        a_stride,
                        b_stride,
                    };
                    batched_matmul(sizes, batch, &a, &b, &mut out, false);
                    for i in 0..count {
                        let expected = naive(sizes, &a[i * a_stride..][..m * k], &b[i * b_stride..][..k * n]);
                        assert_close(&out[i * m * n..][..m * n], &expected, 1e-13);
                    }
                }
            }
        }
    }
}
