//! The entries of a tensor: reference-counted, shared by clones, copied when one of them is written.

use super::Element;
use super::deferred::{Deferred, Recipe, Step, is_large};
use crate::kernels::buffers::Buffer;
use crate::kernels::elementwise;
use crate::kernels::memory::{self, Header, Kind};
use crate::kernels::zeroed::Zeroed;
use crate::shape::Shape;
use core::any::TypeId;
use core::mem::ManuallyDrop;
use core::ptr::NonNull;

/// The entries of a tensor: a shared, row-major buffer, or a recipe to compute them when they are read.
///
/// It is one pointer. The block of memory there holds the entries, or a [`Deferred`] if it has a dropper, and in either case
/// the number of owners and of entries.
pub(crate) struct Storage<E: Element>(ManuallyDrop<Buffer<E>>);

// SAFETY: as for `Arc`: owners are counted atomically, all may read the entries, and one writes or drops them only when it is
// alone. Elements may go to other threads and be read by several, and so may a `Deferred`, as is checked below.
unsafe impl<E: Element> Send for Storage<E> {}
// SAFETY: as above.
unsafe impl<E: Element> Sync for Storage<E> {}

const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    shared::<Deferred<f32>>();
};

impl<E: Element> Drop for Storage<E> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: this owner has a reference, and is going away.
        if unsafe { self.0.header().drop_reference() } {
            match self.0.header().dropper() {
                // SAFETY: this was the last owner.
                None => unsafe { ManuallyDrop::drop(&mut self.0) },
                // SAFETY: as above.
                Some(dropper) => unsafe { dropper(self.0.block()) },
            }
        }
    }
}

impl<E: Element> Clone for Storage<E> {
    #[inline]
    fn clone(&self) -> Self {
        // SAFETY: this owner has a reference. As they are counted, the last owner drops the buffer, and one that is alone writes.
        unsafe {
            self.0.header().add_reference();
            Storage(ManuallyDrop::new(self.0.alias()))
        }
    }
}

impl<E: Element> From<Buffer<E>> for Storage<E> {
    #[inline]
    fn from(entries: Buffer<E>) -> Self {
        Storage(ManuallyDrop::new(entries))
    }
}

impl<E: Element> From<Deferred<E>> for Storage<E> {
    fn from(deferred: Deferred<E>) -> Self {
        /// # Safety
        ///
        /// The block must hold a `Deferred<E>`, of which this was the last owner.
        unsafe fn drop<E: Element>(block: NonNull<Header>) {
            // SAFETY: the caller's promise. The drop of a `Deferred` does not panic.
            unsafe {
                Header::contents(block).cast::<Deferred<E>>().drop_in_place();
                memory::give_back(Kind::Objects, block);
            }
        }

        const { assert!(align_of::<Deferred<E>>() <= memory::ALIGNMENT) };
        let mut block = memory::take(Kind::Objects, size_of::<Deferred<E>>());
        // SAFETY: the block is nobody else's and has room for it. It has a dropper, so that it is not used as a buffer.
        unsafe {
            let header = block.as_mut();
            header.length = deferred.length;
            header.set_dropper(drop::<E>);
            Header::contents(block).cast().write(deferred);
            Storage(ManuallyDrop::new(Buffer::of_block(block)))
        }
    }
}

impl<E: Element> Storage<E> {
    /// What computes the entries, if they are not at hand.
    #[inline]
    fn deferred(&self) -> Option<&Deferred<E>> {
        self.0.header().dropper()?;
        // SAFETY: a block with a dropper holds this, and lives as long as its owners.
        Some(unsafe { Header::contents(self.0.block()).cast().as_ref() })
    }

    /// The same, where there is no other owner.
    fn deferred_mut(&mut self) -> Option<&mut Deferred<E>> {
        let header = self.0.header();
        if header.dropper().is_none() || !header.is_unique() {
            return None;
        }
        // SAFETY: as above, and nobody else uses it.
        Some(unsafe { Header::contents(self.0.block()).cast().as_mut() })
    }

    /// The same number in all entries, which are not written until somebody reads them.
    pub(crate) fn uniform(length: usize, number: E) -> Self {
        if is_large::<E>(length) {
            Deferred::new(length, Recipe::number(number)).into()
        } else {
            Buffer::full(length, number).into()
        }
    }

