//! Working memory that comes back: a thread keeps the buffers it has used, so that a steady loop allocates nothing.

use core::cell::RefCell;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};

/// A cache line: the unit of allocation, so that packed data is aligned for the widest vectors.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([u64; 8]);

/// How many idle buffers a thread keeps.
const KEPT: usize = 8;

thread_local! {
    static IDLE: RefCell<Vec<Vec<Line>>> = const { RefCell::new(Vec::new()) };
}

/// Types that any bits are a value of, and that need no more alignment than a cache line.
///
/// # Safety
///
/// This is a promise that the above holds.
pub unsafe trait Plain: Copy {}

// SAFETY: numbers without invalid bits.
unsafe impl Plain for f32 {}
// SAFETY: as above.
unsafe impl Plain for f64 {}
// SAFETY: as above.
unsafe impl Plain for u32 {}
// SAFETY: as above.
unsafe impl Plain for usize {}

/// A buffer of `T`, aligned to 64 bytes, holding arbitrary values at first. It goes back to its thread when dropped.
pub struct Scratch<T> {
    lines: Vec<Line>,
    length: usize,
    entries: PhantomData<T>,
}

impl<T: Plain> Scratch<T> {
    /// A buffer of `length` entries.
    pub fn new(length: usize) -> Scratch<T> {
        let needed = (length * size_of::<T>()).div_ceil(size_of::<Line>());
        let mut lines = IDLE.with_borrow_mut(|idle| {
            let fits = (0..idle.len())
                .filter(|&i| idle[i].len() >= needed)
                .min_by_key(|&i| idle[i].len());
            let index = fits.or_else(|| (0..idle.len()).max_by_key(|&i| idle[i].len()));
            index.map(|i| idle.swap_remove(i)).unwrap_or_default()
        });
        if lines.len() < needed {
            // Not `resize`, which would copy what nobody reads.
            lines = vec![Line([0; 8]); needed];
        }
        Scratch {
            lines,
            length,
            entries: PhantomData,
        }
    }
}

impl<T: Plain> Deref for Scratch<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        // SAFETY: the lines are initialised and enough, and `Plain` vouches for alignment and values.
        unsafe { core::slice::from_raw_parts(self.lines.as_ptr().cast(), self.length) }
    }
}

impl<T: Plain> DerefMut for Scratch<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: as in `deref`.
        unsafe { core::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.length) }
    }
}

impl<T> Drop for Scratch<T> {
    fn drop(&mut self) {
        let lines = core::mem::take(&mut self.lines);
        // A thread that is ending has no pool any more; the buffer is then simply freed.
        let _ = IDLE.try_with(|idle| {
            let mut idle = idle.borrow_mut();
            if idle.len() < KEPT && !lines.is_empty() {
                idle.push(lines);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_are_aligned_and_come_back() {
        let first = {
            let mut scratch = Scratch::<f32>::new(1000);
            scratch.fill(1.0);
            assert_eq!((scratch.len(), scratch.as_ptr() as usize % 64), (1000, 0));
            scratch.as_ptr() as usize
        };
        let again = Scratch::<f64>::new(500);
        let other = Scratch::<usize>::new(3);
        assert_eq!(again.as_ptr() as usize, first);
        assert_ne!(other.as_ptr() as usize, first);
        assert!(Scratch::<f64>::new(0).is_empty());
    }
}
