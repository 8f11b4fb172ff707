//! The one place that knows about threads.
//!
//! Work is split only when it is worth it, by its cost in *units*: one unit is about what streaming one element through
//! the memory takes (a third of a nanosecond), which is also about 32 floating-point operations of a register-tiled
//! kernel. Every function here gives each output to exactly one piece, so results never depend on who runs first; where
//! pieces are summed, they are summed in order.
//!
//! Without the feature `rayon` everything runs on the calling thread.

use core::marker::PhantomData;
use core::ops::Range;
#[cfg(feature = "rayon")]
use rayon::prelude::*;

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

/// Calls `work` on each of `0..count`, in whatever order and by whatever thread. The closure has no type here, so that what
/// `rayon` does is compiled once, and not again for every loop of every program.
fn spread(count: usize, work: &(dyn Fn(usize) + Sync)) {
    #[cfg(feature = "rayon")]
    (0..count).into_par_iter().for_each(work);
    #[cfg(not(feature = "rayon"))]
    (0..count).for_each(work);
}

/// A slice as runs of one length (the last may be shorter), of which each piece of some work takes one.
struct Runs<'a, T> {
    start: SharedPointer<T>,
    length: usize,
    run: usize,
    slice: PhantomData<&'a ()>,
}

impl<'a, T> Runs<'a, T> {
    fn new(slice: &'a mut [T], run: usize) -> Self {
        let length = slice.len();
        let start = SharedPointer(slice.as_mut_ptr());
        Runs {
            start,
            length,
            run,
            slice: PhantomData,
        }
    }

    /// Run number `i`; behind the end, an empty one.
    ///
    /// # Safety
    ///
    /// No two calls may be for the same `i`.
    unsafe fn take(&self, i: usize) -> &'a mut [T] {
        let first = (i * self.run).min(self.length);
        let run = self.run.min(self.length - first);
        // SAFETY: the run ends within the slice, which is borrowed for `'a`, and overlaps with no other run.
        unsafe { core::slice::from_raw_parts_mut(self.start.pointer().add(first), run) }
    }
}

/// Splits `out` into runs of whole items of `item` elements, each item costing `cost` units, and calls
/// `work(first_item, run)` for every run.
#[inline]
pub fn chunks<T: Send>(out: &mut [T], item: usize, cost: usize, work: impl Fn(usize, &mut [T]) + Sync) {
    if out.is_empty() {
        return;
    }
    let Some(items) = items_per_piece(out.len() / item, cost) else {
        return work(0, out);
    };
    let pieces = out.len().div_ceil(items * item);
    let out = Runs::new(out, items * item);
    // SAFETY: every piece has a number of its own.
    spread(pieces, &|i| work(i * items, unsafe { out.take(i) }));
}

/// [`chunks`] over two outputs at once, whose items have `item.0` and `item.1` elements.
pub fn chunks2<A: Send, B: Send>(
    (a, b): (&mut [A], &mut [B]),
    item: (usize, usize),
    cost: usize,
    work: impl Fn(usize, &mut [A], &mut [B]) + Sync,
) {
    chunks3((a, b, &mut [(); 0]), (item.0, item.1, 0), cost, |first, a, b, _| {
        work(first, a, b)
    });
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
    let Some(items) = items_per_piece(a.len() / item.0, cost) else {
        return work(0, a, b, c);
    };
    let pieces = a.len().div_ceil(items * item.0);
    let (a, b, c) = (
        Runs::new(a, items * item.0),
        Runs::new(b, items * item.1),
        Runs::new(c, items * item.2),
    );
    // SAFETY: every piece has a number of its own.
    spread(pieces, &|i| unsafe { work(i * items, a.take(i), b.take(i), c.take(i)) });
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
    let runs = outs.map(|out| Runs::new(out, items));
    spread(length.div_ceil(items), &|i| {
        // SAFETY: every piece has a number of its own.
        work(i * items, runs.each_ref().map(|run| unsafe { run.take(i) }))
    });
}

/// Calls `work` on ranges that together cover `0..count`, and gives the results in the order of the ranges.
pub fn map_ranges<R: Send>(count: usize, cost: usize, work: impl Fn(Range<usize>) -> R + Sync) -> Vec<R> {
    let Some(items) = items_per_piece(count, cost) else {
        return vec![work(0..count)];
    };
    let mut results: Vec<Option<R>> = Vec::from_iter((0..count.div_ceil(items)).map(|_| None));
    let pieces = results.len();
    let places = Runs::new(&mut results, 1);
    spread(pieces, &|i| {
        // SAFETY: every piece has a number of its own.
        let place = unsafe { places.take(i) };
        place[0] = Some(work(i * items..((i + 1) * items).min(count)));
    });
    results.into_iter().flatten().collect()
}

/// Calls `work` on each of `0..count`, whatever it costs.
pub fn pieces(count: usize, work: impl Fn(usize) + Sync) {
    spread(count, &work);
}

/// A pointer that the pieces of some work share, each writing what no other touches.
pub struct SharedPointer<T>(pub *mut T);

impl<T> SharedPointer<T> {
    /// The pointer. (A method, so that closures capture the whole.)
    pub fn pointer(&self) -> *mut T {
        self.0
    }
}

// SAFETY: sharing the pointer is harmless; whoever writes through it promises to keep to their own part.
unsafe impl<T: Send> Sync for SharedPointer<T> {}

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
    fn outputs_of_different_lengths_are_split_by_items() {
        for count in [0, 1, 7, 1000] {
            let (mut a, mut b, mut c) = (vec![0; count], vec![0; 2 * count], vec![0_u8; 3 * count]);
            chunks3((&mut a, &mut b, &mut c), (1, 2, 3), 1 << 14, |first, a, b, c| {
                assert!(b.len() == 2 * a.len() && c.len() == 3 * a.len());
                a.iter_mut().enumerate().for_each(|(i, a)| *a += first + i);
                b.iter_mut().enumerate().for_each(|(i, b)| *b += 2 * first + i);
                c.iter_mut().for_each(|c| *c += 1);
            });
            assert!(
                a.iter()
                    .chain(&b)
                    .zip((0..count).chain(0..2 * count))
                    .all(|(&x, i)| x == i)
            );
            assert!(c.iter().all(|&c| c == 1));
        }
    }

    #[test]
    fn runs_cover_the_slice_and_end_with_it() {
        let mut slice = [1, 2, 3, 4, 5];
        let runs = Runs::new(&mut slice, 2);
        // SAFETY: each number once.
        let lengths = [0, 1, 2, 3].map(|i| unsafe { runs.take(i) }.len());
        assert_eq!(lengths, [2, 2, 1, 0]);
    }

    #[test]
    fn ranges_come_back_in_order() {
        let ranges = map_ranges(1001, 1 << 12, |range| range);
        let together: Vec<usize> = ranges.into_iter().flatten().collect();
        assert_eq!(together, (0..1001).collect::<Vec<_>>());
    }
}