    /// A function of the entries: in place where that is possible at once, else noted until somebody reads them.
    pub(crate) fn then(self, step: Step<E>) -> Self {
        let length = self.len();
        if !is_large::<E>(length) {
            let mut entries = self.into_buffer();
            step.run(&mut entries);
            return entries.into();
        }
        if let Some(mut recipe) = self.deferred().and_then(Deferred::recipe)
            && recipe.push(step)
        {
            return Deferred::new(length, recipe).into();
        }
        match self.into_unique() {
            Ok(mut entries) => {
                elementwise::runs_in_place(&mut entries, &|run| step.run(run));
                entries.into()
            }
            Err(shared) => {
                let mut recipe = Recipe::entries(shared);
                recipe.push(step);
                Deferred::new(length, recipe).into()
            }
        }
    }

    /// What `steps` makes of the entries, run by run: in place if no other tensor shares them.
    pub(crate) fn in_runs(self, steps: &(dyn Fn(&mut [E]) + Sync)) -> Buffer<E> {
        match self.into_unique() {
            Ok(mut entries) => {
                elementwise::runs_in_place(&mut entries, steps);
                entries
            }
            Err(shared) => elementwise::runs(shared.as_slice(), steps),
        }
    }

    /// The number that all entries are, where that is known without reading them.
    pub(crate) fn number(&self) -> Option<E> {
        self.deferred().and_then(Deferred::number)
    }

    /// What `read` makes of the entries that these are to be computed from and of the steps from there, which it may take run by
    /// run. `None` if the entries are at hand.
    pub(crate) fn read_deferred<R>(&self, read: impl FnOnce(&[E], &(dyn Fn(&mut [E]) + Sync)) -> R) -> Option<R> {
        self.deferred().and_then(|deferred| deferred.read(read))
    }

    /// The entries, at hand.
    #[inline]
    pub(crate) fn written(mut self) -> Self {
        if let Some(alone) = self.deferred_mut() {
            return alone.take_written();
        }
        match self.deferred() {
            None => self,
            Some(shared) => shared.written().clone(),
        }
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.0.header().length
    }

    #[inline]
    pub(crate) fn as_slice(&self) -> &[E] {
        match self.deferred() {
            None => &self.0,
            Some(deferred) => deferred.written().as_slice(),
        }
    }

    /// The entries to write to: copied first if another tensor shares them.
    pub(crate) fn make_mut(&mut self) -> &mut [E] {
        if self.0.header().dropper().is_some() || !self.0.header().is_unique() {
            // Taken out, so that what nobody else shares is not copied.
            let entries = core::mem::replace(self, Buffer::from(&[][..]).into());
            *self = entries.into_buffer().into();
        }
        &mut self.0
    }

    /// The buffer itself, if no other tensor shares it: what lets an operation on an owned tensor write in place.
    #[inline]
    pub(crate) fn into_unique(self) -> Result<Buffer<E>, Self> {
        let entries = self.written();
        if !entries.0.header().is_unique() {
            return Err(entries);
        }
        let mut entries = ManuallyDrop::new(entries);
        // SAFETY: this is the only owner, and is neither used nor dropped any more.
        Ok(unsafe { ManuallyDrop::take(&mut entries.0) })
    }

    /// The entries in a buffer of their own, without a copy if no other tensor shares them.
    #[inline]
    pub(crate) fn into_buffer(self) -> Buffer<E> {
        self.into_unique()
            .unwrap_or_else(|shared| Buffer::from(shared.as_slice()))
    }

    /// The entries without their type, for a gradient on its way through the graph.
    pub(crate) fn erase(self) -> Erased {
        Erased {
            // SAFETY: as long as they are erased, nobody looks at the entries.
            bytes: unsafe { self.cast() },
            element: TypeId::of::<E>(),
        }
    }

    /// The same entries under another type.
    ///
    /// # Safety
    ///
    /// They may be looked at only as what they were at first.
    #[inline]
    unsafe fn cast<F: Element>(self) -> Storage<F> {
        let this = ManuallyDrop::new(self);
        // SAFETY: the reference goes over to the result; the rest is the caller's promise.
        Storage(ManuallyDrop::new(unsafe { this.0.alias().cast() }))
    }

