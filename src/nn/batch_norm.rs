//! Normalisation of channels over the batch.

use super::layer::LayerElement;
use super::layer_norm::checked_epsilon;
use super::module::Module;
use super::parameters::{Name, Parameters, Visitor, VisitorMut};
use super::stateful::Stateful;
use crate::autograd::{Join, Joined, Track, Tracked, Untracked};
use crate::dim::{Dim, Dimension, Undecided};
use crate::kernels::number;
use crate::tensor::{Float, Tensor, Tensor1};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What the channels of a data set are like, as training saw it.
#[derive(Clone, Debug)]
struct Running<const C: usize, E: Float> {
    mean: Tensor1<C, E>,
    variance: Tensor1<C, E>,
}

/// (`new` is named where the macro is called: of a call with arguments rustc then quotes that line, and not the whole of it.)
macro_rules! layers {
    ($(
        $(#[$doc:meta])*
        $layer:ident $new:ident: $(($($size:ident)*))+;
    )*) => { $(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $layer<const C: usize, E: LayerElement = f32, T: Track = Tracked> {
            /// What the normalised entries are multiplied by: ones, to begin with.
            pub weight: Tensor1<C, E, T>,
            /// What is then added: zeros, to begin with.
            pub bias: Tensor1<C, E, T>,
            running: Mutex<Running<C, E>>,
            momentum: f64,
            epsilon: f64,
        }

        impl<const C: usize, E: Float, T: Track> $layer<C, E, T> {
            /// The layer as it begins, with a momentum of 0.1 and `ε` of 1e-5.
            pub fn $new() -> Self {
                $layer {
                    weight: T::leaf(Tensor::ones()),
                    bias: T::leaf(Tensor::zeros()),
                    running: Mutex::new(Running { mean: Tensor::zeros(), variance: Tensor::ones() }),
                    momentum: 0.1,
                    epsilon: 1e-5,
                }
            }

            /// How much of each batch enters the running mean and variance.
            ///
            /// # Panics
            /// If it is not in `[0, 1]`.
            pub fn momentum(mut self, momentum: f64) -> Self {
                assert!((0.0..=1.0).contains(&momentum), "a momentum must be from 0 to 1, not {momentum}");
                self.momentum = momentum;
                self
            }

            /// The layer with another `ε`.
            ///
            /// # Panics
            /// If it is negative or not finite.
            pub fn epsilon(mut self, epsilon: f64) -> Self {
                self.epsilon = checked_epsilon(epsilon);
                self
            }

            /// The mean of each channel, as training has seen it: what a frozen layer subtracts. Zeros, to begin with.
            pub fn running_mean(&self) -> Tensor1<C, E> {
                self.running().mean.clone()
            }

            /// The variance of each channel, over `n − 1`, as training has seen it: by whose root a frozen layer divides. Ones,
            /// to begin with.
            pub fn running_variance(&self) -> Tensor1<C, E> {
                self.running().variance.clone()
            }

            /// The layer with these running statistics.
            pub fn with_running(self, mean: Tensor1<C, E>, variance: Tensor1<C, E>) -> Self {
                $layer { running: Mutex::new(Running { mean, variance }), ..self }
            }

            fn running(&self) -> MutexGuard<'_, Running<C, E>> {
                self.running.lock().unwrap_or_else(PoisonError::into_inner)
            }
        }

        impl<const C: usize, E: Float, T: Track> Default for $layer<C, E, T> {
            fn default() -> Self {
                Self::new()
            }
        }

        impl<const C: usize, E: Float, T: Track> Clone for $layer<C, E, T> {
            /// A copy with weights of its own, which are new leaves, and statistics: PyTorch's `copy.deepcopy`.
            fn clone(&self) -> Self {
                $layer {
                    weight: self.weight.clone(),
                    bias: self.bias.clone(),
                    running: Mutex::new(self.running().clone()),
                    momentum: self.momentum,
                    epsilon: self.epsilon,
                }
                .into_state()
            }
        }

        $(
            #[diagnostic::do_not_recommend]
            impl<B: Dimension, $($size: Dimension,)* E: Float, A: Track + Join<T>, T: Track, const C: usize>
                Module<Tensor<(B, Dim<C>, $($size),*), E, A>> for $layer<C, E, T>
            {
                type Output = Tensor<(B, Dim<C>, $($size),*), E, Joined<A, T>>;
                fn apply(&self, x: &Tensor<(B, Dim<C>, $($size),*), E, A>) -> Self::Output {
                    if !T::TRACKED {
                        let Running { mean, variance } = self.running().clone();
                        return x.batch_norm_by((&mean, &variance), &self.weight, &self.bias, self.epsilon);
                    }
                    // Of a bound in its place, all code that is generic over a batch would have to speak.
                    const { assert!(!T::TRACKED || B::N $(* $size::N)* != 1, "a single entry per channel has no variance to learn from") };
                    let (y, mean, variance) = x.batch_norm(&self.weight, &self.bias, self.epsilon);
                    let entries = B::N $(* $size::N)*;
                    if entries > 0 {
                        self.running().learn(self.momentum, &mean, &variance, entries);
                    }
                    y
                }
            }

            /// Keeps rustc from taking channels that it is still computing for those that the layer wants: see `Linear`.
            #[diagnostic::do_not_recommend]
            impl<B: Dimension, $($size: Dimension,)* E: Float, A: Track, T: Track, const C: usize>
                Module<Tensor<(B, Undecided, $($size),*), E, A>> for $layer<C, E, T>
            {
                type Output = Undecided;
                fn apply(&self, _: &Tensor<(B, Undecided, $($size),*), E, A>) -> Undecided {
                    Undecided::default()
                }
            }
        )+

        #[diagnostic::do_not_recommend]
        impl<const C: usize, E: Float, T: Track> Parameters for $layer<C, E, T> {
            const PARAMETERS: usize = 2 * C;
            const TRAINABLE: usize = if T::TRACKED { Self::PARAMETERS } else { 0 };
            fn visit(&self, name: &mut Name, visitor: &mut impl Visitor) {
                name.field("weight", |name| self.weight.visit(name, visitor));
                name.field("bias", |name| self.bias.visit(name, visitor));
                let running = self.running();
                name.field("running_mean", |name| visitor.visit_buffer(name.as_str(), &running.mean));
                name.field("running_var", |name| visitor.visit_buffer(name.as_str(), &running.variance));
            }
            fn visit_mut(&mut self, name: &mut Name, visitor: &mut impl VisitorMut) {
                name.field("weight", |name| self.weight.visit_mut(name, visitor));
                name.field("bias", |name| self.bias.visit_mut(name, visitor));
                let running = self.running.get_mut().unwrap_or_else(PoisonError::into_inner);
                name.field("running_mean", |name| visitor.visit_buffer(name.as_str(), &mut running.mean));
                name.field("running_var", |name| visitor.visit_buffer(name.as_str(), &mut running.variance));
            }
        }

        impl<const C: usize, E: Float, T: Track> Stateful for $layer<C, E, T> {
            type In<U: Track> = $layer<C, E, U>;
            fn into_state<U: Track>(self) -> $layer<C, E, U> {
                $layer {
                    weight: self.weight.into_state(),
                    bias: self.bias.into_state(),
                    running: self.running,
                    momentum: self.momentum,
                    epsilon: self.epsilon,
                }
            }
            fn from_frozen(frozen: Self::In<Untracked>) -> Self {
                frozen.into_state()
            }
        }
    )* };
}
layers! {
    /// `C` channels normalised over a batch of vectors or signals: [PyTorch's `BatchNorm1d`](https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html).
    ///
    /// Takes `(batch, channels)` or `(batch, channels, length)`, and is otherwise as [`BatchNorm2d`].
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let layer: BatchNorm1d<2> = BatchNorm1d::new();
    /// let y = layer.forward(&tensor([[1.0, 5.0], [3.0, 7.0]]));
    /// assert_eq!(y.round().array(), &[[-1.0, -1.0], [1.0, 1.0]]);
    /// ```
    BatchNorm1d new: () (L);
    /// `C` channels normalised over a batch of images: [PyTorch's `BatchNorm2d`](https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html).
    ///
    /// Takes `(batch, channels, height, width)`. In training, `y = (x − mean) / √(variance + ε) · weight + bias` with each
    /// channel's own mean and variance in this batch, and the layer takes note of them:
    /// `running = (1 − momentum)·running + momentum·batch`. Frozen, it normalises by what it has noted. Which of the two it does
    /// is known from its type.
    ///
    /// A batch with a single entry per channel has no variance: to train on it does not compile, and this is found only when
    /// the program is built, not by `cargo check`. Rows that only fill a batch up (see [`Batch`](crate::data::Batch)) count as all
    /// others do: train on whole batches.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let layer: BatchNorm2d<3> = BatchNorm2d::new();
    /// let x = Tensor4::<8, 3, 5, 5>::randn(&mut StdRng::seed_from_u64(0)) * 4.0 + 1.0;
    /// let y = layer.forward(&x);
    /// assert!(y.mean().item().abs() < 1e-6 && (y.std().item() - 1.0).abs() < 1e-3);
    ///
    /// (0..100).for_each(|_| drop(layer.forward(&x)));
    /// assert!((layer.running_mean() - x.detach().mean_axis::<3>().mean_axis::<2>().mean_axis::<0>()).norm().item() < 1e-3);
    /// let used: Tensor4<1, 3, 1, 1> = layer.freeze().forward(&Tensor4::<1, 3, 1, 1>::zeros());
    /// assert!(used.iter().all(|&entry| (-0.5..0.0).contains(&entry))); // about −1/4
    /// ```
    BatchNorm2d new: (H W);
}

