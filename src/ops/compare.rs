//! Comparisons, which give masks, what is done with masks, and choosing entries by one.

use super::SameShape;
use super::operand::Operand;
use crate::autograd::{Arguments, Function, Join, Joined, Moved, Track};
use crate::dim::Dimension;
use crate::kernels::buffers::Buffer;
use crate::kernels::elementwise as loops;
use crate::shape::{HasAxis, Shape};
use crate::tensor::{Element, Tensor};

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    fn compared(&self, other: impl Operand<S, E>, compare: impl Fn(E, E) -> bool + Sync) -> Tensor<S, bool> {
        self.detach().zip(&other.operand().detach(), compare)
    }

    /// Where this tensor's entry is greater than the other's, or than a number: `a > b`, entry by entry.
    ///
    /// Comparisons give masks, for tensors of any state: a mask has no gradient.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([1.0, 5.0]).gt(&tensor([3.0, 2.0])).array(), &[false, true]);
    /// assert_eq!(tensor([1.0, 5.0]).gt(3.0).array(), &[false, true]);
    /// ```
    pub fn gt(&self, other: impl Operand<S, E>) -> Tensor<S, bool> {
        self.compared(other, |a, b| a > b)
    }

    /// Where this tensor's entry is greater than or equal to the other's: `a >= b`, entry by entry.
    pub fn ge(&self, other: impl Operand<S, E>) -> Tensor<S, bool> {
        self.compared(other, |a, b| a >= b)
    }

    /// Where this tensor's entry is less than the other's: `a < b`, entry by entry.
    pub fn lt(&self, other: impl Operand<S, E>) -> Tensor<S, bool> {
        self.compared(other, |a, b| a < b)
    }

    /// Where this tensor's entry is less than or equal to the other's: `a <= b`, entry by entry.
    pub fn le(&self, other: impl Operand<S, E>) -> Tensor<S, bool> {
        self.compared(other, |a, b| a <= b)
    }

    /// Where the entries are equal. Whether all are says `a == b`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([1.0, 2.0]).eq_mask(&tensor([1.0, 3.0])).array(), &[true, false]);
    /// ```
    #[doc(alias = "eq")]
    pub fn eq_mask(&self, other: impl Operand<S, E>) -> Tensor<S, bool> {
        self.compared(other, |a, b| a == b)
    }

    /// Where the entries differ. Whether any does says `a != b`.
    #[doc(alias = "ne")]
    pub fn ne_mask(&self, other: impl Operand<S, E>) -> Tensor<S, bool> {
        self.compared(other, |a, b| a != b)
    }
}

impl<S: Shape> core::ops::Not for &Tensor<S, bool> {
    type Output = Tensor<S, bool>;
    /// The opposite mask.
    fn not(self) -> Tensor<S, bool> {
        self.map(|entry| !entry)
    }
}

impl<S: Shape> core::ops::Not for Tensor<S, bool> {
    type Output = Tensor<S, bool>;
    /// The opposite mask.
    fn not(self) -> Tensor<S, bool> {
        self.map_reusing(|entry| !entry)
    }
}

/// `&`, `|` and `^` of two masks, for all four combinations of owned and borrowed ones.
macro_rules! of_masks {
    ($($function:ident $method:ident $doc:literal;)*) => { $(
        of_masks!(@one $function $method $doc [Tensor<S, bool>] [] [Tensor<T, bool>]);
        of_masks!(@one $function $method $doc [Tensor<S, bool>] [] [&Tensor<T, bool>]);
        of_masks!(@one $function $method $doc [&Tensor<S, bool>] [.clone()] [Tensor<T, bool>]);
        of_masks!(@one $function $method $doc [&Tensor<S, bool>] [.clone()] [&Tensor<T, bool>]);
    )* };
    (@one $function:ident $method:ident $doc:literal [$($left:tt)*] [$($owned:tt)*] [$($right:tt)*]) => {
        impl<S: SameShape<T>, T: Shape> core::ops::$function<$($right)*> for $($left)* {
            type Output = Tensor<S, bool>;
            #[doc = $doc]
            fn $method(self, right: $($right)*) -> Tensor<S, bool> {
                let right = right.into_inputs().renamed::<S>();
                self $($owned)* .zip_reusing(right, core::ops::$function::$method)
            }
        }
    };
}
of_masks! {
    BitAnd bitand "Where both masks are set.";
    BitOr bitor "Where one of the masks is set, or both are.";
    BitXor bitxor "Where one of the masks is set, and not both are.";
}

