//! The entries of a tensor, while one owner writes them, or what a kernel works with on the way: a block of
//! [`memory`](super::memory), so that a steady loop allocates nothing.

use super::memory::{self, Header, Kind};
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;

/// Types whose values have no holes: all their bytes are initialised.
///
/// (Tensors hold numbers and `bool`. Not all bytes are a `bool`, but writing one keeps a block initialised.)
///
/// # Safety
///
/// This is a promise that the above holds, so that there is no padding, that zeros are a value, and that any bytes are if
/// [`PLAIN`](Solid::PLAIN) says so.
pub unsafe trait Solid: Copy + 'static {
    /// Whether any bytes are a value.
    const PLAIN: bool;
}

macro_rules! solid {
    ($($type:ident $plain:literal)*) => { $(
        // SAFETY: a primitive type has no padding, and 0 and `false` are zeros.
        unsafe impl Solid for $type {
            const PLAIN: bool = $plain;
        }
    )* };
}
solid! {
    f32 true f64 true
    i8 true i16 true i32 true i64 true isize true
    u8 true u16 true u32 true u64 true usize true
    bool false
}

/// A buffer of entries, which goes back to the thread's memory when it is dropped.
///
/// The block counts references, for [`Storage`](crate::tensor::Storage) that shares it; a `Buffer` by itself is the only one.
pub struct Buffer<E: Solid> {
    block: NonNull<Header>,
    entries: PhantomData<E>,
}

// SAFETY: a buffer owns its entries.
unsafe impl<E: Solid + Send> Send for Buffer<E> {}
// SAFETY: as above.
unsafe impl<E: Solid + Sync> Sync for Buffer<E> {}

/// `length` arbitrary entries: for a kernel that overwrites all of them before it reads them.
pub fn output<E: Solid>(length: usize) -> Buffer<E> {
    // SAFETY: all bytes of the block are initialised, and any are a value, or else they are zeros.
    unsafe {
        let mut entries = Buffer::<E>::of_arbitrary(length);
        if !E::PLAIN {
            entries.as_mut_ptr().write_bytes(0, length);
        }
        entries
    }
}

impl<E: Solid> Buffer<E> {
    /// Room for `length` entries.
    ///
    /// # Safety
    ///
    /// The bytes there must be values of the type, or be written before they are read.
    unsafe fn of_arbitrary(length: usize) -> Self {
        const { assert!(align_of::<E>() <= memory::ALIGNMENT) };
        let bytes = length.checked_mul(size_of::<E>()).expect("no buffer is that large");
        let block = memory::take(Kind::Numbers, bytes);
        // SAFETY: the block is this buffer's alone.
        unsafe { (*block.as_ptr()).length = length };
        Buffer {
            block,
            entries: PhantomData,
        }
    }

    /// A buffer of `length` entries that `fill` writes.
    ///
    /// # Safety
    ///
    /// `fill` must write every entry, unless it panics, and may not leave any uninitialised.
    pub unsafe fn filled(length: usize, fill: impl FnOnce(&mut [MaybeUninit<E>])) -> Self {
        // SAFETY: the caller's promise. If `fill` panics, the buffer is dropped, which reads no entry.
        unsafe {
            let mut buffer = Self::of_arbitrary(length);
            fill(core::slice::from_raw_parts_mut(buffer.as_mut_ptr().cast(), length));
            buffer
        }
    }

    /// `length` times the same entry.
    pub fn full(length: usize, entry: E) -> Self {
        // SAFETY: every entry is written.
        unsafe {
            Self::filled(length, |out| {
                out.iter_mut().for_each(|out| {
                    out.write(entry);
                })
            })
        }
    }

    /// The entry at each index.
    pub fn from_fn(length: usize, mut f: impl FnMut(usize) -> E) -> Self {
        // SAFETY: every entry is written, unless `f` panics.
        unsafe {
            Self::filled(length, |out| {
                out.iter_mut().enumerate().for_each(|(i, out)| {
                    out.write(f(i));
                })
            })
        }
    }

