//! Making tensors.

use super::{Element, Float, Numeric, Tensor};
use crate::dim::Dim;
use crate::kernels::buffers::Buffer;
use crate::shape::{Rank0, Rank1, Rank2, Shape};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal, StandardUniform};

/// A nested array of entries `E` in the shape `S`: what [`Tensor::from`] takes.
#[diagnostic::on_unimplemented(
    message = "a tensor of shape `{S}` and `{E}` entries cannot be made from `{Self}`",
    label = "expected an array of the shape `{S}` with `{E}` entries",
    note = "a tensor of the shape `(Dim<A>, Dim<B>)` is made from `[[…; B]; A]`: A rows of B entries"
)]
pub trait ArrayOf<S: Shape, E: Element> {
    /// The entries in row-major order.
    fn entries(&self) -> &[E];
}

impl<S: Shape, E: Element, Row, const ROWS: usize> From<[Row; ROWS]> for Tensor<S, E>
where
    [Row; ROWS]: ArrayOf<S, E>,
{
    /// The tensor of a nested array.
    fn from(array: [Row; ROWS]) -> Self {
        Tensor::from_buffer(array.entries().into())
    }
}

#[diagnostic::do_not_recommend]
impl<E: Element> From<E> for Tensor<Rank0, E> {
    /// The tensor of one number.
    fn from(number: E) -> Self {
        Tensor::scalar(number)
    }
}

/// A nested array of `f32`: what [`tensor`] takes.
#[diagnostic::on_unimplemented(
    message = "`tensor` takes nested arrays of `f32`, not `{Self}`",
    label = "not a nested array of f32",
    note = "write `1.0` for `1`; for another element type `Tensor2::<2, 2, f64>::from([[…], […]])`; of a `Vec` or a slice, whose length \
            only the program knows, `Tensor2::<2, 2>::try_from(entries)?`"
)]
pub trait Nested {
    /// The shape of the array.
    type Shape: Shape;
    /// The entries in row-major order.
    fn into_tensor(self) -> Tensor<Self::Shape>;
}

/// The `f32` tensor of a nested array, with the array's own shape.
///
/// For `f32` alone, so that a literal does not fall back to `f64`; `Tensor2::<2, 2, f64>::from(…)` makes any other.
///
/// ```
/// use tintype::prelude::*;
/// let x: Tensor2<2, 3> = tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// assert_eq!(x[[1, 2]], 6.0);
/// ```
pub fn tensor<A, S: Shape>(entries: A) -> Tensor<S>
where
    A: Nested<Shape = S>,
{
    entries.into_tensor()
}

#[diagnostic::do_not_recommend]
impl Nested for f32 {
    type Shape = Rank0;
    fn into_tensor(self) -> Tensor<Rank0> {
        self.into()
    }
}

