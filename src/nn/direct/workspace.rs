//! Training without a graph.

use super::infer::Computed;
use super::{Direct, Input, InputFor, TargetFor};
use crate::kernels::Vector;
use crate::kernels::small::{self, Instructions, Program};
use crate::kernels::zeroed::Zeroed;
use crate::nn::Name;
use crate::ops::LabelsFor;
use crate::shape::Shape;
use crate::tensor::{Float, Place};

/// Everything that a step of training a network `L` on inputs of the shape `S` needs to remember, in one value: what stands
/// between the layers, and the gradients.
///
/// Its size follows from the network's type and the input's, and it is allocated once. After that nothing is.
///
/// ```
/// use tintype::prelude::*;
/// type Net = (Linear<4, 32>, ReLU, Linear<32, 2>);
/// let mut rng = StdRng::seed_from_u64(0);
/// let mut net: Net = (Linear::new(&mut rng), ReLU, Linear::new(&mut rng));
/// let mut sgd = Sgd::new(0.1);
///
/// let mut workspace = Workspace::<Net, Rank2<8, 4>>::new(); // for batches of 8
/// let (x, t) = ([[0.5; 4]; 8], [[1.0, -1.0]; 8]);
/// let before = workspace.mse_loss(&net, &x, &t);
/// sgd.step(&mut net, &workspace);
/// assert!(workspace.mse_loss(&net, &x, &t) < before);
/// ```
pub struct Workspace<L: Direct<S, E>, S: Shape, E: Float = f32>(Box<Parts<L, S, E>>);

/// The output and its gradient; what is saved and the gradients.
type Parts<L, S, E> = (
    [Place<<L as Direct<S, E>>::Output, E>; 2],
    (<L as Direct<S, E>>::Saved, <L as Direct<S, E>>::Gradients),
);

impl<L: Direct<S, E>, S: Shape, E: Float> Workspace<L, S, E> {
    /// A workspace of zeros.
    pub fn new() -> Self {
        Workspace(Zeroed::zeroed_box())
    }

    /// The network's output, as [`infer`](super::Infer::infer) gives it: for networks whose layers give too much for the stack.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// type Net = (Conv2d<1, 8, 5>, ReLU, Flatten, Linear<4608, 10>);
    /// let mut rng = StdRng::seed_from_u64(0);
    /// let net: Net = (Conv2d::new(&mut rng), ReLU, Flatten, Linear::new(&mut rng));
    /// let mut workspace = Workspace::<Net, Rank4<64, 1, 28, 28>>::new();
    /// let logits: &[[f32; 10]; 64] = workspace.run(&net, &Tensor4::<64, 1, 28, 28>::ones());
    /// ```
    pub fn run(&mut self, layers: &L, x: &(impl InputFor<S, E> + ?Sized)) -> &<L::Output as Shape>::Array<E> {
        let ([output, _], (saved, _)) = &mut *self.0;
        small::run(Computed::<S, E, L> {
            layers,
            x: x.entries(),
            y: output,
            saved,
        });
        output.array()
    }

    /// The mean of the squared differences of the network's output from a target, as [`mse_loss`](crate::Tensor::mse_loss),
    /// and into the workspace the gradients.
    #[inline]
    pub fn mse_loss(
        &mut self,
        layers: &L,
        x: &(impl InputFor<S, E> + ?Sized),
        target: &(impl TargetFor<L::Output, E> + ?Sized),
    ) -> E {
        let target = target.entries();
        self.differentiate(layers, x.entries(), |y, dy| super::loss::mse(y, target, dy))
    }

    /// The cross-entropy between the network's output and the right classes, as
    /// [`cross_entropy`](crate::Tensor::cross_entropy), and into the workspace the gradients.
    pub fn cross_entropy<T: LabelsFor<L::Output>>(
        &mut self,
        layers: &L,
        x: &(impl InputFor<S, E> + ?Sized),
        labels: &T,
    ) -> E {
        let counted = labels.counted();
        self.differentiate(layers, x.entries(), |y, dy| {
            super::loss::cross_entropy(y, T::CLASSES, &counted, dy)
        })
    }

    /// A loss of your own: from the network's output it writes the gradient of the output, and gives the loss. Into the
    /// workspace go the gradients.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// type Net = (Linear<3, 2>,);
    /// let mut net: Net = (Linear::new(&mut StdRng::seed_from_u64(0)),);
    /// let mut workspace = Workspace::<Net, Rank1<3>>::new();
    /// // The sum of the absolute values.
    /// let loss = workspace.loss_by(&net, &[1.0, 2.0, 3.0], |y, gradient| {
    ///     *gradient = y.map(f32::signum);
    ///     y[0].abs() + y[1].abs()
    /// });
    /// assert_eq!(workspace.output().map(f32::abs).iter().sum::<f32>(), loss);
    /// ```
    pub fn loss_by(
        &mut self,
        layers: &L,
        x: &(impl InputFor<S, E> + ?Sized),
        loss: impl FnOnce(&<L::Output as Shape>::Array<E>, &mut <L::Output as Shape>::Array<E>) -> E,
    ) -> E {
        self.differentiate(layers, x.entries(), |y, dy| loss(y.array(), dy.array_mut()))
    }

    /// What the network last gave.
    pub fn output(&self) -> &<L::Output as Shape>::Array<E> {
        self.0.0[0].array()
    }

    #[inline(always)]
    fn differentiate(
        &mut self,
        layers: &L,
        x: &[E],
        loss: impl FnOnce(&Place<L::Output, E>, &mut Place<L::Output, E>) -> E,
    ) -> E {
        small::run(Step {
            layers,
            x,
            loss,
            parts: &mut self.0,
        })
    }

    /// Shows every parameter that learns to `change`, with its name and its gradient.
    pub(crate) fn learn(&self, layers: &mut L, change: &mut impl FnMut(&str, &mut [E], &[E])) {
        let (_, (_, gradients)) = &*self.0;
        Name::reusing(|name| layers.learn(gradients, name, change));
    }
}

impl<L: Direct<S, E>, S: Shape, E: Float> Default for Workspace<L, S, E> {
    fn default() -> Self {
        Self::new()
    }
}

/// Forward, loss and backward.
struct Step<'a, L: Direct<S, E>, S: Shape, E: Float, F> {
    layers: &'a L,
    x: &'a [E],
    loss: F,
    parts: &'a mut Parts<L, S, E>,
}

impl<L, S, E, F> Program<E> for Step<'_, L, S, E, F>
where
    L: Direct<S, E>,
    S: Shape,
    E: Float,
    F: FnOnce(&Place<L::Output, E>, &mut Place<L::Output, E>) -> E,
{
    type Output = E;

    #[inline(always)]
    fn run<V: Vector<E>>(self, on: Instructions<E, V>) -> E {
        let ([y, dy], (saved, gradients)) = self.parts;
        self.layers.compute(on, self.x, y.entries_mut(), saved, true);
        let loss = (self.loss)(y, dy);
        let x = Input::Constant(self.x);
        self.layers.differentiate(on, x, dy.entries(), saved, gradients);
        loss
    }
}