impl<const C: usize, E: Float> Running<C, E> {
    /// Takes note of a batch's means and variances, which are over all `n` entries of a channel. What is noted is the variance
    /// over `n − 1`.
    fn learn(&mut self, momentum: f64, mean: &Tensor1<C, E>, variance: &Tensor1<C, E>, n: usize) {
        let (kept, share) = (number(1.0 - momentum), number(momentum));
        let unbiased = number(n as f64 / (n as f64 - 1.0));
        self.mean = self.mean.zip(mean, mixed(kept, share));
        self.variance = self.variance.zip(variance, mixed(kept, share * unbiased));
    }
}

/// Two entries in these proportions.
fn mixed<E: Float>(of_old: E, of_new: E) -> impl Fn(E, E) -> E + Sync {
    move |old, new| of_old * old + of_new * new
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_statistics_are_no_parameters() {
        let layer = BatchNorm2d::<4>::new();
        assert_eq!(layer.parameter_count(), 8);
        assert_eq!(layer.parameter_names(), ["weight", "bias"]);
    }

    #[test]
    fn nothing_is_learnt_from_an_empty_batch() {
        let layer = BatchNorm1d::<2>::new();
        let _ = layer.apply(&Tensor::<(Dim<0>, Dim<2>)>::zeros());
        assert_eq!(layer.running_mean(), Tensor::zeros());
        assert_eq!(layer.running_variance(), Tensor::ones());
    }
}
