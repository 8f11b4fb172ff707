//! Vectors for every processor.

use super::super::math::Exponential;
use super::{Vector, Vectors, store_chosen_one_by_one, transpose_by_squares};

/// An array that the compiler keeps in the registers that every processor of its kind has.
#[derive(Clone, Copy)]
pub struct Portable<E, const N: usize>([E; N]);

impl<E: Vectors + Exponential, const N: usize> Vector<E> for Portable<E, N> {
    const LANES: usize = N;
    const REGISTERS: usize = if cfg!(target_arch = "aarch64") { 32 } else { 16 };

    #[inline(never)]
    unsafe fn apart<R>(kernel: impl FnOnce() -> R) -> R {
        kernel()
    }

    #[inline(always)]
    unsafe fn splat(x: E) -> Self {
        Portable([x; N])
    }

    #[inline(always)]
    unsafe fn load(from: *const E) -> Self {
        // SAFETY: the caller's pointer; an array is aligned as its elements are.
        Portable(unsafe { from.cast::<[E; N]>().read() })
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut E) {
        // SAFETY: as in `load`.
        unsafe { to.cast::<[E; N]>().write(self.0) }
    }

    #[inline(always)]
    unsafe fn load_first(from: *const E, count: usize) -> Self {
        let mut vector = [E::zero(); N];
        // SAFETY: the caller's pointer and count.
        unsafe { vector.as_mut_ptr().copy_from_nonoverlapping(from, count) };
        Portable(vector)
    }

    #[inline(always)]
    unsafe fn store_first(self, to: *mut E, count: usize) {
        // SAFETY: the caller's pointer and count.
        unsafe { to.copy_from_nonoverlapping(self.0.as_ptr(), count) };
    }

    #[inline(always)]
    unsafe fn store_chosen(self, lanes: u32, to: *mut E) {
        // SAFETY: the caller's pointer.
        unsafe { store_chosen_one_by_one(&self.0, lanes, to) }
    }

    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        Portable(core::array::from_fn(|lane| self.0[lane] + other.0[lane]))
    }

    #[inline(always)]
    unsafe fn sub(self, other: Self) -> Self {
        Portable(core::array::from_fn(|lane| self.0[lane] - other.0[lane]))
    }

    #[inline(always)]
    unsafe fn mul_add(self, factor: Self, sum: Self) -> Self {
        Portable(core::array::from_fn(|lane| {
            // Where there is no instruction for it, a fused multiply-add is a slow call.
            if cfg!(target_arch = "aarch64") {
                self.0[lane].mul_add(factor.0[lane], sum.0[lane])
            } else {
                self.0[lane] * factor.0[lane] + sum.0[lane]
            }
        }))
    }

    #[inline(always)]
    unsafe fn max(self, other: Self) -> Self {
        Portable(core::array::from_fn(|lane| {
            if self.0[lane] > other.0[lane] {
                self.0[lane]
            } else {
                other.0[lane]
            }
        }))
    }

    #[inline(always)]
    unsafe fn exp(self) -> Self {
        Portable(self.0.map(E::fast_exp))
    }

    #[inline(always)]
    unsafe fn total(self) -> E {
        self.0.into_iter().fold(E::zero(), |sum, x| sum + x)
    }

    #[inline(always)]
    unsafe fn transpose(from: *const E, columns: usize, to: *mut E, rows: usize) {
        // SAFETY: the caller's.
        unsafe { transpose_by_squares::<E, N>(from, columns, to, rows) };
    }
}
