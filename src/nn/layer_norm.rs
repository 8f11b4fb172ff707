//! Normalisation of each row by itself.

use super::layer::LayerElement;
use super::module::Module;
use super::parameters::{Name, Parameters, Visitor, VisitorMut};
use super::stateful::Stateful;
use crate::autograd::{Join, Joined, Track, Tracked, Untracked};
use crate::dim::{Dim, Dimension};
use crate::tensor::{Float, Tensor, Tensor1};

/// Rows of `N` numbers along the last axis, normalised by their own mean and variance, then scaled and shifted:
/// [PyTorch's `LayerNorm`](https://pytorch.org/docs/stable/generated/torch.nn.LayerNorm.html).
///
/// `y = (x − mean) / √(variance + 1e-5) · weight + bias`. It is the same in training and in use.
///
/// ```
/// use tintype::prelude::*;
/// let layer: LayerNorm<4> = LayerNorm::new();
/// let y = layer.forward(&tensor([[1.0, 1.0, 3.0, 3.0]]));
/// assert_eq!(y.round().array(), &[[-1.0, -1.0, 1.0, 1.0]]);
/// ```
#[derive(Debug)]
pub struct LayerNorm<const N: usize, E: LayerElement = f32, T: Track = Tracked> {
    /// What the normalised entries are multiplied by: ones, to begin with.
    pub weight: Tensor1<N, E, T>,
    /// What is then added: zeros, to begin with.
    pub bias: Tensor1<N, E, T>,
    pub(super) epsilon: f64,
}

/// Rows of `N` numbers along the last axis, divided by the root of their mean square, then scaled:
/// [PyTorch's `RMSNorm`](https://pytorch.org/docs/stable/generated/torch.nn.RMSNorm.html).
///
/// `y = x / √(mean(x²) + ε) · weight`, with the element type's own precision for `ε`.
///
/// ```
/// use tintype::prelude::*;
/// let layer: RmsNorm<2> = RmsNorm::new();
/// assert_eq!(layer.forward(&tensor([1.0, -7.0])).array(), &[0.2, -1.4]);
/// ```
#[derive(Debug)]
pub struct RmsNorm<const N: usize, E: LayerElement = f32, T: Track = Tracked> {
    /// What the entries are multiplied by: ones, to begin with.
    pub weight: Tensor1<N, E, T>,
    pub(super) epsilon: f64,
}

macro_rules! layer {
    ($layer:ident { $($field:ident $initial:ident)+ } $epsilon:expr, |$self:ident, $x:ident| $compute:expr) => {
        impl<const N: usize, E: Float, T: Track> $layer<N, E, T> {
            /// The layer as it begins.
            pub fn new() -> Self {
                $layer {
                    $($field: T::leaf(Tensor::$initial()),)+
                    epsilon: $epsilon,
                }
            }

            /// The layer with another `ε`.
            ///
            /// # Panics
            /// If it is negative or not finite.
            pub fn epsilon(mut self, epsilon: f64) -> Self {
                self.epsilon = checked_epsilon(epsilon);
                self
            }
        }

        impl<const N: usize, E: Float, T: Track> Default for $layer<N, E, T> {
            fn default() -> Self {
                Self::new()
            }
        }

        layer!(@modules $layer |$self, $x| $compute; ; A; A B; A B C; A B C D; A B C D F);

        #[diagnostic::do_not_recommend]
        impl<const N: usize, E: Float, T: Track> Parameters for $layer<N, E, T> {
            const PARAMETERS: usize = 0 $(+ { let _ = stringify!($field); N })+;
            const TRAINABLE: usize = if T::TRACKED { Self::PARAMETERS } else { 0 };
            fn visit(&self, name: &mut Name, visitor: &mut impl Visitor) {
                $(name.field(stringify!($field), |name| self.$field.visit(name, visitor));)+
            }
            fn visit_mut(&mut self, name: &mut Name, visitor: &mut impl VisitorMut) {
                $(name.field(stringify!($field), |name| self.$field.visit_mut(name, visitor));)+
            }
        }

        impl<const N: usize, E: Float, T: Track> Clone for $layer<N, E, T> {
            /// A copy with weights of its own, which are new leaves: PyTorch's `copy.deepcopy`.
            fn clone(&self) -> Self {
                $layer { $($field: self.$field.clone(),)+ epsilon: self.epsilon }.into_state()
            }
        }

        impl<const N: usize, E: Float, T: Track> Stateful for $layer<N, E, T> {
            type In<U: Track> = $layer<N, E, U>;
            fn into_state<U: Track>(self) -> $layer<N, E, U> {
                $layer {
                    $($field: self.$field.into_state(),)+
                    epsilon: self.epsilon,
                }
            }
            fn from_frozen(frozen: Self::In<Untracked>) -> Self {
                frozen.into_state()
            }
        }
    };
    (@modules $layer:ident |$self:ident, $x:ident| $compute:expr; $($($before:ident)*);*) => { $(
        layer!(@module $layer |$self, $x| $compute; $($before)*);
    )* };
    (@module $layer:ident |$self:ident, $x:ident| $compute:expr; $($before:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($before: Dimension,)* E: Float, X: Track + Join<T>, T: Track, const N: usize>
            Module<Tensor<($($before,)* Dim<N>,), E, X>> for $layer<N, E, T>
        {
            type Output = Tensor<($($before,)* Dim<N>,), E, Joined<X, T>>;
            fn apply(&$self, $x: &Tensor<($($before,)* Dim<N>,), E, X>) -> Self::Output {
                $compute
            }
        }
    };
}
layer!(LayerNorm { weight ones bias zeros } 1e-5, |self, x| x.layer_norm(&self.weight, &self.bias, self.epsilon));
layer!(RmsNorm { weight ones } E::epsilon().to_f64().expect("a small number"), |self, x| x.rms_norm(&self.weight, self.epsilon));

/// An `ε` that keeps a root from being 0.
#[track_caller]
pub(super) fn checked_epsilon(epsilon: f64) -> f64 {
    assert!(
        epsilon.is_finite() && epsilon >= 0.0,
        "an epsilon must be finite and not negative, not {epsilon}"
    );
    epsilon
}
