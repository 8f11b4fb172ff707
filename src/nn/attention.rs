//! Layers that look at other positions.

use super::init::{uniform_by_fan_in, uniform_within};
use super::layer::LayerElement;
use super::linear::Linear;
use super::module::Module;
use super::parameters::{Name, Parameters, Visitor, VisitorMut};
use super::stateful::Stateful;
use crate::autograd::{Join, Joined, Track, Tracked, Untracked};
use crate::dim::{Dim, Dimension, EvenHeads, Heads, Undecided};
use crate::ops::{AttentionMask, Causal, Unmasked, merge_heads, split_heads};
use crate::tensor::{Float, Tensor};
use core::marker::PhantomData;
use rand::Rng;

/// Attention of a sequence to itself, in `HEADS` heads ([Vaswani et al. 2017](https://arxiv.org/abs/1706.03762)):
/// [PyTorch's `MultiheadAttention`](https://pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html), called as
/// `attention(x, x, x)`, with its names for the parameters.
///
/// Takes `(batch, positions, D)`, of any batch and number of positions, and gives the same. The mask `M` is [`Unmasked`] or
/// [`Causal`].
///
/// ```
/// use tintype::prelude::*;
/// let layer = MultiheadAttention::<64, 8>::new(&mut StdRng::seed_from_u64(0));
/// let y: Tensor3<2, 10, 64, f32, Tracked> = layer.forward(&Tensor3::<2, 10, 64>::ones());
/// ```
#[derive(Debug)]
pub struct MultiheadAttention<
    const D: usize,
    const HEADS: usize,
    M = Unmasked,
    E: LayerElement = f32,
    T: Track = Tracked,
> where
    Dim<D>: Heads<HEADS>,
{
    /// What makes queries, keys and values of the input, one below the other.
    pub in_proj_weight: Tensor<(<Dim<D> as Heads<HEADS>>::Triple, Dim<D>), E, T>,
    /// What is added to them.
    pub in_proj_bias: Tensor<(<Dim<D> as Heads<HEADS>>::Triple,), E, T>,
    /// What mixes the heads.
    pub out_proj: Linear<D, D, E, T>,
    mask: PhantomData<M>,
}

/// [`MultiheadAttention`] in which each position sees itself and those before it.
///
/// ```
/// use tintype::prelude::*;
/// let mut rng = StdRng::seed_from_u64(0);
/// let layer = CausalSelfAttention::<64, 8>::new(&mut rng).freeze();
/// let x = Tensor3::<1, 10, 64>::randn(&mut rng);
/// let mut changed = x.clone();
/// changed[[0, 9, 5]] += 1.0;
/// let (before, after) = (layer.forward(&x), layer.forward(&changed));
/// assert_eq!(before[[0, 8, 0]], after[[0, 8, 0]]); // the ninth position does not see the tenth
/// assert_ne!(before[[0, 9, 0]], after[[0, 9, 0]]);
/// ```
pub type CausalSelfAttention<const D: usize, const HEADS: usize, E = f32, T = Tracked> =
    MultiheadAttention<D, HEADS, Causal, E, T>;

impl<const D: usize, const HEADS: usize, M, E: Float, T: Track> MultiheadAttention<D, HEADS, M, E, T>
where
    Dim<D>: Heads<HEADS>,
{
    /// As PyTorch begins: `in_proj_weight` drawn evenly from `±√(6 / 4D)` ([Glorot and Bengio
    /// 2010](https://proceedings.mlr.press/v9/glorot10a.html)), the weight of `out_proj` from `±1/√D`, biases of zeros.
    pub fn new(rng: &mut (impl Rng + ?Sized)) -> Self
    where
        Dim<D>: EvenHeads<HEADS>,
    {
        let bound = (6.0 / (4 * D).max(1) as f64).sqrt();
        let in_proj_weight = uniform_within(bound, rng);
        let out_proj = Linear {
            weight: uniform_by_fan_in(D, rng),
            bias: Some(T::leaf(Tensor::zeros())),
        };
        Self::from_weights(in_proj_weight, T::leaf(Tensor::zeros()), out_proj)
    }

    /// A layer with these weights.
    pub fn from_weights(
        in_proj_weight: Tensor<(<Dim<D> as Heads<HEADS>>::Triple, Dim<D>), E, T>,
        in_proj_bias: Tensor<(<Dim<D> as Heads<HEADS>>::Triple,), E, T>,
        out_proj: Linear<D, D, E, T>,
    ) -> Self
    where
        Dim<D>: EvenHeads<HEADS>,
    {
        MultiheadAttention {
            in_proj_weight,
            in_proj_bias,
            out_proj,
            mask: PhantomData,
        }
    }
}

