//! The way back: from the loss to the leaves, newest node first.

use super::gradients::Gradients;
use super::graph::{Edge, Node};
use super::id::ById;
use super::state::record::Record;
use super::state::{Track, Tracked};
use crate::ops::zip_entries;
use crate::shape::{Rank0, Shape};
use crate::tensor::{Element, Erased, Float, Storage, Tensor};
use core::cell::Cell;
use std::collections::BinaryHeap;

/// That a tensor has a graph behind it: it is [`Tracked`].
#[diagnostic::on_unimplemented(
    message = "no gradient flows here: this tensor is `{Self}`",
    label = "this tensor has no graph",
    note = "a tensor is tracked if it, or a tensor that it is computed from, was made by `requires_grad()`; \
            `detach`, `no_grad` and frozen layers give untracked ones"
)]
pub trait HasGraph: Track<Edge = Edge> {
    /// [`Gradients`]. (Where there is no graph they have no type that rustc knows, and of what is done with them it says nothing more.)
    type Gradients;
    /// The gradients that were found.
    #[doc(hidden)]
    fn found(gradients: Gradients) -> Self::Gradients;
}
#[diagnostic::do_not_recommend]
impl HasGraph for Tracked {
    type Gradients = Gradients;
    fn found(gradients: Gradients) -> Gradients {
        gradients
    }
}

/// That a shape is that of one number, from which a gradient can start by itself.
#[diagnostic::on_unimplemented(
    message = "backward starts from one number, and this tensor has the shape `{Self}`",
    label = "not a scalar: its shape is `{Self}`, not `()`",
    note = "reduce it first, by `.sum()` or `.mean()`, or give the gradient to start from: `.backward_with(&gradient)`"
)]
pub trait IsScalar: Shape {}
#[diagnostic::do_not_recommend]
impl IsScalar for Rank0 {}

// Of any element type, so that rustc says of a tensor of integers what it says of any other without a graph. That the result is a
// parameter (`Gradients`, always) is for rustc to say in words where there is none: of a method that gives a projection it says E0599.
impl<S: Shape, E: Element, G: Track> Tensor<S, E, G> {
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
    pub fn backward<Found>(self) -> Found
    where
        S: IsScalar,
        G: HasGraph<Gradients = Found>,
    {
        let one = E::from_number(1_u8).expect("every element type has a 1");
        self.backward_with(&Tensor::full(one))
    }

    /// Computes the gradient of `(self * gradient).sum()` with respect to every leaf: PyTorch's `y.backward(gradient)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([1.0, 2.0, 3.0]).requires_grad();
    /// let gradients = (&x * 2.0).backward_with(&tensor([0.1, 1.0, 0.5]));
    /// assert_eq!(gradients[&x].array(), &[0.2, 2.0, 1.0]);
    /// ```
    #[doc(alias = "backward")]
    pub fn backward_with<Found>(self, gradient: &Tensor<S, E>) -> Found
    where
        G: HasGraph<Gradients = Found>,
    {
        let mut sweep = Sweep::new();
        Tracked::deliver(&self.edge, gradient.clone(), &mut sweep);
        G::found(sweep.run())
    }
}

/// A node whose gradient is waiting, ordered by age.
#[derive(Clone, Copy)]
struct Waiting<'g> {
    id: u64,
    node: &'g dyn Node,
}

impl PartialEq for Waiting<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
impl Eq for Waiting<'_> {}
impl PartialOrd for Waiting<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Waiting<'_> {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.id.cmp(&other.id)
    }
}

/// A node whose gradient is waiting, and that gradient.
struct Next<'g> {
    waiting: Waiting<'g>,
    output: u32,
    gradient: Erased,
}

