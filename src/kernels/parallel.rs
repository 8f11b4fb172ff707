//! The one place that knows about threads.
//!
//! Work is split only when it is worth it, by its cost in *units*: one unit is about what streaming one element through
//! the memory takes (a third of a nanosecond), which is also about 32 floating-point operations of a register-tiled
//! kernel. Every function here gives each output to exactly one piece, so results never depend on who runs first; where
//! pieces are summed, they are summed in order.
//!
//! Without the feature `rayon` everything runs on the calling thread.

use core::ops::Range;
#[cfg(feature = "rayon")]
use rayon::prelude::*;
#[cfg(not(feature = "rayon"))]
use serial::*;

/// The least work, in units, that is worth handing to another thread: about ten microseconds.
const WORTH_A_THREAD: usize = 1 << 15;

/// More pieces than threads, so that a thread that is held up does not hold up the others.
const PIECES_PER_THREAD: usize = 4;

/// How many threads take part.
pub fn threads() -> usize {
    #[cfg(feature = "rayon")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "rayon"))]
    return 1;
}

/// Whether work of this many units is worth splitting at all.
#[inline]
pub fn worth_splitting(units: usize) -> bool {
    cfg!(feature = "rayon") && units >= 2 * WORTH_A_THREAD && threads() > 1
}

/// How many of `count` items, each costing `cost` units, one piece should hold; none if they are not worth splitting.
#[inline]
fn items_per_piece(count: usize, cost: usize) -> Option<usize> {
    let units = count.saturating_mul(cost);
    let pieces = || count.min(units / WORTH_A_THREAD).min(threads() * PIECES_PER_THREAD);
    (count > 1 && worth_splitting(units)).then(|| count.div_ceil(pieces()))
}

/// Splits `out` into runs of whole items of `item` elements, each item costing `cost` units, and calls
/// `work(first_item, run)` for every run.
#[inline]
pub fn chunks<T: Send>(out: &mut [T], item: usize, cost: usize, work: impl Fn(usize, &mut [T]) + Sync) {
    if out.is_empty() {
        return;
    }
    if let Some(items) = items_per_piece(out.len() / item, cost) {
        return out
            .par_chunks_mut(items * item)
            .enumerate()
            .for_each(|(i, run)| work(i * items, run));
    }
    work(0, out);
}

/// [`chunks`] over two outputs at once, whose items have `item.0` and `item.1` elements.
pub fn chunks2<A: Send, B: Send>(
    (a, b): (&mut [A], &mut [B]),
    item: (usize, usize),
    cost: usize,
    work: impl Fn(usize, &mut [A], &mut [B]) + Sync,
) {
    if a.is_empty() {
        return;
    }
    if let Some(items) = items_per_piece(a.len() / item.0, cost) {
        let runs = a.par_chunks_mut(items * item.0).zip(b.par_chunks_mut(items * item.1));
        return runs.enumerate().for_each(|(i, (a, b))| work(i * items, a, b));
    }
    work(0, a, b);
}

/// [`chunks`] over three outputs at once.
pub fn chunks3<A: Send, B: Send, C: Send>(
    (a, b, c): (&mut [A], &mut [B], &mut [C]),
    item: (usize, usize, usize),
    cost: usize,
    work: impl Fn(usize, &mut [A], &mut [B], &mut [C]) + Sync,
) {
    if a.is_empty() {
        return;
    }
    if let Some(items) = items_per_piece(a.len() / item.0, cost) {
        let runs = b.par_chunks_mut(items * item.1).zip(c.par_chunks_mut(items * item.2));
        let runs = a.par_chunks_mut(items * item.0).zip(runs);
        return runs.enumerate().for_each(|(i, (a, (b, c)))| work(i * items, a, b, c));
    }
    work(0, a, b, c);
}

