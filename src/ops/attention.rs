//! Scaled dot-product attention, and the heads that it is computed in.

use super::matmul::product;
use crate::autograd::{Function, Join, Joined, Track};
use crate::dim::{Dim, Dimension};
use crate::kernels::number;
use crate::kernels::{buffers, heads, parallel};
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};
use core::fmt::Debug;
use core::marker::PhantomData;

/// Every position looks at every other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unmasked;

/// Every position looks at itself and those before it: what a model that predicts the next word needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Causal;

/// Which positions attention looks at: [`Unmasked`] or [`Causal`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a mask of attention",
    label = "expected `Unmasked` or `Causal`"
)]
pub trait AttentionMask: Copy + Debug + Default + Send + Sync + 'static {
    /// Whether later positions are hidden.
    const CAUSAL: bool;
}
impl AttentionMask for Unmasked {
    const CAUSAL: bool = false;
}
impl AttentionMask for Causal {
    const CAUSAL: bool = true;
}

/// Keys that queries of the shape `Q` can be compared with: of the same batch, heads and width.
#[diagnostic::on_unimplemented(
    message = "queries of the shape `{Q}` cannot be compared with keys of the shape `{Self}`",
    label = "not the batch, the heads and the width of the queries",
    note = "attention takes queries (batch, heads, positions, width), keys (batch, heads, other positions, width) and a value for each key"
)]
pub trait KeysFor<Q: Shape>: Shape {
    /// How many keys there are.
    type Positions: Dimension;
}
impl<B: Dimension, H: Dimension, L: Dimension, S: Dimension, D: Dimension> KeysFor<(B, H, L, D)> for (B, H, S, D) {
    type Positions = S;
}

/// Values for keys of the shape `K`: one for each, of any width.
#[diagnostic::on_unimplemented(
    message = "there is not one value for each key: keys of the shape `{K}`, values of the shape `{Self}`",
    label = "not the batch, the heads and the positions of the keys",
    note = "attention takes queries (batch, heads, positions, width), keys (batch, heads, other positions, width) and a value for each key"
)]
pub trait ValuesFor<K: Shape>: Shape {
    /// The size of a value.
    type Width: Dimension;
}
impl<B: Dimension, H: Dimension, S: Dimension, D: Dimension, V: Dimension> ValuesFor<(B, H, S, D)> for (B, H, S, V) {
    type Width = V;
}

/// `value` in place of what stands above the diagonal of each matrix of `columns` columns and `rows` rows.
struct FillAboveDiagonal<E> {
    rows: usize,
    columns: usize,
    value: E,
}

impl<S: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for FillAboveDiagonal<E> {
    const NAME: &'static str = "CausalMask";
    type Output = Tensor<S, E>;
    type Saved = ();

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<S, E>, ()) {
        let mut entries = x.into_parts().0.into_buffer();
        if self.columns > 0 {
            parallel::chunks(&mut entries, self.columns, self.columns, |first, rows| {
                for (row, entries) in (first..).zip(rows.chunks_mut(self.columns)) {
                    entries
                        .iter_mut()
                        .skip(row % self.rows + 1)
                        .for_each(|entry| *entry = self.value);
                }
            });
        }
        (Tensor::from_buffer(entries), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<S, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| {
            FillAboveDiagonal {
                value: E::zero(),
                ..*self
            }
            .apply(gradient)
        })
    }
}

