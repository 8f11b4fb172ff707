//! The way back: from the loss to the leaves, newest node first.

use super::gradients::Gradients;
use super::graph::{Edge, Node};
use super::state::{Track, Tracked};
use crate::ops::add_in_place;
use crate::shape::{Rank0, Shape};
use crate::tensor::{Float, Storage, Tensor};
use core::any::Any;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

/// That a tensor has a graph behind it: it is [`Tracked`].
#[diagnostic::on_unimplemented(
    message = "no gradient flows here: this tensor is `{Self}`",
    label = "this tensor has no graph",
    note = "a tensor is tracked if it, or a tensor that it is computed from, was made by `requires_grad()`; \
            `detach`, `no_grad` and frozen layers give untracked ones"
)]
pub trait HasGraph: Track<Edge = Edge> {}
#[diagnostic::do_not_recommend]
impl HasGraph for Tracked {}

/// That a shape is that of one number, from which a gradient can start by itself.
#[diagnostic::on_unimplemented(
    message = "backward starts from one number, and this tensor has the shape `{Self}`",
    label = "not a scalar: its shape is `{Self}`, not `()`",
    note = "reduce it first, by `.sum()` or `.mean()`, or give the gradient to start from: `.backward_with(&gradient)`"
)]
pub trait IsScalar: Shape {}
#[diagnostic::do_not_recommend]
impl IsScalar for Rank0 {}

impl<S: Shape, E: Float, G: Track> Tensor<S, E, G> {
    /// Computes the gradient of this number with respect to every leaf that it depends on.
    ///
    /// It consumes the loss: going back twice does not compile. It compiles for tracked tensors of rank 0 only.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad();
    /// let y = &x - 2.0;
    /// let gradients = (&y * &y * 3.0).mean().backward();
    /// assert_eq!(gradients[&x].array(), &[[-1.5, 0.0], [1.5, 3.0]]);
    /// ```
    pub fn backward(self) -> Gradients
    where
        S: IsScalar,
        G: HasGraph,
    {
        self.backward_with(&Tensor::full(E::one()))
    }

    /// Computes the gradient of `(self * gradient).sum()` with respect to every leaf: PyTorch's `y.backward(gradient)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([1.0, 2.0, 3.0]).requires_grad();
    /// let gradients = (&x * 2.0).backward_with(&tensor([0.1, 1.0, 0.5]));
    /// assert_eq!(gradients[&x].array(), &[0.2, 2.0, 1.0]);
    /// ```
    pub fn backward_with(self, gradient: &Tensor<S, E>) -> Gradients
    where
        G: HasGraph,
    {
        let mut sweep = Sweep::default();
        sweep.add(&self.edge, gradient.clone());
        sweep.run()
    }
}

/// A node whose gradient is waiting, ordered by age.
struct Waiting(Arc<dyn Node>);

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.0.id() == other.0.id()
    }
}
impl Eq for Waiting {}
impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.0.id().cmp(&other.0.id())
    }
}

/// One walk back. A gradient on its way has lost its type; the two nodes at its ends agree on it, because the same
/// tensor's type made both.
#[derive(Default)]
pub struct Sweep {
    /// Nodes to visit, the newest on top. A node may stand here once for each gradient that arrived.
    queue: BinaryHeap<Waiting>,
    /// What has arrived for output `.1` of node `.0`.
    arrived: HashMap<(u64, u32), Arc<dyn Any + Send + Sync>>,
    pub(crate) gradients: Gradients,
}

impl Sweep {
    /// Adds a gradient to what has arrived at an edge.
    pub(crate) fn add<S: Shape, E: Float>(&mut self, edge: &Edge, gradient: Tensor<S, E>) {
        self.add_entries(edge, gradient.storage);
    }

    fn add_entries<E: Float>(&mut self, edge: &Edge, gradient: Storage<E>) {
        let key = (edge.node.id(), edge.output);
        let sum = match self.arrived.remove(&key) {
            Some(earlier) => {
                let mut sum = reveal::<E>(earlier);
                add_in_place(sum.make_mut(), gradient.as_slice());
                sum
            }
            None => {
                self.queue.push(Waiting(Arc::clone(&edge.node)));
                gradient
            }
        };
        self.arrived.insert(key, sum.erase());
    }

    /// Takes what has arrived for an output: zeros if nothing depends on it.
    pub(crate) fn take<S: Shape, E: Float>(&mut self, node: u64, output: u32) -> Tensor<S, E> {
        match self.arrived.remove(&(node, output)) {
            Some(gradient) => Tensor::from_storage(reveal(gradient)),
            None => Tensor::zeros(),
        }
    }

    fn run(mut self) -> Gradients {
        let mut last = None;
        while let Some(Waiting(node)) = self.queue.pop() {
            if last != Some(node.id()) {
                last = Some(node.id());
                node.backward(&mut self);
            }
        }
        self.gradients
    }
}

fn reveal<E: Float>(erased: Arc<dyn Any + Send + Sync>) -> Storage<E> {
    Storage::reveal(erased).expect("both ends of an edge have one element type")
}
