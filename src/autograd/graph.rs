//! The graph: nodes that know the nodes before them.

use super::backward::Sweep;
use super::function::{Function, Inputs, Outputs};
use super::id::next_id;
use crate::kernels::shared::Shared;
use core::any::Any;
use core::cell::Cell;

/// One recorded operation, or one leaf.
pub trait Node: Send + Sync {
    /// Later nodes have greater numbers, so that going by falling numbers meets a node after all that depend on it.
    fn id(&self) -> u64;
    /// The operation's name, such as `Sub`.
    fn name(&self) -> &'static str;
    /// The nodes that this one's tracked inputs came from, in the order of the inputs.
    fn inputs<'a>(&'a self, visit: &mut dyn FnMut(&'a Edge));
    /// Takes the gradients of this node's outputs and adds to those of its inputs.
    fn backward<'g>(&'g self, sweep: &mut Sweep<'g>);
    /// Gives up the edges, so that a long graph is dropped without recursion.
    fn release(&mut self, into: &mut Vec<Edge>);
    /// The node as a leaf, if it is one.
    fn leaf(&self) -> Option<&dyn Any> {
        None
    }
    /// Whether the gradient that arrives here can be asked for afterwards.
    fn keeps_gradient(&self) -> bool {
        self.leaf().is_some()
    }
    /// The shape of the node's first output, or of the leaf.
    fn shape(&self) -> &'static [usize];
}

/// One output of a node.
#[derive(Clone)]
pub struct Edge {
    pub(crate) node: Shared<dyn Node>,
    pub(crate) output: u32,
}

impl Edge {
    /// The first output of a new node.
    pub(crate) fn to(node: impl Node + 'static) -> Self {
        Edge {
            node: Shared::<dyn Node>::new(node, |node| node),
            output: 0,
        }
    }
}

/// A node that an operation left: the function, what it saved, and where its inputs came from.
pub(crate) struct Operation<F: Function<I>, I: Inputs> {
    id: u64,
    function: F,
    saved: F::Saved,
    /// `None` only while the node is being dropped.
    edges: Option<I::Edges>,
}

impl<F: Function<I>, I: Inputs> Operation<F, I> {
    pub(crate) fn new(function: F, saved: F::Saved, edges: I::Edges) -> Self {
        Operation {
            id: next_id(),
            function,
            saved,
            edges: Some(edges),
        }
    }
}

impl<F: Function<I>, I: Inputs> Node for Operation<F, I> {
    fn id(&self) -> u64 {
        self.id
    }

    fn name(&self) -> &'static str {
        F::NAME
    }

    fn inputs<'a>(&'a self, visit: &mut dyn FnMut(&'a Edge)) {
        if let Some(edges) = &self.edges {
            I::visit(edges, visit);
        }
    }

    fn backward<'g>(&'g self, sweep: &mut Sweep<'g>) {
        let gradients = F::Output::collect(self.id, sweep);
        let gradients = self.function.backward(&self.saved, gradients);
        if let Some(edges) = &self.edges {
            I::deliver(edges, gradients, sweep);
        }
    }

    fn release(&mut self, into: &mut Vec<Edge>) {
        if let Some(edges) = self.edges.take() {
            I::release(edges, into);
        }
    }

    fn shape(&self) -> &'static [usize] {
        F::Output::SHAPE
    }
}

impl<F: Function<I>, I: Inputs> Drop for Operation<F, I> {
    fn drop(&mut self) {
        if self.edges.is_some() {
            release_all(self);
        }
    }
}

thread_local! {
    /// The empty vector of edges that the last release has left.
    static RELEASED: Cell<Vec<Edge>> = const { Cell::new(Vec::new()) };
}

/// Drops a node's edges and what only they keep alive by a loop: a recursive drop of a long chain overflows the stack.
pub(super) fn release_all(node: &mut dyn Node) {
    // A thread that is ending has none. Where dropping a node drops another graph, that one finds none either.
    let mut edges = RELEASED.try_with(Cell::take).unwrap_or_default();
    node.release(&mut edges);
    while let Some(mut edge) = edges.pop() {
        if let Some(node) = Shared::get_mut(&mut edge.node) {
            node.release(&mut edges);
        }
    }
    let _ = RELEASED.try_with(|released| released.set(edges));
}
