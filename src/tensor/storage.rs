//! The entries of a tensor: reference-counted, shared by clones, copied when one of them is written.

use super::Element;
use crate::kernels::buffers::Buffer;
use crate::kernels::zeroed::Zeroed;
use crate::shape::Shape;
use core::any::TypeId;
use core::mem::ManuallyDrop;

/// A shared, row-major buffer. The one block of memory holds the entries and the number of their owners.
pub(crate) struct Storage<E: Element>(ManuallyDrop<Buffer<E>>);

impl<E: Element> Drop for Storage<E> {
    #[inline]
    fn drop(&mut self) {
        if self.0.header().drop_reference() {
            // SAFETY: this was the last owner, and it is going away.
            unsafe { ManuallyDrop::drop(&mut self.0) };
        }
    }
}

impl<E: Element> Clone for Storage<E> {
    #[inline]
    fn clone(&self) -> Self {
        self.0.header().add_reference();
        // SAFETY: the references are counted: the last owner drops the buffer, and one that is alone writes.
        Storage(ManuallyDrop::new(unsafe { self.0.alias() }))
    }
}

impl<E: Element> From<Buffer<E>> for Storage<E> {
    #[inline]
    fn from(entries: Buffer<E>) -> Self {
        Storage(ManuallyDrop::new(entries))
    }
}

impl<E: Element> Storage<E> {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn as_slice(&self) -> &[E] {
        &self.0
    }

    /// The entries to write to: copied first if another tensor shares them.
    pub(crate) fn make_mut(&mut self) -> &mut [E] {
        if !self.0.header().is_unique() {
            *self = Buffer::from(self.as_slice()).into();
        }
        &mut self.0
    }

    /// The buffer itself, if no other tensor shares it: what lets an operation on an owned tensor write in place.
    #[inline]
    pub(crate) fn into_unique(self) -> Result<Buffer<E>, Self> {
        if !self.0.header().is_unique() {
            return Err(self);
        }
        let mut this = ManuallyDrop::new(self);
        // SAFETY: `this` is the only owner, and is neither used nor dropped any more.
        Ok(unsafe { ManuallyDrop::take(&mut this.0) })
    }

    /// The entries in a buffer of their own, without a copy if no other tensor shares them.
    pub(crate) fn into_buffer(self) -> Buffer<E> {
        self.into_unique()
            .unwrap_or_else(|shared| Buffer::from(shared.as_slice()))
    }

    /// The entries without their type, for a gradient on its way through the graph.
    pub(crate) fn erase(self) -> Erased {
        let this = ManuallyDrop::new(self);
        Erased {
            // SAFETY: the reference goes over to the result, which does not look at the bytes.
            bytes: Storage(ManuallyDrop::new(unsafe { this.0.alias().cast() })),
            element: TypeId::of::<E>(),
        }
    }

    /// The entries as the nested array of a shape with as many entries.
    pub(crate) fn as_array<S: Shape>(&self) -> &S::Array<E> {
        assert_eq!(self.len(), S::NUMEL);
        // SAFETY: the buffer holds S::NUMEL initialised entries, checked above. `Shape` is sealed, and its `Array<E>` is
        // [[E; B]; A] for (Dim<A>, Dim<B>), and so on: NUMEL entries of E in a row, with the alignment of E and no padding.
        unsafe { &*self.0.as_ptr().cast::<S::Array<E>>() }
    }
}

/// The entries of a tensor whose element type is only known at run time.
pub(crate) struct Erased {
    bytes: Storage<u8>,
    element: TypeId,
}

impl Erased {
    /// The entries. `None` if they are of another type.
    pub(crate) fn reveal<E: Element>(self) -> Option<Storage<E>> {
        if self.element != TypeId::of::<E>() {
            return None;
        }
        let this = ManuallyDrop::new(self.bytes);
        // SAFETY: the reference goes over to the result; the entries were of this type before `erase`.
        Some(Storage(ManuallyDrop::new(unsafe { this.0.alias().cast() })))
    }
}

/// The entries of a tensor that are a part of something larger: an array of its shape.
#[derive(Clone, Copy)]
pub struct Place<S: Shape, E: Copy + 'static>(S::Array<E>);

