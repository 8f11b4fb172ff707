//! The entries of a tensor: reference-counted, shared by clones, copied when one of them is written.

use super::Element;
use crate::kernels::buffers;
use crate::kernels::zeroed::Zeroed;
use crate::shape::Shape;
use std::sync::Arc;

/// A shared, row-major buffer.
pub(crate) struct Storage<E: Element>(Arc<Buffer<E>>);

/// The entries. Where the last tensor that shares them is dropped, the buffer is kept for another one.
#[derive(Clone)]
struct Buffer<E: Element>(Vec<E>);

impl<E: Element> Drop for Buffer<E> {
    fn drop(&mut self) {
        buffers::give_back(core::mem::take(&mut self.0));
    }
}

impl<E: Element> Clone for Storage<E> {
    fn clone(&self) -> Self {
        Storage(Arc::clone(&self.0))
    }
}

impl<E: Element> Storage<E> {
    pub(crate) fn new(entries: Vec<E>) -> Self {
        Storage(Arc::new(Buffer(entries)))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.0.len()
    }

    pub(crate) fn as_slice(&self) -> &[E] {
        &self.0.0
    }

    /// The entries to write to: copied first if another tensor shares them.
    pub(crate) fn make_mut(&mut self) -> &mut [E] {
        &mut Arc::make_mut(&mut self.0).0
    }

    /// The buffer itself, if no other tensor shares it: what lets an operation on an owned tensor write in place.
    pub(crate) fn into_unique(self) -> Result<Vec<E>, Self> {
        Arc::try_unwrap(self.0)
            .map(|mut buffer| core::mem::take(&mut buffer.0))
            .map_err(Storage)
    }

    /// The entries in a vector of their own, without a copy if no other tensor shares them.
    pub(crate) fn into_vec(self) -> Vec<E> {
        self.into_unique().unwrap_or_else(|shared| shared.as_slice().to_vec())
    }

    /// The entries without their type, for a gradient on its way through the graph.
    pub(crate) fn erase(self) -> Arc<dyn core::any::Any + Send + Sync> {
        self.0
    }

    /// Gives erased entries their type back. `None` if they are of another type.
    pub(crate) fn reveal(erased: Arc<dyn core::any::Any + Send + Sync>) -> Option<Self> {
        erased.downcast().ok().map(Storage)
    }

    /// The entries as the nested array of a shape with as many entries.
    pub(crate) fn as_array<S: Shape>(&self) -> &S::Array<E> {
        assert_eq!(self.len(), S::NUMEL);
        // SAFETY: the buffer holds S::NUMEL initialised entries, checked above. `Shape` is sealed, and its `Array<E>` is
        // [[E; B]; A] for (Dim<A>, Dim<B>), and so on: NUMEL entries of E in a row, with the alignment of E and no padding.
        unsafe { &*self.0.0.as_ptr().cast::<S::Array<E>>() }
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

    #[test]
    fn nested_arrays_are_the_entries_in_row_major_order() {
        let storage = Storage::new((0..6).collect::<Vec<i32>>());
        assert_eq!(storage.as_array::<Rank2<2, 3>>(), &[[0, 1, 2], [3, 4, 5]]);
        assert_eq!(storage.as_array::<Rank3<3, 1, 2>>(), &[[[0, 1]], [[2, 3]], [[4, 5]]]);
        assert_eq!(Storage::new(vec![7u8]).as_array::<Rank0>(), &7);
        assert_eq!(
            Storage::new(Vec::<f64>::new()).as_array::<Rank2<0, 3>>(),
            &[[0.0; 3]; 0]
        );
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
        Storage::new(vec![1, 2, 3]).as_array::<Rank2<2, 2>>();
    }

    #[test]
    fn writing_copies_only_what_is_shared() {
        let mut storage = Storage::new(vec![1, 2]);
        let before = storage.as_slice().as_ptr();
        storage.make_mut()[0] = 3;
        assert_eq!(storage.as_slice().as_ptr(), before);
        let shared = storage.clone();
        storage.make_mut()[0] = 4;
        assert_eq!((storage.as_slice(), shared.as_slice()), (&[4, 2][..], &[3, 2][..]));
    }
}