/// [`chunks`] over `N` outputs of the same length at once, element by element, each costing `cost` units.
pub fn chunks_together<T: Send, const N: usize>(
    outs: [&mut [T]; N],
    cost: usize,
    work: impl Fn(usize, [&mut [T]; N]) + Sync,
) {
    let length = outs.first().map_or(0, |out| out.len());
    assert!(outs.iter().all(|out| out.len() == length));
    let Some(items) = items_per_piece(length, cost) else {
        return work(0, outs);
    };
    let mut runs = outs.map(|out| out.chunks_mut(items));
    let mut pieces: Vec<[&mut [T]; N]> = (0..length.div_ceil(items))
        .map(|_| runs.each_mut().map(|run| run.next().expect("all are of one length")))
        .collect();
    chunks(&mut pieces, 1, items * cost, |first, pieces| {
        for (i, piece) in pieces.iter_mut().enumerate() {
            work((first + i) * items, piece.each_mut().map(|run| &mut **run));
        }
    });
}

/// Calls `work` on ranges that together cover `0..count`, and gives the results in the order of the ranges.
pub fn map_ranges<R: Send>(count: usize, cost: usize, work: impl Fn(Range<usize>) -> R + Sync) -> Vec<R> {
    if let Some(items) = items_per_piece(count, cost) {
        let range = |i: usize| i * items..((i + 1) * items).min(count);
        return (0..count.div_ceil(items))
            .into_par_iter()
            .map(|i| work(range(i)))
            .collect();
    }
    vec![work(0..count)]
}

/// Calls `work` on each of `0..count`, whatever it costs.
pub fn pieces(count: usize, work: impl Fn(usize) + Sync + Send) {
    (0..count).into_par_iter().for_each(work);
}

/// A pointer that the pieces of some work share, each writing what no other touches.
pub struct Shared<T>(pub *mut T);

impl<T> Shared<T> {
    /// The pointer. (A method, so that closures capture the whole.)
    pub fn pointer(&self) -> *mut T {
        self.0
    }
}

// SAFETY: sharing the pointer is harmless; whoever writes through it promises to keep to their own part.
unsafe impl<T: Send> Sync for Shared<T> {}

/// The words of `rayon` that this file uses, on the calling thread.
#[cfg(not(feature = "rayon"))]
mod serial {
    pub trait ParallelSliceMut<T> {
        fn par_chunks_mut(&mut self, length: usize) -> core::slice::ChunksMut<'_, T>;
    }

    impl<T> ParallelSliceMut<T> for [T] {
        fn par_chunks_mut(&mut self, length: usize) -> core::slice::ChunksMut<'_, T> {
            self.chunks_mut(length)
        }
    }

    pub trait IntoParallelIterator: Iterator + Sized {
        fn into_par_iter(self) -> Self {
            self
        }
    }

    impl IntoParallelIterator for core::ops::Range<usize> {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_belongs_to_one_piece() {
        for count in [0, 1, 7, 1000] {
            let mut seen = vec![0_usize; 3 * count];
            chunks(&mut seen, 3, 1 << 14, |first, run| {
                run.iter_mut().enumerate().for_each(|(i, s)| *s += 3 * first + i + 1);
            });
            assert!(seen.iter().enumerate().all(|(i, &s)| s == i + 1));
        }
    }

    #[test]
    fn outputs_are_split_alike() {
        for length in [0, 1, 7, if cfg!(miri) { 1000 } else { 1_000_000 }] {
            let (mut a, mut b) = (vec![0_usize; length], vec![0_usize; length]);
            chunks_together([&mut a, &mut b], 1, |first, [a, b]| {
                assert_eq!(a.len(), b.len());
                a.iter_mut().enumerate().for_each(|(i, a)| *a += first + i);
                b.iter_mut().enumerate().for_each(|(i, b)| *b += 2 * (first + i));
            });
            assert!(a.iter().zip(&b).enumerate().all(|(i, (&a, &b))| a == i && b == 2 * i));
        }
    }

    #[test]
    fn ranges_come_back_in_order() {
        let ranges = map_ranges(1001, 1 << 12, |range| range);
        let together: Vec<usize> = ranges.into_iter().flatten().collect();
        assert_eq!(together, (0..1001).collect::<Vec<_>>());
    }
}