impl<S: Shape> Tensor<S, bool> {
    /// Whether an entry is set.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([1.0, f32::NAN]);
    /// assert!(x.ne_mask(&x).any());
    /// ```
    pub fn any(&self) -> bool {
        self.as_slice().contains(&true)
    }

    /// Whether every entry is set. (Of no entries, every one is.)
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([1.0, -2.0, 3.0]);
    /// assert!((x.gt(0.0) ^ x.lt(0.0)).all());
    /// assert!(!(x.gt(0.0) & x.lt(2.0)).all());
    /// ```
    pub fn all(&self) -> bool {
        !self.as_slice().contains(&false)
    }

    /// The number of entries that are set: PyTorch's `mask.sum()`, or
    /// [`count_nonzero`](https://pytorch.org/docs/stable/generated/torch.count_nonzero.html).
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([1.0, -2.0, 3.0]);
    /// assert_eq!(x.gt(0.0).count(), 2);
    /// assert_eq!((x.lt(0.0) | x.gt(2.0)).count(), 2);
    /// ```
    #[doc(alias = "count_nonzero")]
    pub fn count(&self) -> usize {
        self.iter().filter(|&&set| set).count()
    }

    /// Whether an entry along axis `AXIS`, which disappears, is set: PyTorch's `mask.any(dim=AXIS)`.
    pub fn any_axis<const AXIS: usize>(&self) -> Tensor<S::Without, bool>
    where
        S: HasAxis<AXIS>,
    {
        self.count_axis::<AXIS>().gt(0)
    }

    /// Whether every entry along axis `AXIS`, which disappears, is set: PyTorch's `mask.all(dim=AXIS)`.
    pub fn all_axis<const AXIS: usize>(&self) -> Tensor<S::Without, bool>
    where
        S: HasAxis<AXIS>,
    {
        self.count_axis::<AXIS>().eq_mask(S::Size::N)
    }

    /// The number of entries along axis `AXIS`, which disappears, that are set: PyTorch's `mask.sum(dim=AXIS)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let mask = tensor([[1.0, -2.0, 3.0], [4.0, 5.0, 6.0]]).gt(0.0);
    /// assert_eq!(mask.count_axis::<1>().array(), &[2, 3]);
    /// assert_eq!(mask.all_axis::<0>().array(), &[true, false, true]);
    /// assert_eq!((!mask).any_axis::<1>().array(), &[true, false]);
    /// ```
    pub fn count_axis<const AXIS: usize>(&self) -> Tensor<S::Without, usize>
    where
        S: HasAxis<AXIS>,
    {
        let mut counts = Buffer::full(S::OUTER * S::INNER, 0);
        // An axis of 0 entries, or one beside it, leaves none to walk over.
        let (block, inner) = ((S::Size::N * S::INNER).max(1), S::INNER.max(1));
        let blocks = self.as_slice().chunks(block);
        for (block, counts) in blocks.zip(counts.chunks_mut(inner)) {
            for row in block.chunks(inner) {
                counts
                    .iter_mut()
                    .zip(row)
                    .for_each(|(count, &set)| *count += usize::from(set));
            }
        }
        Tensor::from_buffer(counts)
    }
}

/// A number in place of the entries where a mask is `at`; no gradient flows back to these.
struct MaskedFill<S: Shape, E> {
    mask: Tensor<S, bool>,
    at: bool,
    value: E,
}

impl<S: Shape, E: Element, A: Track> Function<Tensor<S, E, A>> for MaskedFill<S, E> {
    const NAME: &'static str = "MaskedFill";
    type Output = Moved<S, E>;
    type Saved = ();