// SAFETY: `Shape` is sealed, and its `Array<E>` holds values of `E` and nothing else, of which zeros are one.
unsafe impl<S: Shape, E: Zeroed + Copy> Zeroed for Place<S, E> {}

impl<S: Shape, E: Copy + 'static> Place<S, E> {
    /// The nested array.
    #[inline(always)]
    pub fn array(&self) -> &S::Array<E> {
        &self.0
    }

    /// The nested array, to write to.
    #[inline(always)]
    pub fn array_mut(&mut self) -> &mut S::Array<E> {
        &mut self.0
    }

    /// The entries in row-major order.
    #[inline(always)]
    pub fn entries(&self) -> &[E] {
        S::entries(&self.0)
    }

    /// The entries in row-major order, to write to.
    #[inline(always)]
    pub fn entries_mut(&mut self) -> &mut [E] {
        S::entries_mut(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::{Rank0, Rank2, Rank3};

    fn storage<E: Element>(entries: &[E]) -> Storage<E> {
        Buffer::from(entries).into()
    }

    #[test]
    fn nested_arrays_are_the_entries_in_row_major_order() {
        let six = storage(&[0, 1, 2, 3, 4, 5]);
        assert_eq!(six.as_array::<Rank2<2, 3>>(), &[[0, 1, 2], [3, 4, 5]]);
        assert_eq!(six.as_array::<Rank3<3, 1, 2>>(), &[[[0, 1]], [[2, 3]], [[4, 5]]]);
        assert_eq!(storage(&[7u8]).as_array::<Rank0>(), &7);
        assert_eq!(storage::<f64>(&[]).as_array::<Rank2<0, 3>>(), &[[0.0; 3]; 0]);
    }

    #[test]
    fn a_place_is_the_entries_in_row_major_order() {
        let mut place = Place::<Rank2<2, 3>, f32>::zeroed();
        assert_eq!(place.array(), &[[0.0; 3]; 2]);
        place.entries_mut()[4] = 1.0;
        assert_eq!((place.array()[1][1], place.entries()[4]), (1.0, 1.0));
    }

    #[test]
    #[should_panic(expected = "left == right")]
    fn an_array_of_another_size_is_refused() {
        storage(&[1, 2, 3]).as_array::<Rank2<2, 2>>();
    }

    #[test]
    fn writing_copies_only_what_is_shared() {
        let mut first = storage(&[1, 2]);
        let before = first.as_slice().as_ptr();
        first.make_mut()[0] = 3;
        assert_eq!(first.as_slice().as_ptr(), before);
        let shared = first.clone();
        first.make_mut()[0] = 4;
        assert_eq!((first.as_slice(), shared.as_slice()), (&[4, 2][..], &[3, 2][..]));
    }

    #[test]
    fn a_buffer_is_taken_out_only_by_its_only_owner() {
        let first = storage(&[1, 2]);
        let place = first.as_slice().as_ptr();
        let second = first.clone();
        let Err(first) = first.into_unique() else {
            panic!("it is shared")
        };
        assert_ne!(first.clone().into_buffer().as_ptr(), place);
        drop(first);
        let alone = second.into_unique().ok().expect("it is alone");
        assert_eq!((alone.as_ptr(), &*alone), (place, &[1, 2][..]));
    }

    #[test]
    fn owners_on_many_threads() {
        let entries = storage(&[1.0_f32; 1000]);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                let mut own = entries.clone();
                scope.spawn(move || {
                    for _ in 0..100 {
                        drop(own.clone());
                    }
                    own.make_mut()[0] = 2.0;
                    assert_eq!(own.as_slice()[0], 2.0);
                });
            }
        });
        assert_eq!(entries.as_slice(), [1.0; 1000]);
        assert!(entries.into_unique().is_ok());
    }

    #[test]
    fn erased_entries_come_back_as_what_they_were() {
        let entries = storage(&[1.0_f64, 2.0]);
        assert_eq!(entries.clone().erase().reveal::<f64>().unwrap().as_slice(), [1.0, 2.0]);
        assert!(entries.clone().erase().reveal::<f32>().is_none());
        assert!(entries.into_unique().is_ok(), "no owner is left over");
    }
}