#[diagnostic::do_not_recommend]
impl<B, S, const D: usize, const HEADS: usize, M, E, A, T> Module<Tensor<(B, S, Dim<D>), E, A>>
    for MultiheadAttention<D, HEADS, M, E, T>
where
    Dim<D>: Heads<HEADS>,
    B: Dimension,
    S: Dimension,
    M: AttentionMask,
    E: Float,
    A: Track + Join<T>,
    T: Track,
{
    type Output = Tensor<(B, S, Dim<D>), E, Joined<A, T>>;
    fn apply(&self, x: &Tensor<(B, S, Dim<D>), E, A>) -> Self::Output {
        let all = x.project(&self.in_proj_weight, &self.in_proj_bias);
        let (queries, keys, values) = split_heads::<_, _, _, <Dim<D> as Heads<HEADS>>::Size, HEADS, _, _>(&all);
        let seen = queries.attention(&keys, &values, M::default());
        self.out_proj.apply(&merge_heads::<_, _, _, Dim<D>, HEADS, _, _>(&seen))
    }
}

/// Keeps rustc from taking a width that it is still computing for the one that the layer wants: see `Linear`.
#[diagnostic::do_not_recommend]
impl<B: Dimension, S: Dimension, const D: usize, const HEADS: usize, M, E: Float, A: Track, T: Track>
    Module<Tensor<(B, S, Undecided), E, A>> for MultiheadAttention<D, HEADS, M, E, T>
where
    Dim<D>: Heads<HEADS>,
{
    type Output = Undecided;
    fn apply(&self, _: &Tensor<(B, S, Undecided), E, A>) -> Undecided {
        Undecided::default()
    }
}

// (By hand, and not by `with_parameters!`, of whose inside rustc would show a screen where the bound is missing.)
#[diagnostic::do_not_recommend]
impl<const D: usize, const HEADS: usize, M, E: Float, T: Track> Parameters for MultiheadAttention<D, HEADS, M, E, T>
where
    Dim<D>: Heads<HEADS>,
{
    const PARAMETERS: usize = 3 * D * D + 3 * D + Linear::<D, D, E, T>::PARAMETERS;
    const TRAINABLE: usize = if T::TRACKED { Self::PARAMETERS } else { 0 };
    fn visit(&self, name: &mut Name, visitor: &mut impl Visitor) {
        name.field("in_proj_weight", |name| self.in_proj_weight.visit(name, visitor));
        name.field("in_proj_bias", |name| self.in_proj_bias.visit(name, visitor));
        name.field("out_proj", |name| self.out_proj.visit(name, visitor));
    }
    fn visit_mut(&mut self, name: &mut Name, visitor: &mut impl VisitorMut) {
        name.field("in_proj_weight", |name| self.in_proj_weight.visit_mut(name, visitor));
        name.field("in_proj_bias", |name| self.in_proj_bias.visit_mut(name, visitor));
        name.field("out_proj", |name| self.out_proj.visit_mut(name, visitor));
    }
}

impl<const D: usize, const HEADS: usize, M, E: Float, T: Track> Clone for MultiheadAttention<D, HEADS, M, E, T>
where
    Dim<D>: Heads<HEADS>,
{
    /// A copy with weights of its own, which are new leaves: PyTorch's `copy.deepcopy`.
    fn clone(&self) -> Self {
        MultiheadAttention {
            in_proj_weight: self.in_proj_weight.clone(),
            in_proj_bias: self.in_proj_bias.clone(),
            out_proj: self.out_proj.clone(),
            mask: PhantomData,
        }
        .into_state()
    }
}

impl<const D: usize, const HEADS: usize, M, E: Float, T: Track> Stateful for MultiheadAttention<D, HEADS, M, E, T>
where
    Dim<D>: Heads<HEADS>,
{
    type In<U: Track> = MultiheadAttention<D, HEADS, M, E, U>;
    fn into_state<U: Track>(self) -> MultiheadAttention<D, HEADS, M, E, U> {
        MultiheadAttention {
            in_proj_weight: self.in_proj_weight.into_state(),
            in_proj_bias: self.in_proj_bias.into_state(),
            out_proj: self.out_proj.into_state(),
            mask: PhantomData,
        }
    }
    fn from_frozen(frozen: Self::In<Untracked>) -> Self {
        frozen.into_state()
    }
}