    fn forward(&self, x: Tensor<S, E>) -> (Moved<S, E>, ()) {
        let fill = |x, masked| if masked == self.at { self.value } else { x };
        (Moved(x.zip(&self.mask, fill)), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<S, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| gradient.filled(&self.mask, self.at, E::default()))
    }
}

/// One tensor's entries where the mask is set, and the other's elsewhere.
struct Where<S: Shape> {
    mask: Tensor<S, bool>,
}

impl<S: Shape, E: Element, A: Join<B> + Track, B: Track> Function<(Tensor<S, E, A>, Tensor<S, E, B>)> for Where<S> {
    const NAME: &'static str = "Where";
    type Output = Moved<S, E>;
    type Saved = ();

    fn forward(&self, (a, b): (Tensor<S, E>, Tensor<S, E>)) -> (Moved<S, E>, ()) {
        let choose = |set, a, b| if set { a } else { b };
        let chosen = loops::zip3((self.mask.as_slice(), a.as_slice(), b.as_slice()), choose);
        (Moved(Tensor::from_buffer(chosen)), ())
    }

    fn backward<G: Track>(
        &self,
        (): &(),
        gradient: Tensor<S, E, G>,
    ) -> (A::When<Tensor<S, E, G>>, B::When<Tensor<S, E, G>>) {
        (
            A::when(|| gradient.filled(&self.mask, false, E::default())),
            B::when(|| gradient.filled(&self.mask, true, E::default())),
        )
    }
}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    fn filled(&self, mask: &Tensor<S, bool>, at: bool, value: E) -> Self {
        let mask = mask.clone();
        MaskedFill { mask, at, value }.apply(self)
    }

    /// A number in place of the entries where the mask is set. No gradient flows back to these.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([1.0, -2.0, 3.0]).requires_grad();
    /// let y = x.masked_fill(x.lt(0.0), 7.0);
    /// assert_eq!(y.array(), &[1.0, 7.0, 3.0]);
    /// assert_eq!(y.sum().backward()[&x].array(), &[1.0, 0.0, 1.0]);
    /// ```
    pub fn masked_fill(&self, mask: impl Operand<S, bool>, value: E) -> Self {
        self.filled(&mask.operand().detach(), true, value)
    }
}

