//! The heads of attention, taken apart and put together.

use super::parallel;

/// How rows of queries, keys and values are made up of heads.
#[derive(Clone, Copy, Debug)]
pub struct Heads {
    /// Sequences.
    pub batch: usize,
    /// Rows of each.
    pub positions: usize,
    /// Heads of the queries, of the keys and of the values.
    pub heads: usize,
    /// Numbers of each head.
    pub size: usize,
}

/// Part 0, 1 or 2 of every row, which are the queries, the keys and the values: `out[b, h, s, d] = x[b, s, part, h, d]`.
pub fn split<T: Copy + Send + Sync>(sizes: Heads, part: usize, x: &[T], out: &mut [T]) {
    let Heads {
        batch,
        positions,
        heads,
        size,
    } = sizes;
    let numel = batch * positions * heads * size;
    assert!(x.len() == 3 * numel && out.len() == numel);
    parallel::chunks(out, size, size, |first, out| {
        for (i, out) in (first..).zip(out.chunks_mut(size)) {
            let (b, h, s) = (i / (heads * positions), i / positions % heads, i % positions);
            out.copy_from_slice(&x[(((b * positions + s) * 3 + part) * heads + h) * size..][..size]);
        }
    });
}

/// The three parts of every row put side by side: `out[b, s, part, h, d] = parts[part][b, h, s, d]`.
pub fn merge<T: Copy + Send + Sync>(sizes: Heads, parts: &[&[T]; 3], out: &mut [T]) {
    let Heads {
        batch,
        positions,
        heads,
        size,
    } = sizes;
    let numel = batch * positions * heads * size;
    assert!(out.len() == 3 * numel && parts.iter().all(|part| part.len() == numel));
    parallel::chunks(out, size, size, |first, out| {
        for (i, out) in (first..).zip(out.chunks_mut(size)) {
            let (row, part, h) = (i / (3 * heads), i / heads % 3, i % heads);
            let (b, s) = (row / positions, row % positions);
            out.copy_from_slice(&parts[part][((b * heads + h) * positions + s) * size..][..size]);
        }
    });
}
