//! What can be gone through by index.

use super::Batches;

/// A known number of items, each of which can be made at any time from its index.
///
/// ```
/// use tintype::prelude::*;
///
/// /// The integers and their squares.
/// struct Squares(usize);
///
/// impl Dataset for Squares {
///     type Item = (f32, f32);
///     fn len(&self) -> usize {
///         self.0
///     }
///     fn item(&self, index: usize) -> (f32, f32) {
///         (index as f32, (index * index) as f32)
///     }
/// }
///
/// let batch = Squares(10).batches::<4>().next().unwrap();
/// let y: Tensor1<4> = batch.stack(|&(_, square)| Tensor0::scalar(square));
/// assert_eq!(y.array(), &[0.0, 1.0, 4.0, 9.0]);
/// ```
pub trait Dataset {
    /// One item: an image with its label, say.
    type Item;

    /// The number of items.
    fn len(&self) -> usize;

    /// The item at an index.
    ///
    /// # Panics
    /// If the index is not less than [`len`](Dataset::len).
    fn item(&self, index: usize) -> Self::Item;

    /// Whether there are no items.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Goes through all items once, in their order, in batches of `B`; the last batch may hold fewer.
    ///
    /// A batch size of 0 does not build.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let sizes: Vec<usize> = [7; 10].batches::<4>().map(|batch| batch.len()).collect();
    /// assert_eq!(sizes, [4, 4, 2]);
    /// ```
    #[doc(alias = "DataLoader")]
    fn batches<const B: usize>(&self) -> Batches<'_, Self, B> {
        Batches::new(self)
    }
}

impl<T: Clone> Dataset for [T] {
    type Item = T;
    fn len(&self) -> usize {
        <[T]>::len(self)
    }
    fn item(&self, index: usize) -> T {
        self[index].clone()
    }
}

impl<T: Clone> Dataset for Vec<T> {
    type Item = T;
    fn len(&self) -> usize {
        Vec::len(self)
    }
    fn item(&self, index: usize) -> T {
        self[index].clone()
    }
}

impl<T: Clone, const N: usize> Dataset for [T; N] {
    type Item = T;
    fn len(&self) -> usize {
        N
    }
    fn item(&self, index: usize) -> T {
        self[index].clone()
    }
}

impl<D: Dataset + ?Sized> Dataset for &D {
    type Item = D::Item;
    fn len(&self) -> usize {
        D::len(self)
    }
    fn item(&self, index: usize) -> D::Item {
        D::item(self, index)
    }
}

/// A dataset computed from the index: what [`from_fn`] gives.
#[derive(Clone, Copy, Debug)]
pub struct FromFn<F> {
    len: usize,
    item: F,
}

/// A dataset of `len` items, each computed from its index when it is asked for.
///
/// ```
/// use tintype::prelude::*;
/// use tintype::data::from_fn;
/// let squares = from_fn(100, |i| i * i);
/// assert_eq!((squares.len(), squares.item(9)), (100, 81));
/// ```
pub fn from_fn<T, F: Fn(usize) -> T>(len: usize, item: F) -> FromFn<F> {
    FromFn { len, item }
}

impl<T, F: Fn(usize) -> T> Dataset for FromFn<F> {
    type Item = T;
    fn len(&self) -> usize {
        self.len
    }
    fn item(&self, index: usize) -> T {
        assert!(index < self.len, "item {index} of a dataset of {}", self.len);
        (self.item)(index)
    }
}
