//! Vectors for words.

use super::layer::LayerElement;
use super::module::Module;
use super::parameters::{Name, Parameters, Visitor, VisitorMut};
use super::stateful::Stateful;
use crate::autograd::{Track, Tracked, Untracked};
use crate::dim::{Dim, Undecided};
use crate::ops::Indices;
use crate::shape::Append;
use crate::tensor::{Float, Tensor, Tensor2};
use rand::Rng;

/// A vector of `D` numbers for each of `V` words: [PyTorch's `Embedding`](https://pytorch.org/docs/stable/generated/torch.nn.Embedding.html).
///
/// Takes [`Indices`] of any shape below `V`, and gives the vectors along a new last axis.
///
/// ```
/// use tintype::prelude::*;
/// let layer = Embedding::<50257, 8>::new(&mut StdRng::seed_from_u64(0));
/// let words = Indices::<Rank2<2, 3>, 50257>::try_from([[15496, 11, 995], [0, 1, 2]])?;
/// let y: Tensor3<2, 3, 8, f32, Tracked> = layer.forward(&words);
/// # Ok::<(), tintype::Error>(())
/// ```
#[derive(Debug)]
pub struct Embedding<const V: usize, const D: usize, E: LayerElement = f32, T: Track = Tracked> {
    /// A row for each word.
    pub weight: Tensor2<V, D, E, T>,
}

impl<const V: usize, const D: usize, E: Float, T: Track> Embedding<V, D, E, T> {
    /// Entries drawn from the normal distribution, as PyTorch's.
    pub fn new(rng: &mut (impl Rng + ?Sized)) -> Self {
        Self::scaled(1.0, rng)
    }

    /// Entries drawn from the normal distribution with this standard deviation (GPT-2 begins with 0.02).
    pub fn scaled(deviation: f64, rng: &mut (impl Rng + ?Sized)) -> Self {
        Embedding {
            weight: T::leaf((Tensor2::<V, D, f64>::randn(rng) * deviation).to()),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<S: Append, const V: usize, const D: usize, E: Float, T: Track> Module<Indices<S, V>> for Embedding<V, D, E, T> {
    type Output = Tensor<S::With<Dim<D>>, E, T>;
    fn apply(&self, words: &Indices<S, V>) -> Self::Output {
        self.weight.rows_at(words)
    }
}

/// (Of a layer that takes one kind of input alone rustc says, at any other, that it was expected, without a word.)
#[diagnostic::do_not_recommend]
impl<const V: usize, const D: usize, E: Float, T: Track> Module<Undecided> for Embedding<V, D, E, T> {
    type Output = Undecided;
    fn apply(&self, _: &Undecided) -> Undecided {
        Undecided::default()
    }
}

#[diagnostic::do_not_recommend]
impl<const V: usize, const D: usize, E: Float, T: Track> Parameters for Embedding<V, D, E, T> {
    const PARAMETERS: usize = V * D;
    const TRAINABLE: usize = if T::TRACKED { Self::PARAMETERS } else { 0 };
    fn visit(&self, name: &mut Name, visitor: &mut impl Visitor) {
        name.field("weight", |name| self.weight.visit(name, visitor));
    }
    fn visit_mut(&mut self, name: &mut Name, visitor: &mut impl VisitorMut) {
        name.field("weight", |name| self.weight.visit_mut(name, visitor));
    }
}

impl<const V: usize, const D: usize, E: Float, T: Track> Clone for Embedding<V, D, E, T> {
    /// A copy with weights of its own, which are new leaves: PyTorch's `copy.deepcopy`.
    fn clone(&self) -> Self {
        Embedding {
            weight: self.weight.clone(),
        }
        .into_state()
    }
}

impl<const V: usize, const D: usize, E: Float, T: Track> Stateful for Embedding<V, D, E, T> {
    type In<U: Track> = Embedding<V, D, E, U>;
    fn into_state<U: Track>(self) -> Embedding<V, D, E, U> {
        Embedding {
            weight: self.weight.into_state(),
        }
    }
    fn from_frozen(frozen: Self::In<Untracked>) -> Self {
        frozen.into_state()
    }
}