impl<B: Dimension, H: Dimension, L: Dimension, D: Dimension, E: Float, A: Track> Tensor<(B, H, L, D), E, A> {
    /// Scaled dot-product attention of these queries, in batches and heads: `softmax(q·kᵀ/√D)·v`, where the mask [`Causal`] hides
    /// from each query the keys that come after it, and [`Unmasked`] hides nothing
    /// ([Vaswani et al. 2017](https://arxiv.org/abs/1706.03762)): PyTorch's `scaled_dot_product_attention`.
    ///
    /// There may be more or fewer keys than queries, and a value for each key; it may be of another size than a key.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let (q, k) = (Tensor4::<1, 2, 3, 4>::zeros(), Tensor4::<1, 2, 3, 4>::zeros());
    /// let v = Tensor4::<1, 2, 3, 1>::from([[[[1.0], [3.0], [5.0]], [[2.0], [4.0], [6.0]]]]);
    /// let y = q.attention(&k, &v, Causal);
    /// assert_eq!(y.array(), &[[[[1.0], [2.0], [3.0]], [[2.0], [3.0], [4.0]]]]);
    /// ```
    #[expect(clippy::type_complexity, reason = "the states of three tensors are joined")]
    #[doc(alias = "scaled_dot_product_attention")]
    pub fn attention<Keys: KeysFor<(B, H, L, D)>, Values: ValuesFor<Keys>, K: Track, V: Track, M: AttentionMask>(
        &self,
        keys: &Tensor<Keys, E, K>,
        values: &Tensor<Values, E, V>,
        _mask: M,
    ) -> Tensor<(B, H, L, Values::Width), E, Joined<Joined<A, K>, V>>
    where
        A: Join<K>,
        Joined<A, K>: Join<V>,
    {
        let (batch, positions) = (B::N * H::N, Keys::Positions::N);
        let root = number::<E>(D::N).sqrt();
        let scores: Tensor<(B, H, L, Keys::Positions), E, Joined<A, K>> =
            product((batch, L::N, D::N, positions), (&(self / root), false), (keys, true));
        let scores = if M::CAUSAL {
            FillAboveDiagonal {
                rows: L::N,
                columns: positions,
                value: E::neg_infinity(),
            }
            .apply(scores)
        } else {
            scores
        };
        let shares = scores.softmax::<3>();
        product(
            (batch, L::N, positions, Values::Width::N),
            (&shares, false),
            (values, false),
        )
    }
}

/// Queries, keys and values, which lie side by side in each row, taken apart into heads of the size `D`:
/// `(batch, positions, 3·heads·D)` to three times `(batch, heads, positions, D)`.
struct Split<T> {
    sizes: heads::Heads,
    shape: PhantomData<T>,
}

/// The opposite of [`Split`], and its derivative.
struct Merge<T> {
    sizes: heads::Heads,
    shape: PhantomData<T>,
}

impl<S: Shape, T: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for Split<T> {
    const NAME: &'static str = "SplitHeads";
    type Output = (Tensor<T, E>, Tensor<T, E>, Tensor<T, E>);
    type Saved = ();

    fn forward(&self, x: Tensor<S, E>) -> (Self::Output, ()) {
        let part = |part: usize| {
            let mut out = buffers::output(T::NUMEL);
            heads::split(self.sizes, part, x.as_slice(), &mut out);
            Tensor::from_buffer(out)
        };
        ((part(0), part(1), part(2)), ())
    }

    fn backward<G: Track>(
        &self,
        (): &(),
        gradients: (Tensor<T, E, G>, Tensor<T, E, G>, Tensor<T, E, G>),
    ) -> A::When<Tensor<S, E, G>> {
        A::when(|| {
            Merge {
                sizes: self.sizes,
                shape: PhantomData,
            }
            .apply(gradients)
        })
    }
}

impl<S: Shape, T: Shape, E: Float, A: Track> Function<(Tensor<T, E, A>, Tensor<T, E, A>, Tensor<T, E, A>)>
    for Merge<S>
{
    const NAME: &'static str = "MergeHeads";
    type Output = Tensor<S, E>;
    type Saved = ();

    fn forward(&self, (q, k, v): (Tensor<T, E>, Tensor<T, E>, Tensor<T, E>)) -> (Tensor<S, E>, ()) {
        let mut out = buffers::output(S::NUMEL);
        heads::merge(self.sizes, &[q.as_slice(), k.as_slice(), v.as_slice()], &mut out);
        (Tensor::from_buffer(out), ())
    }

    fn backward<G: Track>(
        &self,
        (): &(),
        gradient: Tensor<S, E, G>,
    ) -> (
        A::When<Tensor<T, E, G>>,
        A::When<Tensor<T, E, G>>,
        A::When<Tensor<T, E, G>>,
    ) {
        let split = Split::<T> {
            sizes: self.sizes,
            shape: PhantomData,
        };
        let (q, k, v) = split.apply(gradient);
        (A::when(|| q), A::when(|| k), A::when(|| v))
    }
}