    /// The buffer in a block, or the only mention of a block that holds something else: whoever makes it must see to it that its
    /// entries are not looked at, and that it is not dropped.
    ///
    /// # Safety
    ///
    /// The block must be one that was taken, and if it is to be used as a buffer, hold as many entries as its length says.
    #[inline]
    pub unsafe fn of_block(block: NonNull<Header>) -> Self {
        Buffer {
            block,
            entries: PhantomData,
        }
    }

    /// The block.
    #[inline]
    pub fn block(&self) -> NonNull<Header> {
        self.block
    }

    /// What stands before the entries.
    #[inline]
    pub fn header(&self) -> &Header {
        // SAFETY: the header is initialised for as long as the block is taken.
        unsafe { self.block.as_ref() }
    }

    /// Another owner of the same block.
    ///
    /// # Safety
    ///
    /// Of all owners only one may be dropped, as the last, and entries may be written only by one that is alone.
    #[inline]
    pub unsafe fn alias(&self) -> Self {
        Buffer { ..*self }
    }

    /// The same block, as entries of another type.
    ///
    /// # Safety
    ///
    /// The length stays as it is, so entries may be read and written only if they were of this type at first.
    #[inline]
    pub unsafe fn cast<F: Solid>(self) -> Buffer<F> {
        Buffer {
            block: core::mem::ManuallyDrop::new(self).block,
            entries: PhantomData,
        }
    }

    #[inline]
    fn as_mut_ptr(&mut self) -> *mut E {
        // SAFETY: the block is one that was taken.
        unsafe { Header::contents(self.block) }.cast().as_ptr()
    }
}

impl<E: Solid> From<&[E]> for Buffer<E> {
    fn from(entries: &[E]) -> Self {
        // SAFETY: every entry is written; both are of one length.
        unsafe {
            Self::filled(entries.len(), |out| {
                out.as_mut_ptr()
                    .cast::<E>()
                    .copy_from_nonoverlapping(entries.as_ptr(), entries.len())
            })
        }
    }
}

impl<E: Solid> Deref for Buffer<E> {
    type Target = [E];

    #[inline]
    fn deref(&self) -> &[E] {
        // SAFETY: the block holds `length` entries, all of which are written.
        unsafe { core::slice::from_raw_parts(Header::contents(self.block).cast().as_ptr(), self.header().length) }
    }
}

impl<E: Solid> DerefMut for Buffer<E> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [E] {
        // SAFETY: as in `deref`; the buffer is the only owner.
        unsafe { core::slice::from_raw_parts_mut(self.as_mut_ptr(), self.header().length) }
    }
}

impl<E: Solid> Drop for Buffer<E> {
    fn drop(&mut self) {
        // SAFETY: the block was taken for numbers, and only values without holes were written there.
        unsafe { memory::give_back(Kind::Numbers, self.block) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_hold_what_was_written() {
        for length in [0, 1, 3, 1000] {
            let squares = Buffer::from_fn(length, |i| i * i);
            assert!(squares.iter().enumerate().all(|(i, &square)| square == i * i));
            assert_eq!(squares.len(), length);
            assert_eq!(*Buffer::from(&squares[..]), *squares);
            assert_eq!(*Buffer::full(length, true), *vec![true; length]);
            let mut out = output::<f32>(length);
            out.fill(2.0);
            assert_eq!(*out, *vec![2.0; length]);
        }
    }

    #[test]
    fn a_buffer_comes_back_as_another_type() {
        let place = Buffer::<f32>::full(2000, 1.0).as_ptr() as usize;
        let bytes = output::<f64>(1000);
        assert_eq!(bytes.as_ptr() as usize, place);
    }

    #[test]
    fn entries_are_dropped_where_computing_one_panics() {
        let panics = std::panic::catch_unwind(|| Buffer::from_fn(10, |i| if i < 5 { i } else { panic!("five") }));
        assert!(panics.is_err());
    }
}
