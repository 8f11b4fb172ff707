//! Shared objects in blocks of [`memory`]: an `Arc` that allocates nothing in a steady loop.

use super::memory::{self, ALIGNMENT, Header, Kind};
use core::ops::Deref;
use core::ptr::NonNull;

/// A counted reference to an object, which is dropped with the last of them.
pub struct Shared<T: ?Sized> {
    block: NonNull<Header>,
    object: NonNull<T>,
}

// SAFETY: as for `Arc`, the object may be used and dropped by any thread that has a reference.
unsafe impl<T: ?Sized + Send + Sync> Send for Shared<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Send + Sync> Sync for Shared<T> {}

impl<T: ?Sized> Shared<T> {
    /// Moves an object to where it is shared. `as_shared` makes it what it is shared as: `|node| node` where `T` is
    /// `dyn Node`.
    ///
    /// # Panics
    ///
    /// If `as_shared` gives only a part of the object.
    pub fn new<O>(object: O, as_shared: impl FnOnce(&mut O) -> &mut T) -> Self {
        const { assert!(size_of::<O>() > 0) };
        let block = memory::take(
            Kind::Objects,
            size_of::<O>() + align_of::<O>().saturating_sub(ALIGNMENT),
        );
        // SAFETY: the block has room for the object at a place that is aligned, and is nobody else's. A mutable reference to
        // all bytes of the object can only be one to the object: nobody else has a reference to what `as_shared` borrows.
        unsafe {
            let contents = Header::contents(block);
            let place = contents.add(contents.align_offset(align_of::<O>())).cast::<O>();
            place.write(object);
            let object = as_shared(&mut *place.as_ptr());
            assert!(core::ptr::addr_eq(object, place.as_ptr()) && size_of_val(object) == size_of::<O>());
            Shared {
                block,
                object: NonNull::from(object),
            }
        }
    }

    /// The object, if this is the only reference to it.
    pub fn get_mut(this: &mut Self) -> Option<&mut T> {
        // SAFETY: the block is taken for as long as there is a reference.
        if !unsafe { this.block.as_ref() }.is_unique() {
            return None;
        }
        // SAFETY: nobody else has a reference to the object.
        Some(unsafe { this.object.as_mut() })
    }
}

impl<T: ?Sized> Clone for Shared<T> {
    #[inline]
    fn clone(&self) -> Self {
        // SAFETY: the block is taken for as long as there is a reference, and this is one.
        unsafe { self.block.as_ref().add_reference() };
        Shared { ..*self }
    }
}

impl<T: ?Sized> Deref for Shared<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the object lives for as long as there is a reference.
        unsafe { self.object.as_ref() }
    }
}

/// Gives a block back, also if dropping the object in it panics.
struct Block(NonNull<Header>);

impl Drop for Block {
    fn drop(&mut self) {
        // SAFETY: the block was taken for an object, of which nothing is left.
        unsafe { memory::give_back(Kind::Objects, self.0) };
    }
}

impl<T: ?Sized> Drop for Shared<T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the block is taken for as long as there is a reference; with the last one, the object is nobody else's.
        unsafe {
            if self.block.as_ref().drop_reference() {
                let _block = Block(self.block);
                self.object.drop_in_place();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::fmt::Debug;
    use std::sync::Arc;

    #[test]
    fn the_object_is_dropped_with_its_last_reference() {
        let count = Arc::new(());
        let first = Shared::<[Arc<()>; 2]>::new([count.clone(), count.clone()], |object| object);
        let second = first.clone();
        drop(first);
        assert_eq!((Arc::strong_count(&count), second.len()), (3, 2));
        drop(second);
        assert_eq!(Arc::strong_count(&count), 1);
    }

    #[test]
    fn objects_are_shared_as_traits_and_slices() {
        let text = Shared::<dyn Debug + Send + Sync>::new(String::from("text"), |text| text);
        assert_eq!(format!("{:?}", &*text.clone()), "\"text\"");
        let mut slice = Shared::<[u64]>::new([1, 2, 3], |array| array);
        Shared::get_mut(&mut slice).unwrap()[0] = 4;
        let other = slice.clone();
        assert!(Shared::get_mut(&mut slice).is_none());
        drop(other);
        assert_eq!(Shared::get_mut(&mut slice).unwrap(), &[4, 2, 3]);
    }

    #[test]
    fn objects_are_aligned() {
        #[repr(align(256))]
        struct Wide(u8);
        let objects = [1, 2, 3].map(|i| Shared::<Wide>::new(Wide(i), |wide| wide));
        assert!(
            objects
                .iter()
                .all(|object| (&raw const **object).addr().is_multiple_of(256))
        );
        assert_eq!(objects.map(|object| object.0), [1, 2, 3]);
    }

    #[test]
    #[should_panic(expected = "addr_eq")]
    fn a_part_is_not_shared() {
        Shared::<u64>::new([1_u64, 2], |pair| &mut pair[1]);
    }

    #[test]
    fn references_on_many_threads() {
        let count = Arc::new(());
        let object = Shared::<Arc<()>>::new(count.clone(), |object| object);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                let own = object.clone();
                scope.spawn(move || (0..100).for_each(|_| drop(own.clone())));
            }
        });
        assert_eq!(Arc::strong_count(&count), 2);
        drop(object);
        assert_eq!(Arc::strong_count(&count), 1);
    }
}