macro_rules! nested {
    ($([$($dim:ident)*] $array:ident $flatten:expr;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$(const $dim: usize,)* T: Element> ArrayOf<($(Dim<$dim>,)*), T> for nested!(@type T; $($dim)*) {
            fn entries(&self) -> &[T] {
                let $array = self;
                $flatten
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$(const $dim: usize),*> Nested for nested!(@type f32; $($dim)*) {
            type Shape = ($(Dim<$dim>,)*);
            fn into_tensor(self) -> Tensor<Self::Shape> {
                self.into()
            }
        }
    )* };
    (@type $element:ty;) => { $element };
    (@type $element:ty; $first:ident $($rest:ident)*) => { [nested!(@type $element; $($rest)*); $first] };
}
nested! {
    [A] array array;
    [A B] array array.as_flattened();
    [A B C] array array.as_flattened().as_flattened();
    [A B C D] array array.as_flattened().as_flattened().as_flattened();
    [A B C D F] array array.as_flattened().as_flattened().as_flattened().as_flattened();
    [A B C D F H] array array.as_flattened().as_flattened().as_flattened().as_flattened().as_flattened();
}

impl<S: Shape, E: Element> Tensor<S, E> {
    /// Every entry `value`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(Tensor1::<3, f64>::full(0.5).array(), &[0.5, 0.5, 0.5]);
    /// ```
    pub fn full(value: E) -> Self {
        Tensor::from_buffer(Buffer::full(S::NUMEL, value))
    }

    /// Every entry 0.
    pub fn zeros() -> Self
    where
        E: Numeric,
    {
        Tensor::full(E::zero())
    }

    /// Every entry 1.
    pub fn ones() -> Self
    where
        E: Numeric,
    {
        Tensor::full(E::one())
    }

    /// The entry at each flat, row-major index computed by `f`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(Tensor2::<2, 2, i32>::from_fn(|i| 10 * i as i32).array(), &[[0, 10], [20, 30]]);
    /// ```
    pub fn from_fn(f: impl FnMut(usize) -> E) -> Self {
        Tensor::from_buffer(Buffer::from_fn(S::NUMEL, f))
    }
}

/// Entries drawn one by one: a loop that knows no shape, so that a program has it once and not once for every shape.
#[inline(never)]
fn drawn<E: Element>(count: usize, distribution: impl Distribution<E>, rng: &mut (impl Rng + ?Sized)) -> Buffer<E> {
    Buffer::from_fn(count, |_| rng.sample(&distribution))
}

/// Takes entries of `[0, 1)` to between `low` and `high`.
#[inline(never)]
fn spread<E: Float>(entries: &mut [E], low: E, high: E) {
    entries
        .iter_mut()
        .for_each(|entry| *entry = low + (high - low) * *entry);
}

impl<S: Shape, E: Float> Tensor<S, E>
where
    StandardUniform: Distribution<E>,
    StandardNormal: Distribution<E>,
{
    /// Entries drawn evenly from `[0, 1)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let mut rng = StdRng::seed_from_u64(0);
    /// let x = Tensor2::<2, 3>::rand(&mut rng);
    /// assert!(x.iter().all(|&entry| (0.0..1.0).contains(&entry)));
    /// ```
    pub fn rand(rng: &mut (impl Rng + ?Sized)) -> Self {
        Tensor::from_buffer(drawn(S::NUMEL, StandardUniform, rng))
    }

    /// Entries drawn evenly between `low` and `high`. (Where the sum is rounded, `high` itself may come out.)
    ///
    /// # Panics
    /// If `low` is greater than `high`.
    pub fn uniform(low: E, high: E, rng: &mut (impl Rng + ?Sized)) -> Self {
        assert!(low <= high, "no number is at least {low:?} and at most {high:?}");
        let mut entries = drawn(S::NUMEL, StandardUniform, rng);
        spread(&mut entries, low, high);
        Tensor::from_buffer(entries)
    }

    /// Entries drawn from the normal distribution with mean 0 and standard deviation 1.
    pub fn randn(rng: &mut (impl Rng + ?Sized)) -> Self {
        Tensor::from_buffer(drawn(S::NUMEL, StandardNormal, rng))
    }
}

impl<const N: usize, E: Numeric> Tensor<Rank1<N>, E> {
    /// `0, 1, …, N − 1`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(Tensor1::<4>::arange().array(), &[0.0, 1.0, 2.0, 3.0]);
    /// ```
    ///
    /// # Panics
    /// If `N − 1` does not fit the element type.
    pub fn arange() -> Self {
        Tensor::from_fn(|i| E::from(i).unwrap_or_else(|| panic!("{i} does not fit an {}", E::NAME)))
    }
}

impl<const N: usize, E: Numeric> Tensor<Rank2<N, N>, E> {
    /// The identity matrix.
    pub fn eye() -> Self {
        Tensor::from_fn(|i| if i % (N + 1) == 0 { E::one() } else { E::zero() })
    }
}

impl<E: Element> Tensor<Rank0, E> {
    /// A tensor of one number.
    pub fn scalar(value: E) -> Self {
        Tensor::full(value)
    }
}
