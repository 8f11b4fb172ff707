//! Where a graph begins: leaves, and the ways to leave the graph.

use super::backward::Sweep;
use super::graph::{Edge, Node};
use super::id::next_id;
use super::state::{Track, Tracked, Untracked};
use crate::shape::Shape;
use crate::tensor::{Element, Float, Storage, Tensor};
use core::any::Any;
use core::marker::PhantomData;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The node of a leaf: PyTorch's `AccumulateGrad`.
pub(crate) struct Leaf<S, E: Element> {
    id: u64,
    /// The leaf's current entries, for [`GradFn::variable`](super::GradFn::variable). An update takes them out while it
    /// has the lock and writes, so that it need not copy them.
    value: Mutex<Option<Storage<E>>>,
    shape: PhantomData<S>,
}

impl<S: Shape, E: Float> Leaf<S, E> {
    pub(crate) fn value(&self) -> Storage<E> {
        let value = self.value.lock().unwrap_or_else(PoisonError::into_inner);
        value.clone().expect("an update puts the entries back")
    }
}

impl<S: Shape, E: Float> Node for Leaf<S, E> {
    fn id(&self) -> u64 {
        self.id
    }
    fn name(&self) -> &'static str {
        "AccumulateGrad"
    }
    fn inputs<'a>(&'a self, _: &mut dyn FnMut(&'a Edge)) {}
    fn backward<'g>(&'g self, _: &mut Sweep<'g>) {}
    fn release(&mut self, _: &mut Vec<Edge>) {}
    fn leaf(&self) -> Option<&dyn Any> {
        Some(self)
    }
    fn shape(&self) -> &'static [usize] {
        S::DIMS
    }
}

impl<S: Shape, E: Element> Tensor<S, E> {
    /// Makes a leaf of the graph: operations on it are recorded, and `backward` computes its gradient.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x: Tensor1<2, f32, Tracked> = tensor([1.0, 2.0]).requires_grad();
    /// assert!(x.is_leaf());
    /// ```
    #[doc(alias = "requires_grad_")]
    pub fn requires_grad(self) -> Tensor<S, E, Tracked>
    where
        E: Float,
    {
        let storage = self.storage.written();
        let leaf = Leaf::<S, E> {
            id: next_id(),
            value: Mutex::new(Some(storage.clone())),
            shape: PhantomData,
        };
        Tensor::from_parts(storage, Edge::to(leaf))
    }
}

impl<S: Shape, E: Float, G: Track> Tensor<S, E, G> {
    /// Changes a leaf's entries in place: what an optimiser does. Graphs recorded before keep the values that they saved.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let mut w = tensor([1.0, 2.0]).requires_grad();
    /// w.update(|entries| entries[0] = 5.0);
    /// assert_eq!(w.array(), &[5.0, 2.0]);
    /// ```
    ///
    /// # Panics
    /// If the tensor is not a leaf: a computed value follows from its inputs.
    pub fn update(&mut self, change: impl FnOnce(&mut [E])) {
        let Some(edge) = G::as_edge(&self.edge) else {
            return change(self.storage.make_mut());
        };
        let Some(leaf) = edge.node.leaf().and_then(|leaf| leaf.downcast_ref::<Leaf<S, E>>()) else {
            not_a_leaf(S::DIMS)
        };
        let taken = Taken::from(&leaf.value, &mut self.storage);
        change(taken.storage.make_mut());
    }
}

#[cold]
fn not_a_leaf(shape: &[usize]) -> ! {
    panic!("only a leaf can be updated, and this tensor of shape {shape:?} is computed")
}

/// The entries of a leaf, which are given back when the update ends, also if it panics.
struct Taken<'a, E: Element> {
    value: MutexGuard<'a, Option<Storage<E>>>,
    storage: &'a mut Storage<E>,
}

impl<'a, E: Element> Taken<'a, E> {
    fn from(value: &'a Mutex<Option<Storage<E>>>, storage: &'a mut Storage<E>) -> Self {
        let mut value = value.lock().unwrap_or_else(PoisonError::into_inner);
        *value = None;
        Taken { value, storage }
    }
}

impl<E: Element> Drop for Taken<'_, E> {
    fn drop(&mut self) {
        *self.value = Some(self.storage.clone());
    }
}

impl<S: Shape, E: Element, G: Track> Tensor<S, E, G> {
    /// The same entries without a graph: what follows is not recorded, and no gradient flows back through here.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([1.0, 2.0]).requires_grad();
    /// let constant: Tensor1<2> = (&x * 2.0).detach();
    /// ```
    pub fn detach(&self) -> Tensor<S, E> {
        Tensor::from_storage(self.storage.clone())
    }

    /// Whether the tensor is tracked, as PyTorch's `x.requires_grad`. Known from the type.
    pub fn is_tracked(&self) -> bool {
        G::TRACKED
    }

    /// Whether the tensor is where a graph begins: untracked, or made by [`requires_grad`](Tensor::requires_grad).
    pub fn is_leaf(&self) -> bool {
        G::as_edge(&self.edge).is_none_or(|edge| edge.node.leaf().is_some())
    }
}

/// The same entries without a graph: [`detach`](Tensor::detach), as a function.
///
/// ```
/// use tintype::prelude::*;
/// let x = tensor([1.0, 2.0]).requires_grad();
/// let y: Tensor1<2> = no_grad(&x) * 2.0; // not recorded
/// assert!(y.grad_fn().is_none());
/// ```
pub fn no_grad<S: Shape, E: Element, G: Track>(x: &Tensor<S, E, G>) -> Tensor<S, E, Untracked> {
    x.detach()
}
