//! Optimisers: what changes parameters by their gradients.
//!
//! ```
//! use tintype::prelude::*;
//!
//! // Fit y = 2 x₀ − x₁ + 0.5.
//! let mut rng = StdRng::seed_from_u64(0);
//! let x = Tensor2::<64, 2>::randn(&mut rng);
//! let y = Tensor2::<64, 1>::from_fn(|i| 2.0 * x[[i, 0]] - x[[i, 1]] + 0.5);
//!
//! let mut model = Linear::<2, 1>::new(&mut rng);
//! let mut optimizer = Sgd::new(0.1).momentum(0.9);
//! for _ in 0..200 {
//!     let loss = (model.forward(&x) - &y).square().mean();
//!     let gradients = loss.backward();
//!     optimizer.step(&mut model, &gradients);
//! }
//! assert!((model.weight[[0, 0]] - 2.0).abs() < 1e-3);
//! assert!((model.weight[[0, 1]] + 1.0).abs() < 1e-3);
//! ```
//!
//! Gradients live in [`Gradients`], not on the tensors, so there is nothing to set to zero between steps. Between `backward` and
//! `step` they can be measured, [`norm`](Gradients::norm), and limited: [`clip_norm`](Gradients::clip_norm),
//! [`clip_value`](Gradients::clip_value).
//!
//! Training that is to go on later as if it had not stopped is saved with what its optimiser remembers, and with its settings:
//! `tintype::io::save((&model, &optimizer), path)`, and `load((&mut model, &mut optimizer), path)`. What can be saved so is
//! [`Resume`].

mod adam;
mod clip;
mod memory;
mod resume;
mod sgd;

pub use adam::{Adam, AdamW};
#[cfg(feature = "io")]
pub(crate) use memory::{Entry, Found, Memory};
pub(crate) use resume::Range;
pub use resume::Resume;
pub use sgd::Sgd;

use crate::autograd::{Gradients, Track};
use crate::kernels::number;
use crate::nn::{Direct, Name, Parameters, VisitorMut, Workspace};
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};

/// A rule that changes parameters by their gradients.
///
/// An optimiser remembers things about each parameter (a velocity, a mean of squares) under the parameter's name, such as
/// `conv1.weight`. So it belongs to one model, which may move and be cloned. Several models that learn together are one
/// model: put them in a tuple.
///
/// A rule of one's own says how one parameter changes:
///
/// ```
/// use tintype::prelude::*;
///
/// /// Steps of one size, whatever the gradient's.
/// struct SignDescent(f64);
///
/// impl Optimizer for SignDescent {
///     fn update<E: Float>(&mut self, _name: &str, parameter: &mut [E], gradient: &[E]) {
///         let rate = E::from(self.0).unwrap();
///         for (p, g) in parameter.iter_mut().zip(gradient) {
///             *p -= rate * g.signum();
///         }
///     }
///     fn learning_rate(&self) -> f64 {
///         self.0
///     }
///     fn set_learning_rate(&mut self, rate: f64) {
///         self.0 = rate;
///     }
/// }
///
/// let mut w = tensor([1.0, -1.0]).requires_grad();
/// let gradients = w.square().sum().backward();
/// SignDescent(0.25).step(&mut w, &gradients);
/// assert_eq!(w.array(), &[0.75, -0.75]);
/// ```
pub trait Optimizer {
    /// Changes the entries of one parameter by its gradient, of the same length. [`step`](Optimizer::step) calls it.
    fn update<E: Float>(&mut self, name: &str, parameter: &mut [E], gradient: &[E]);

    /// The learning rate: how far a step goes.
    fn learning_rate(&self) -> f64;

    /// Sets the learning rate of the steps to come: what a schedule calls.
    ///
    /// # Panics
    /// If it is negative or not finite.
    fn set_learning_rate(&mut self, rate: f64);

    /// One step: changes in place every parameter of `model` that has a gradient.
    ///
    /// A parameter without one is left alone, and so is what the optimiser remembers about it: it is frozen, or the loss does
    /// not depend on it.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let mut layer = Linear::<2, 1>::new(&mut StdRng::seed_from_u64(0));
    /// let before = layer.clone();
    /// let gradients = layer.forward(&tensor([3.0, 4.0])).sum().backward();
    /// Sgd::new(0.1).step(&mut layer, &gradients);
    /// assert_eq!(layer.weight[[0, 1]], before.weight[[0, 1]] - 0.1 * 4.0);
    /// ```
    ///
    /// # Panics
    /// If a parameter of this name had another length or element type in an earlier step: that was another model.
    fn step<M: Parameters>(&mut self, model: &mut M, gradients: &impl GradientsOf<M>)
    where
        Self: Sized,
    {
        gradients.step(model, self);
    }

    #[doc(hidden)]
    fn zero_grad<Any>(&mut self) -> Any
    where
        Self: HasZeroGrad,
    {
        unreachable!("no optimiser has this method")
    }
}

/// Nobody has it: PyTorch's name is here to say why there is none.
#[diagnostic::on_unimplemented(
    message = "there are no gradients to set to zero: `loss.backward()` returns new ones each time",
    label = "leave it out"
)]
#[doc(hidden)]
pub trait HasZeroGrad {}

/// Gradients of the parameters of a model `M`: those that [`backward`](Tensor::backward) gives, or a [`Workspace`]'s.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not hold the gradients of `{M}`",
    label = "not gradients of this model",
    note = "`loss.backward()` gives the `Gradients` of any model, in generic code of any `M: Parameters`; a `Workspace<L, S>` holds those \
            of the network `L`"
)]
pub trait GradientsOf<M> {
    /// Changes every parameter of the model that has a gradient by the optimiser.
    #[doc(hidden)]
    fn step(&self, model: &mut M, optimizer: &mut impl Optimizer)
    where
        M: Parameters;
}

#[diagnostic::do_not_recommend]
impl<M> GradientsOf<M> for Gradients {
    fn step(&self, model: &mut M, optimizer: &mut impl Optimizer)
    where
        M: Parameters,
    {
        let mut step = Step {
            optimizer,
            gradients: self,
        };
        Name::reusing(|name| model.visit_mut(name, &mut step));
    }
}

#[diagnostic::do_not_recommend]
impl<L: Direct<S, E>, S: Shape, E: Float> GradientsOf<L> for Workspace<L, S, E> {
    fn step(&self, layers: &mut L, optimizer: &mut impl Optimizer) {
        self.learn(layers, &mut |name, entries, gradient| {
            optimizer.update(name, entries, gradient);
        });
    }
}

/// Exchanged arguments are one error so, which is of the model alone: that `Gradients` is no layer.
#[diagnostic::do_not_recommend]
impl<M: Parameters> GradientsOf<Gradients> for M {
    fn step(&self, _: &mut Gradients, _: &mut impl Optimizer) {
        unreachable!("gradients are no model")
    }
}

struct Step<'a, O> {
    optimizer: &'a mut O,
    gradients: &'a Gradients,
}

impl<O: Optimizer> VisitorMut for Step<'_, O> {
    fn visit<S: Shape, E: Float, T: Track>(&mut self, name: &str, parameter: &mut Tensor<S, E, T>) {
        if let Some(gradient) = self.gradients.of_parameter(parameter) {
            parameter.update(|entries| self.optimizer.update(name, entries, gradient.as_slice()));
        }
    }
}

/// A learning rate that can be one.
#[track_caller]
fn checked_rate(rate: f64) -> f64 {
    Range::Amount.checked("a learning rate", rate)
}
