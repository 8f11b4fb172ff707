//! What `backward` returns: a gradient for each leaf, and for each tensor that was asked to keep its own.

use super::backward::HasGraph;
use super::id::ById;
use super::state::Track;
use crate::kernels::shared::Shared;
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};
use core::any::Any;
use core::cell::Cell;
use core::ops::{Add, AddAssign, Index};

/// A gradient of any type that can be added to another of the same.
trait Gradient: Any + Send + Sync {
    fn plus(&self, other: &dyn Gradient) -> Shared<dyn Gradient>;
}

impl<S: Shape, E: Float> Gradient for Tensor<S, E> {
    fn plus(&self, other: &dyn Gradient) -> Shared<dyn Gradient> {
        shared(sum(self, typed::<S, E>(other).clone()))
    }
}

fn shared<S: Shape, E: Float>(gradient: Tensor<S, E>) -> Shared<dyn Gradient> {
    Shared::<dyn Gradient>::new(gradient, |gradient| gradient)
}

fn typed<S: Shape, E: Float>(gradient: &dyn Gradient) -> &Tensor<S, E> {
    (gradient as &dyn Any).downcast_ref().expect("a leaf has one type")
}

fn sum<S: Shape, E: Float>(sum: &Tensor<S, E>, term: Tensor<S, E>) -> Tensor<S, E> {
    sum.clone().zip_reusing(term, core::ops::Add::add)
}

thread_local! {
    /// The empty map that gradients have left, for the next ones.
    static LEFT: Cell<ById<u64, Shared<dyn Gradient>>> = Cell::default();
}

/// The gradients of a loss with respect to the leaves it depends on: `gradients[&x]`.
///
/// Nothing is left on the tensors, so there is nothing to set to zero between steps. To accumulate over several losses, add.
///
/// ```
/// use tintype::prelude::*;
/// let x = tensor([1.0, 2.0]).requires_grad();
/// let mut gradients = (&x * 3.0).sum().backward();
/// gradients += (&x * &x).sum().backward();
/// assert_eq!(gradients[&x].array(), &[5.0, 7.0]);
/// ```
#[must_use = "gradients are not left on the tensors: hand them to an optimiser, `optimizer.step(&mut net, &gradients)`, or read `gradients[&x]`"]
#[derive(Clone, Default)]
pub struct Gradients {
    leaves: ById<u64, Shared<dyn Gradient>>,
}

impl Gradients {
    /// The gradient of a leaf or of a tensor made by [`retain_grad`](Tensor::retain_grad), or `None` if the loss does not
    /// depend on it.
    pub fn get<S: Shape, E: Float, G: HasGraph>(&self, x: &Tensor<S, E, G>) -> Option<&Tensor<S, E>> {
        self.of_parameter(x)
    }

    /// The gradient of a parameter in either state: `None` if it is frozen (untracked), or if the loss does not depend on it.
    ///
    /// For code that is generic over the state, such as an optimiser. Where the state is known, [`get`](Gradients::get) does
    /// not compile for an untracked tensor.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let (w, frozen) = (tensor([1.0, 2.0]).requires_grad(), tensor([3.0, 4.0]));
    /// let gradients = (&w * &frozen).sum().backward();
    /// assert_eq!(gradients.of_parameter(&w).unwrap().array(), &[3.0, 4.0]);
    /// assert!(gradients.of_parameter(&frozen).is_none());
    /// ```
    pub fn of_parameter<S: Shape, E: Float, G: Track>(&self, parameter: &Tensor<S, E, G>) -> Option<&Tensor<S, E>> {
        let gradient = self.leaves.get(&leaf_id(parameter)?);
        gradient.map(|gradient| typed(&**gradient))
    }

    /// The number of tensors that have a gradient here.
    pub fn len(&self) -> usize {
        self.leaves.len()
    }

    /// Whether no tensor has a gradient here.
    pub fn is_empty(&self) -> bool {
        self.leaves.is_empty()
    }

    /// None yet, with room for as many as the thread's last gradients had.
    pub(super) fn new() -> Self {
        Gradients {
            leaves: LEFT.try_with(Cell::take).unwrap_or_default(),
        }
    }

