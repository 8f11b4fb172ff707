//! The fully connected layer.

use super::bias::{BiasSpec, Biased, HasBias, Unbiased};
use super::init::uniform_by_fan_in;
use super::layer::LayerElement;
use super::module::Module;
use super::parameters::{Name, Parameters, Visitor, VisitorMut};
use super::stateful::Stateful;
use crate::autograd::{Join, Joined, Track, Tracked, Untracked};
use crate::dim::{Dim, Dimension, Undecided};
use crate::tensor::{Float, Tensor, Tensor2};
use rand::Rng;

/// `y = x·Wᵀ + b` along the last axis: [PyTorch's `Linear`](https://pytorch.org/docs/stable/generated/torch.nn.Linear.html).
///
/// Takes `I` features and gives `O`, in tensors of rank 1 to 6.
///
/// ```
/// use tintype::prelude::*;
/// let mut rng = StdRng::seed_from_u64(0);
/// let layer = Linear::<784, 10>::new(&mut rng);
/// let y: Tensor2<64, 10, f32, Tracked> = layer.forward(&Tensor2::<64, 784>::rand(&mut rng));
/// ```
#[derive(Debug)]
pub struct Linear<const I: usize, const O: usize, E: LayerElement = f32, T: Track = Tracked, B: BiasSpec = Biased> {
    /// `W`.
    pub weight: Tensor2<O, I, E, T>,
    /// `b`, an `Option<Tensor1<O, E, T>>`; of a [`WithoutBias<Linear>`](super::WithoutBias) it is `None`.
    pub bias: Option<B::Of<O, E, T>>,
}

impl<const I: usize, const O: usize, E: Float, T: Track, B: BiasSpec> Linear<I, O, E, T, B> {
    /// Weight and bias drawn evenly from `±1/√I`, as PyTorch's.
    pub fn new(rng: &mut (impl Rng + ?Sized)) -> Self {
        Linear {
            weight: uniform_by_fan_in(I, rng),
            bias: B::made(|| uniform_by_fan_in(I, rng)),
        }
    }

    /// The same without a bias. (For a layer whose type says that it has none, see [`WithoutBias`](super::WithoutBias).)
    pub fn without_bias(rng: &mut (impl Rng + ?Sized)) -> Self {
        Linear {
            weight: uniform_by_fan_in(I, rng),
            bias: None,
        }
    }
}

impl<const I: usize, const O: usize, E: Float, T: Track> HasBias for Linear<I, O, E, T> {
    type Without = Linear<I, O, E, T, Unbiased>;
}

/// The size of the last axis stands in the input's type, so that a layer is no module at all of an input that it does not
/// take: then rustc speaks of the layer and its input, and in a sequence of the two layers that do not meet.
///
/// The second impl keeps rustc from taking a size that it is still computing (behind a `Flatten`) for the one that the layer
/// wants: with two candidates it has to wait for the number.
macro_rules! of_rank {
    ($($($before:ident)*;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($before: Dimension,)* E: Float, X: Track + Join<T>, T: Track, Z: BiasSpec, const I: usize, const O: usize>
            Module<Tensor<($($before,)* Dim<I>,), E, X>> for Linear<I, O, E, T, Z>
        {
            type Output = Tensor<($($before,)* Dim<O>,), E, Joined<X, T>>;
            fn apply(&self, x: &Tensor<($($before,)* Dim<I>,), E, X>) -> Self::Output {
                x.linear(&self.weight, self.bias.as_ref().map(Z::tensor))
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($before: Dimension,)* E: Float, X: Track, T: Track, Z: BiasSpec, const I: usize, const O: usize>
            Module<Tensor<($($before,)* Undecided,), E, X>> for Linear<I, O, E, T, Z>
        {
            type Output = Undecided;
            fn apply(&self, _: &Tensor<($($before,)* Undecided,), E, X>) -> Undecided {
                Undecided::default()
            }
        }
    )* };
}
of_rank! {
    ;
    A;
    A B;
    A B C;
    A B C D;
    A B C D F;
}

#[diagnostic::do_not_recommend]
impl<const I: usize, const O: usize, E: Float, T: Track, B: BiasSpec> Parameters for Linear<I, O, E, T, B> {
    const PARAMETERS: usize = O * I + B::Of::<O, E, T>::PARAMETERS;
    const TRAINABLE: usize = if T::TRACKED { Self::PARAMETERS } else { 0 };
    fn visit(&self, name: &mut Name, visitor: &mut impl Visitor) {
        name.field("weight", |name| self.weight.visit(name, visitor));
        name.field("bias", |name| self.bias.visit(name, visitor));
    }
    fn visit_mut(&mut self, name: &mut Name, visitor: &mut impl VisitorMut) {
        name.field("weight", |name| self.weight.visit_mut(name, visitor));
        name.field("bias", |name| self.bias.visit_mut(name, visitor));
    }
}

impl<const I: usize, const O: usize, E: Float, T: Track, B: BiasSpec> Clone for Linear<I, O, E, T, B> {
    /// A copy with weights of its own, which are new leaves: PyTorch's `copy.deepcopy`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let layer = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    /// let copy = layer.clone();
    /// let gradients = layer.forward(&Tensor1::<4>::ones()).sum().backward();
    /// assert!(gradients.get(&layer.weight).is_some() && gradients.get(&copy.weight).is_none());
    /// ```
    fn clone(&self) -> Self {
        let Linear { weight, bias } = self;
        Linear {
            weight: weight.clone(),
            bias: bias.clone(),
        }
        .into_state()
    }
}

impl<const I: usize, const O: usize, E: Float, T: Track, B: BiasSpec> Stateful for Linear<I, O, E, T, B> {
    type In<U: Track> = Linear<I, O, E, U, B>;
    fn into_state<U: Track>(self) -> Linear<I, O, E, U, B> {
        Linear {
            weight: self.weight.into_state(),
            bias: self.bias.map(B::into_state),
        }
    }
    fn from_frozen(frozen: Self::In<Untracked>) -> Self {
        frozen.into_state()
    }
}