/// One walk back through a graph, which stays alive for as long. A gradient on its way has lost its type; the two nodes at
/// its ends agree on it, because the same tensor's type made both.
#[derive(Default)]
pub struct Sweep<'g> {
    /// The node to visit next, where one gradient has arrived at it and it is newer than all in the queue: in a chain, the only
    /// one that ever waits.
    next: Option<Next<'g>>,
    /// Nodes to visit, the newest on top. A node may stand here once for each of its outputs.
    queue: BinaryHeap<Waiting<'g>>,
    /// What has arrived for output `.1` of node `.0`.
    arrived: ById<(u64, u32), Erased>,
    pub(crate) gradients: Gradients,
}

thread_local! {
    /// The empty containers of the last walk back, for the next one.
    static WALKED: Cell<Option<Sweep<'static>>> = const { Cell::new(None) };
}

impl<'g> Sweep<'g> {
    /// Where a walk starts a walk, the second has containers of its own.
    fn new() -> Self {
        let sweep = WALKED.try_with(Cell::take).ok().flatten();
        Sweep {
            gradients: Gradients::new(),
            ..sweep.unwrap_or_default()
        }
    }

    /// Adds a gradient to what has arrived at an edge.
    pub(crate) fn add<S: Shape, E: Float>(&mut self, edge: &'g Edge, gradient: Tensor<S, E>) {
        match edge.node.leaf() {
            Some(_) => self.gradients.add(edge.node.id(), gradient),
            None => self.add_entries(edge, gradient.storage),
        }
    }

    fn add_entries<E: Float>(&mut self, edge: &'g Edge, gradient: Storage<E>) {
        let node = &*edge.node;
        let id = node.id();
        let output = edge.output;
        if self.next.as_ref().is_some_and(|next| next.waiting.id <= id)
            && let Some(next) = self.next.take()
        {
            self.queue.push(next.waiting);
            self.arrived.insert((next.waiting.id, next.output), next.gradient);
        }
        if self.next.is_none() && self.queue.peek().is_none_or(|newest| newest.id < id) {
            self.next = Some(Next {
                waiting: Waiting { id, node },
                output,
                gradient: gradient.erase(),
            });
            return;
        }
        let sum = match self.arrived.remove(&(id, output)) {
            Some(earlier) => zip_entries(reveal(earlier), gradient, core::ops::Add::add),
            None => {
                self.queue.push(Waiting { id, node });
                gradient
            }
        };
        self.arrived.insert((id, output), sum.erase());
    }

    /// Takes what has arrived for an output: zeros if nothing depends on it.
    pub(crate) fn take<S: Shape, E: Element>(&mut self, node: u64, output: u32) -> Tensor<S, E> {
        let is_next = |next: &mut Next<'g>| next.waiting.id == node && next.output == output;
        let gradient = match self.next.take_if(is_next) {
            Some(next) => Some(next.gradient),
            None => self.arrived.remove(&(node, output)),
        };
        match gradient {
            Some(gradient) => Tensor::from_storage(reveal(gradient)),
            None => Tensor::full(E::default()),
        }
    }

    fn run(mut self) -> Gradients {
        let mut last = None;
        loop {
            let next = self.next.as_ref().map(|next| next.waiting);
            let Some(Waiting { id, node }) = next.or_else(|| self.queue.pop()) else {
                break;
            };
            if last != Some(id) {
                last = Some(id);
                node.backward(&mut self);
            }
        }
        let Sweep {
            queue,
            arrived,
            gradients,
            ..
        } = self;
        // An empty vector has no lifetimes in it: collecting gives the same one under another type.
        let unbound = |_: Waiting<'g>| -> Waiting<'static> { unreachable!("the queue is empty") };
        let queue: Vec<_> = queue.into_vec().into_iter().map(unbound).collect();
        let _ = WALKED.try_with(|walked| {
            walked.set(Some(Sweep {
                next: None,
                queue: queue.into(),
                arrived,
                gradients: Gradients::default(),
            }));
        });
        gradients
    }
}

fn reveal<E: Element>(erased: Erased) -> Storage<E> {
    erased.reveal().expect("both ends of an edge have one element type")
}
