//! Values that begin as zeros, and large ones that never pass through the stack.

use core::mem::MaybeUninit;

/// Types of which all bits zero are a value.
///
/// # Safety
///
/// This is a promise that the above holds.
pub unsafe trait Zeroed: Sized + 'static {
    /// The value of zeros.
    #[inline(always)]
    fn zeroed() -> Self {
        // SAFETY: the trait's promise.
        unsafe { MaybeUninit::zeroed().assume_init() }
    }

    /// The value of zeros, made where it stays.
    fn zeroed_box() -> Box<Self> {
        // SAFETY: the trait's promise.
        unsafe { Box::new_zeroed().assume_init() }
    }
}

macro_rules! zeroed {
    ($($type:ty)*) => { $(
        // SAFETY: zero is a number.
        unsafe impl Zeroed for $type {}
    )* };
}
zeroed!(f32 f64 u32);

// SAFETY: there are no bits.
unsafe impl Zeroed for () {}
// SAFETY: its parts are values, and what lies between them is not looked at.
unsafe impl<A: Zeroed, B: Zeroed> Zeroed for (A, B) {}
// SAFETY: as above.
unsafe impl<A: Zeroed, B: Zeroed, C: Zeroed> Zeroed for (A, B, C) {}
// SAFETY: as above.
unsafe impl<A: Zeroed, const N: usize> Zeroed for [A; N] {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_zero() {
        assert_eq!(<(f32, [u32; 3])>::zeroed(), (0.0, [0; 3]));
        assert_eq!(*<(f64, (), [(f32, u32); 2])>::zeroed_box(), (0.0, (), [(0.0, 0); 2]));
    }

    #[test]
    fn what_is_larger_than_the_stack_is_made_on_the_heap() {
        let large = <[[f32; 1 << 20]; 8]>::zeroed_box();
        assert!(large.iter().all(|row| row[12345] == 0.0));
    }
}