    /// Adds to the gradient of a leaf.
    pub(super) fn add<S: Shape, E: Float>(&mut self, leaf: u64, gradient: Tensor<S, E>) {
        let total = match self.remove(leaf) {
            Some(before) => sum(typed(&*before), gradient),
            None => gradient.written(),
        };
        self.insert(leaf, shared(total));
    }

    /// Changes the entries of a parameter's gradient, if it has one, and not those of a clone.
    pub(crate) fn update<S: Shape, E: Float, G: Track>(
        &mut self,
        parameter: &Tensor<S, E, G>,
        change: impl FnOnce(&mut [E]),
    ) {
        let Some(gradient) = leaf_id(parameter).and_then(|leaf| self.leaves.get_mut(&leaf)) else {
            return;
        };
        if Shared::get_mut(gradient).is_none() {
            *gradient = shared(typed::<S, E>(&**gradient).clone());
        }
        let own = Shared::get_mut(gradient).expect("a copy has one owner");
        let own: &mut Tensor<S, E> = (own as &mut dyn Any).downcast_mut().expect("a leaf has one type");
        change(own.as_mut_slice());
    }

    // These two know no shape, so that the map's code is compiled once and not once for every shape.
    fn remove(&mut self, leaf: u64) -> Option<Shared<dyn Gradient>> {
        self.leaves.remove(&leaf)
    }

    fn insert(&mut self, leaf: u64, gradient: Shared<dyn Gradient>) {
        self.leaves.insert(leaf, gradient);
    }
}

/// Under which number the gradient of a tensor is kept: one for a leaf and its clones. None of an untracked tensor.
pub(crate) fn leaf_id<S: Shape, E: Float, G: Track>(tensor: &Tensor<S, E, G>) -> Option<u64> {
    G::as_edge(&tensor.edge).map(|edge| edge.node.id())
}

impl Drop for Gradients {
    fn drop(&mut self) {
        if self.leaves.capacity() == 0 {
            return;
        }
        let mut leaves = core::mem::take(&mut self.leaves);
        leaves.clear();
        // A thread that is ending has no place for it.
        let _ = LEFT.try_with(|left| left.set(leaves));
    }
}

impl<S: Shape, E: Float, G: HasGraph> Index<&Tensor<S, E, G>> for Gradients {
    type Output = Tensor<S, E>;
    /// The gradient of a leaf, or of a tensor made by [`retain_grad`](Tensor::retain_grad).
    ///
    /// # Panics
    /// If there is none, because the loss does not depend on `x` or because `x` is computed and was not asked to keep it.
    fn index(&self, x: &Tensor<S, E, G>) -> &Tensor<S, E> {
        self.get(x).unwrap_or_else(|| match x.grad_fn() {
            Some(grad_fn) if !x.edge.node.keeps_gradient() => panic!(
                "no gradient is kept for this tensor of shape {:?}: it is not a leaf but the result of {grad_fn}; \
                 call `.retain_grad()` on it before it is used, or ask for the gradient of a leaf",
                S::DIMS
            ),
            grad_fn => panic!(
                "no gradient for this {} of shape {:?}: the loss that `backward` was called on does not depend on it",
                if grad_fn.is_none() { "leaf" } else { "tensor" },
                S::DIMS
            ),
        })
    }
}

impl AddAssign for Gradients {
    /// Adds the gradients of another loss. Leaves that only one of the two has keep theirs.
    fn add_assign(&mut self, mut other: Gradients) {
        for (leaf, gradient) in other.leaves.drain() {
            let total = match self.remove(leaf) {
                Some(before) => before.plus(&*gradient),
                None => gradient,
            };
            self.insert(leaf, total);
        }
    }
}

impl Add for Gradients {
    type Output = Gradients;
    /// The gradients of the sum of two losses.
    fn add(mut self, other: Gradients) -> Gradients {
        self += other;
        self
    }
}

impl core::fmt::Debug for Gradients {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Gradients of {} tensors", self.len())
    }
}