    /// The entries as the nested array of a shape with as many entries.
    pub(crate) fn as_array<S: Shape>(&self) -> &S::Array<E> {
        let entries = self.as_slice();
        assert_eq!(entries.len(), S::NUMEL);
        // SAFETY: there are S::NUMEL initialised entries, checked above. `Shape` is sealed, and its `Array<E>` is
        // [[E; B]; A] for (Dim<A>, Dim<B>), and so on: NUMEL entries of E in a row, with the alignment of E and no padding.
        unsafe { &*entries.as_ptr().cast::<S::Array<E>>() }
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
        // SAFETY: the entries were of this type before `erase`.
        (self.element == TypeId::of::<E>()).then(|| unsafe { self.bytes.cast() })
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

    const DOUBLE: Step<f32> = Step {
        number: 2.0,
        apply: |entries, number| entries.iter_mut().for_each(|entry| *entry *= number),
    };
    const NEXT: Step<f32> = Step {
        number: 1.0,
        apply: |entries, number| entries.iter_mut().for_each(|entry| *entry += number),
    };
    const MANY: usize = 10_000;

    fn counted() -> Storage<f32> {
        Buffer::from_fn(MANY, |i| i as f32).into()
    }

    #[test]
    fn steps_are_taken_in_order_when_the_entries_are_read() {
        let source = counted();
        for rounds in 1..10 {
            let mut deferred = source.clone();
            for _ in 0..rounds {
                deferred = deferred.then(DOUBLE).then(NEXT);
            }
            assert_eq!(deferred.read_deferred(|_, _| ()).is_some(), rounds <= 4, "not too many");
            let factor = (1 << rounds) as f32;
            for _ in 0..2 {
                assert!((0..MANY).all(|i| deferred.as_slice()[i] == i as f32 * factor + factor - 1.0));
                assert!(deferred.read_deferred(|_, _| ()).is_none(), "once read, it is written");
            }
        }
    }

    #[test]
    fn what_nobody_shares_is_computed_in_place() {
        let entries = counted();
        let place = entries.as_slice().as_ptr();
        let at_once = entries.then(DOUBLE);
        assert!(at_once.read_deferred(|_, _| ()).is_none());
        let other = at_once.clone();
        let deferred = at_once.then(NEXT);
        drop(other);
        let written = deferred.into_unique().ok().expect("it is alone");
        assert_eq!((written.as_ptr(), written[3]), (place, 7.0));
    }

    #[test]
    fn a_number_is_no_more_than_that() {
        let ones = Storage::uniform(MANY, 1.0_f32);
        let threes = ones.clone().then(DOUBLE).then(NEXT);
        assert_eq!((ones.number(), threes.number()), (Some(1.0), Some(3.0)));
        assert_eq!(threes.as_slice(), [3.0; MANY]);
        assert_eq!(threes.number(), None, "it is written now");
        let mut own = ones.clone();
        own.make_mut()[1] = 2.0;
        assert_eq!(
            (own.as_slice()[..2].to_vec(), ones.as_slice()[1]),
            (vec![1.0, 2.0], 1.0)
        );
    }

    #[test]
    fn many_threads_read_what_is_deferred() {
        let source = counted();
        let deferred = source.clone().then(DOUBLE);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert_eq!(deferred.clone().then(NEXT).as_slice()[5], 11.0));
                scope.spawn(|| assert_eq!(deferred.as_slice()[5], 10.0));
            }
        });
        let erased = source.clone().then(NEXT).erase();
        assert_eq!(erased.reveal::<f32>().unwrap().as_slice()[5], 6.0);
        assert!(source.clone().then(NEXT).erase().reveal::<f64>().is_none());
        drop(deferred);
        assert!(source.into_unique().is_ok(), "no owner is left over");
    }

    #[test]
    fn erased_entries_come_back_as_what_they_were() {
        let entries = storage(&[1.0_f64, 2.0]);
        assert_eq!(entries.clone().erase().reveal::<f64>().unwrap().as_slice(), [1.0, 2.0]);
        assert!(entries.clone().erase().reveal::<f32>().is_none());
        assert!(entries.into_unique().is_ok(), "no owner is left over");
    }
}
