//! Going through a dataset, a static number of items at a time.

use super::Dataset;
use crate::dim::Dim;
use crate::error::Result;
use crate::ops::Labels;
use crate::shape::{HasRoom, InsertAxis};
use crate::tensor::{Numeric, Tensor, Tensor1};
use rand::Rng;
use rand::seq::SliceRandom;

/// An iterator over a dataset in batches of up to `B` items: each item exactly once. [`Dataset::batches`] makes it.
///
/// ```
/// use tintype::prelude::*;
/// let letters = ['a', 'b', 'c', 'd', 'e'];
/// let mut rng = StdRng::seed_from_u64(0);
/// let mut seen: Vec<char> = letters.batches::<2>().shuffle(&mut rng).flatten().collect();
/// seen.sort();
/// assert_eq!(seen, letters);
/// ```
#[derive(Debug)]
pub struct Batches<'a, D: ?Sized, const B: usize> {
    data: &'a D,
    /// The indices in the order of a shuffled pass.
    order: Option<Vec<usize>>,
    next: usize,
    end: usize,
}

impl<'a, D: Dataset + ?Sized, const B: usize> Batches<'a, D, B> {
    pub(super) fn new(data: &'a D) -> Self {
        const { assert!(B > 0, "a batch holds at least one item") }
        Batches {
            data,
            order: None,
            next: 0,
            end: data.len(),
        }
    }

    /// Goes through the items in a random order, in which each comes exactly once. Call it before the first batch is taken.
    ///
    /// The order follows from `rng`: the same seed gives the same order. Passing one generator on from epoch to epoch gives
    /// each epoch another.
    pub fn shuffle(mut self, rng: &mut (impl Rng + ?Sized)) -> Self {
        let mut order: Vec<usize> = (0..self.data.len()).collect();
        order.shuffle(rng);
        self.order = Some(order);
        self
    }

    /// Leaves out a last batch that would not be full: for training, where a batch of two would pull as hard as one of 64.
    /// Shuffled, other items are left out in each epoch.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!([0; 10].batches::<4>().drop_last().len(), 2);
    /// ```
    pub fn drop_last(mut self) -> Self {
        self.end = self.data.len() / B * B;
        self
    }
}

impl<D: Dataset + ?Sized, const B: usize> Iterator for Batches<'_, D, B> {
    type Item = Batch<D::Item, B>;

    fn next(&mut self) -> Option<Self::Item> {
        let places = self.next..self.end.min(self.next + B);
        if places.is_empty() {
            return None;
        }
        self.next = places.end;
        let indices: Vec<usize> = match &self.order {
            Some(order) => order[places].to_vec(),
            None => places.collect(),
        };
        let items = indices.iter().map(|&index| self.data.item(index)).collect();
        Some(Batch { items, indices })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let batches = (self.end - self.next).div_ceil(B);
        (batches, Some(batches))
    }
}

impl<D: Dataset + ?Sized, const B: usize> ExactSizeIterator for Batches<'_, D, B> {}

/// One to `B` items of a dataset, for a network that takes `B`.
///
/// A batch that is not full is filled up where it becomes a tensor: [`stack`](Batch::stack) puts zeros into the places of the
/// items that are not there. So that they do not count, use [`mask`](Batch::mask), or for class labels
/// [`labels`](Batch::labels).
#[derive(Clone, Debug)]
pub struct Batch<T, const B: usize> {
    items: Vec<T>,
    indices: Vec<usize>,
}

impl<T, const B: usize> Batch<T, B> {
    /// The number of items: `B`, or fewer in a last batch.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no items, which no batch of a dataset is.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The items, one after the other.
    pub fn iter(&self) -> core::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// For each item, its index in the dataset.
    pub fn indices(&self) -> &[usize] {
        &self.indices
    }

    /// One tensor of the whole batch: `part` gives the tensor of one item, and the batch becomes the first axis. Zeros where
    /// items are missing.
    ///
    /// `part` is called once for each item, in order, so it may draw random numbers (to shift an image, say).
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let points = vec![tensor([1.0, 2.0]), tensor([3.0, 4.0]), tensor([5.0, 6.0])];
    /// let last = points.batches::<2>().last().unwrap();
    /// let x: Tensor2<2, 2> = last.stack(|point| point.clone());
    /// assert_eq!(x.array(), &[[5.0, 6.0], [0.0, 0.0]]);
    /// ```
    pub fn stack<S: InsertAxis<0> + HasRoom, E: Numeric>(
        &self,
        part: impl FnMut(&T) -> Tensor<S, E>,
    ) -> Tensor<<S as InsertAxis<0>>::With<Dim<B>>, E> {
        let mut batch = Tensor::zeros();
        let entries = batch.as_mut_slice();
        for (i, part) in self.items.iter().map(part).enumerate() {
            entries[i * S::NUMEL..][..S::NUMEL].copy_from_slice(part.as_slice());
        }
        batch
    }

    /// The class labels of the batch, which leave out what is missing: losses are means over the items that are there.
    ///
    /// # Errors
    /// [`Error::Label`](crate::Error::Label) if a label is not less than `C`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let last = [3, 1, 4, 1, 5, 9].batches::<4>().last().unwrap();
    /// let labels: Labels<4, 10> = last.labels(|&digit| digit)?;
    /// assert_eq!(labels.as_slice(), [5, 9]);
    /// # Ok::<(), tintype::Error>(())
    /// ```
    pub fn labels<const C: usize>(&self, label: impl FnMut(&T) -> usize) -> Result<Labels<B, C>> {
        let labels: Vec<usize> = self.items.iter().map(label).collect();
        Labels::padded(&labels)
    }

    /// 1 for each item, then 0 for each that is missing.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let last = [7; 10].batches::<4>().last().unwrap();
    /// let mask: Tensor1<4> = last.mask();
    /// assert_eq!(mask.array(), &[1.0, 1.0, 0.0, 0.0]);
    /// ```
    pub fn mask<E: Numeric>(&self) -> Tensor1<B, E> {
        Tensor::from_fn(|i| if i < self.len() { E::one() } else { E::zero() })
    }
}

impl<T, const B: usize> IntoIterator for Batch<T, B> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T, const B: usize> IntoIterator for &'a Batch<T, B> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