impl<S: Shape> Tensor<S, bool> {
    /// The entries of `a` where this mask is set, and those of `b` elsewhere: PyTorch's `torch.where(mask, a, b)`. Either may be
    /// a number. The gradient flows back to whichever entry was chosen.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let mask = Tensor1::<3, bool>::from([true, false, true]);
    /// assert_eq!(mask.select(&tensor([1.0, 2.0, 3.0]), &tensor([4.0, 5.0, 6.0])).array(), &[1.0, 5.0, 3.0]);
    /// assert_eq!(mask.select(&tensor([1.0, 2.0, 3.0]), 0.0).array(), &[1.0, 0.0, 3.0]);
    /// ```
    #[doc(alias = "where")]
    pub fn select<E: Element, A: Operand<S, E>, B: Operand<S, E>>(
        &self,
        a: A,
        b: B,
    ) -> Tensor<S, E, Joined<A::State, B::State>>
    where
        A::State: Join<B::State>,
    {
        let mask = self.clone();
        Where { mask }.apply((a.operand(), b.operand()))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn every_comparison() {
        let (a, b) = (tensor([1.0, 2.0, 3.0]), tensor([3.0, 2.0, 1.0]).requires_grad());
        assert_eq!(a.lt(&b).array(), &[true, false, false]);
        assert_eq!(a.le(&b).array(), &[true, true, false]);
        assert_eq!(a.gt(&b).array(), &[false, false, true]);
        assert_eq!(a.ge(&b).array(), &[false, true, true]);
        assert_eq!(a.eq_mask(&b).array(), &[false, true, false]);
        assert_eq!(a.ne_mask(&b), !a.eq_mask(&b));
        assert_eq!(a.ne_mask(&b), !&a.eq_mask(&b));
        assert_eq!(tensor([f32::NAN]).eq_mask(f32::NAN).array(), &[false]);
    }

    #[test]
    fn numbers_stand_for_tensors() {
        let a = tensor([1.0, 2.0, 3.0]).requires_grad();
        assert_eq!(a.gt(2.0), a.gt(Tensor::full(2.0)));
        assert_eq!(a.eq_mask(2.0).array(), &[false, true, false]);
        let chosen = a.le(2.0).select(&a, 0.5);
        assert_eq!(chosen.array(), &[1.0, 2.0, 0.5]);
        assert_eq!(chosen.sum().backward()[&a].array(), &[1.0, 1.0, 0.0]);
        assert_eq!(a.lt(2.0).select(1, 0_i64).array(), &[1, 0, 0]);
        let larger = a.maximum(2.5);
        assert_eq!(larger.array(), &[2.5, 2.5, 3.0]);
        assert_eq!(larger.sum().backward()[&a].array(), &[0.0, 0.0, 1.0]);
        let many = Tensor2::<100, 100, u8>::from_fn(|i| (i % 3) as u8);
        assert_eq!(many.ge(2).iter().filter(|&&large| large).count(), 3333);
    }

    #[test]
    fn masks_are_combined() {
        let a = Tensor2::<2, 2, bool>::from([[true, true], [false, false]]);
        let b = Tensor2::<2, 2, bool>::from([[true, false], [true, false]]);
        assert_eq!((&a & &b).array(), &[[true, false], [false, false]]);
        assert_eq!((&a | b.clone()).array(), &[[true, true], [true, false]]);
        assert_eq!((a.clone() ^ &b).array(), &[[false, true], [true, false]]);
        assert_eq!(!(a.clone() & b.clone()), !&a | !&b);
        assert_eq!(&a & Tensor::full(true), a);
    }

    #[test]
    fn set_entries_are_counted() {
        let mask = Tensor3::<2, 3, 4, bool>::from_fn(|i| i % 5 == 0);
        assert_eq!((mask.count(), mask.any(), mask.all()), (5, true, false));
        assert_eq!(
            mask.count_axis::<0>(),
            Tensor2::from_fn(|i| [0, 12].iter().filter(|&&j| (i + j) % 5 == 0).count())
        );
        assert_eq!(mask.count_axis::<1>().array(), &[[1, 1, 1, 0], [1, 0, 0, 1]]);
        assert_eq!(mask.count_axis::<2>().array(), &[[1, 1, 1], [1, 0, 1]]);
        assert_eq!(
            mask.any_axis::<1>().array(),
            &[[true, true, true, false], [true, false, false, true]]
        );
        assert!(!mask.all_axis::<1>().any() && (!mask | Tensor::full(true)).all_axis::<0>().all());
        let none = Tensor2::<2, 0, bool>::full(true);
        assert_eq!((none.count(), none.any(), none.all()), (0, false, true));
        assert_eq!(none.all_axis::<1>().array(), &[true, true]);
        assert_eq!(none.any_axis::<1>().array(), &[false, false]);
        assert_eq!(none.count_axis::<0>().array(), &[0; 0]);
    }

    #[test]
    fn integers_and_masks_are_chosen_and_filled() {
        let mask = Tensor1::<3, bool>::from([true, false, true]);
        let counts = Tensor1::<3, i64>::from([1, 2, 3]);
        assert_eq!(mask.select(&counts, 7).array(), &[1, 7, 3]);
        assert_eq!(counts.masked_fill(&mask, 0).array(), &[0, 2, 0]);
        assert_eq!(mask.select(!&mask, &mask), Tensor::full(false));
    }

    #[test]
    fn gradients() {
        let a = Tensor1::<3, f64>::from([0.3, -1.2, 2.0]);
        let b = Tensor1::<3, f64>::from([0.9, -1.1, 2.5]);
        let mask = Tensor1::<3, bool>::from([true, false, true]);
        gradcheck(|(a, b)| mask.select(a, b).square(), (a.clone(), b)).unwrap();
        gradcheck(|a| a.masked_fill(&mask, 0.5).square(), a).unwrap();
    }
}