/// A tensor in heads: a batch, heads, positions, the size of a head.
type InHeads<B, S, D, const HEADS: usize, E, A> = Tensor<(B, Dim<HEADS>, S, D), E, A>;

/// Queries, keys and values in heads of the size `D`, from rows that hold all three.
#[expect(clippy::type_complexity, reason = "three tensors of one type")]
pub(crate) fn split_heads<B, S, Q, D, const HEADS: usize, E, A>(
    x: &Tensor<(B, S, Q), E, A>,
) -> (
    InHeads<B, S, D, HEADS, E, A>,
    InHeads<B, S, D, HEADS, E, A>,
    InHeads<B, S, D, HEADS, E, A>,
)
where
    B: Dimension,
    S: Dimension,
    Q: Dimension,
    D: Dimension,
    E: Float,
    A: Track,
{
    let sizes = heads::Heads {
        batch: B::N,
        positions: S::N,
        heads: HEADS,
        size: D::N,
    };
    Split {
        sizes,
        shape: PhantomData,
    }
    .apply(x)
}

/// The heads side by side again, in rows of `O` numbers, as many as all heads together.
pub(crate) fn merge_heads<B, S, D, O, const HEADS: usize, E, A>(
    x: &InHeads<B, S, D, HEADS, E, A>,
) -> Tensor<(B, S, O), E, A>
where
    B: Dimension,
    S: Dimension,
    D: Dimension,
    O: Dimension,
    E: Float,
    A: Track,
{
    x.transpose::<1, 2>().reshaped()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prelude::*;

    fn random<S: Shape>(seed: u64) -> Tensor<S, f64> {
        Tensor::randn(&mut StdRng::seed_from_u64(seed))
    }

    #[test]
    fn gradients() {
        type Shape<const L: usize, const D: usize> = Rank4<2, 2, L, D>;
        let inputs = (
            random::<Shape<3, 4>>(0),
            random::<Shape<5, 4>>(1),
            random::<Shape<5, 3>>(2),
        );
        gradcheck(|(q, k, v)| q.attention(k, v, Unmasked), inputs).unwrap();
        let inputs = (
            random::<Shape<3, 4>>(0),
            random::<Shape<3, 4>>(1),
            random::<Shape<3, 4>>(2),
        );
        gradcheck(|(q, k, v)| q.attention(k, v, Causal), inputs).unwrap();
    }

    #[test]
    fn heads_apart_and_together() {
        let x = random::<Rank3<2, 3, 24>>(3);
        let (q, k, v) = split_heads::<_, _, _, Dim<4>, 2, _, _>(&x);
        assert_eq!((q[[1, 1, 2, 3]], k[[1, 0, 2, 1]]), (x[[1, 2, 7]], x[[1, 2, 9]]));
        let sizes = heads::Heads {
            batch: 2,
            positions: 3,
            heads: 2,
            size: 4,
        };
        let merge = || Merge::<Rank3<2, 3, 24>> {
            sizes,
            shape: PhantomData,
        };
        assert_eq!(merge().apply((&q, &k, &v)), x);
        gradcheck(|(q, k, v)| merge().apply((q, k, v)), (q.clone(), k, v)).unwrap();
        let split = |x: &Tensor3<2, 3, 24, f64, Tracked>| {
            let (q, k, v) = split_heads::<_, _, _, Dim<4>, 2, _, _>(x);
            q * 2.0 + k * 3.0 - v
        };
        gradcheck(split, x).unwrap();
        let rows: Tensor3<2, 3, 8, f64> = merge_heads(&q);
        assert_eq!(rows[[1, 2, 7]], q[[1, 1, 2, 3]]);
    }
}
