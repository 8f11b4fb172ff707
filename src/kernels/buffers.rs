//! Large buffers that come back: fresh pages from the operating system cost more than most arithmetic on them.
//!
//! A thread keeps the large buffers that its tensors have given up, and hands them out again for results of about the same
//! size. Small ones are the allocator's business, which is good at them.

use core::any::Any;
use core::cell::RefCell;

/// The least number of bytes that is worth keeping: from here on allocators ask the operating system.
const LARGE: usize = 128 << 10;

/// The most bytes that a thread keeps idle.
const MOST_IDLE: usize = 256 << 20;

/// A buffer that nobody uses.
struct Idle {
    bytes: usize,
    /// A `Vec` of some element.
    buffer: Box<dyn Any>,
}

thread_local! {
    /// The oldest first.
    static IDLE: RefCell<Vec<Idle>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a buffer for later if it is large, and drops the oldest ones where that makes too many.
pub fn give_back<E: 'static>(buffer: Vec<E>) {
    let bytes = buffer.capacity() * size_of::<E>();
    if !(LARGE..=MOST_IDLE).contains(&bytes) {
        return;
    }
    // A thread that ends has no idle buffers any more, and this one is dropped.
    let _ = IDLE.try_with(|idle| {
        let mut idle = idle.borrow_mut();
        let mut all = bytes + idle.iter().map(|idle| idle.bytes).sum::<usize>();
        let too_old = idle
            .iter()
            .take_while(|oldest| {
                let drop = all > MOST_IDLE;
                all -= if drop { oldest.bytes } else { 0 };
                drop
            })
            .count();
        idle.drain(..too_old);
        idle.push(Idle {
            bytes,
            buffer: Box::new(buffer),
        });
    });
}

/// An idle buffer of at least this many entries and at most twice as many.
fn take<E: 'static>(length: usize) -> Option<Vec<E>> {
    let needed = length * size_of::<E>();
    if needed < LARGE {
        return None;
    }
    IDLE.try_with(|idle| {
        let mut idle = idle.borrow_mut();
        let fits = |idle: &Idle| (needed..=2 * needed).contains(&idle.bytes) && idle.buffer.is::<Vec<E>>();
        let newest = idle.iter().rposition(fits)?;
        idle.remove(newest).buffer.downcast().ok().map(|buffer| *buffer)
    })
    .ok()
    .flatten()
}

/// An empty vector with room for `length` entries.
pub fn room<E: 'static>(length: usize) -> Vec<E> {
    let mut buffer = take(length).unwrap_or_else(|| Vec::with_capacity(length));
    buffer.clear();
    buffer
}

/// `length` arbitrary entries: for a kernel that overwrites all of them.
pub fn output<E: Copy + Default + 'static>(length: usize) -> Vec<E> {
    match take(length) {
        Some(mut buffer) => {
            buffer.resize(length, E::default());
            buffer
        }
        None => vec![E::default(); length],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idle() -> usize {
        IDLE.with_borrow(|idle| idle.iter().map(|idle| idle.bytes).sum())
    }

    #[test]
    fn large_buffers_come_back_to_who_asks_for_their_size() {
        let length = 2 * LARGE / size_of::<f32>();
        let buffer = vec![1.0_f32; length];
        let place = buffer.as_ptr();
        give_back(buffer);
        let of_another_type = room::<f64>(length / 2);
        let longer = room::<f32>(2 * length);
        let much_shorter = room::<f32>(length / 4);
        assert_eq!(idle(), 2 * LARGE, "none of them gets this one");
        let shorter = output::<f32>(length - 1000);
        assert_eq!((shorter.as_ptr(), shorter.len()), (place, length - 1000));
        assert_eq!(idle(), 0);
        drop((of_another_type, longer, much_shorter));
    }

    #[test]
    fn what_is_given_back_is_handed_out_with_its_length() {
        let length = 2 * LARGE;
        give_back(vec![7_u8; length]);
        let shorter = output::<u8>(length - 1);
        assert_eq!(shorter.len(), length - 1);
        give_back(shorter);
        assert_eq!(output::<u8>(length).len(), length);
        assert_eq!(idle(), 0);
    }

    #[test]
    fn small_and_too_many_buffers_are_dropped() {
        give_back(vec![0_u8; LARGE - 1]);
        assert_eq!(idle(), 0);
        for _ in 0..10 {
            give_back(Vec::<u8>::with_capacity(MOST_IDLE / 4));
        }
        assert_eq!(idle(), MOST_IDLE);
        IDLE.with_borrow_mut(Vec::clear);
    }
}
