//! Looking at the graph.

use super::backward::HasGraph;
use super::graph::{Edge, Node};
use super::leaf::Leaf;
use super::state::{Track, Tracked};
use crate::kernels::shared::Shared;
use crate::shape::Shape;
use crate::tensor::{Element, Float, Tensor};
use core::fmt;

/// A node of the graph: the backward function of an operation, or `AccumulateGrad` at a leaf.
///
/// ```
/// use tintype::prelude::*;
/// let x = tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad();
/// let y = &x - 2.0;
/// let grad_fn = y.grad_fn().unwrap();
/// assert_eq!(grad_fn.to_string(), "<SubBackward>");
/// let leaf = &grad_fn.next_functions()[0];
/// assert_eq!(leaf.to_string(), "<AccumulateGrad>");
/// let variable: Tensor2<2, 2, f32, Tracked> = leaf.variable().unwrap();
/// assert_eq!(variable, x);
/// ```
#[derive(Clone)]
pub struct GradFn {
    pub(super) node: Shared<dyn Node>,
}

impl GradFn {
    /// The name: `SubBackward`, or `AccumulateGrad` for a leaf.
    pub fn name(&self) -> String {
        match self.node.leaf() {
            Some(_) => self.node.name().to_owned(),
            None => format!("{}Backward", self.node.name()),
        }
    }

    /// The nodes that the gradients go to next: one for each tracked input, in order.
    pub fn next_functions(&self) -> Vec<GradFn> {
        let mut next = Vec::new();
        self.node.inputs(&mut |edge| {
            next.push(GradFn {
                node: edge.node.clone(),
            })
        });
        next
    }

    /// The leaf that an `AccumulateGrad` node belongs to: the same variable, with its current entries. `None` for every
    /// other node, and if the leaf is of another type than the one asked for.
    pub fn variable<S: Shape, E: Float>(&self) -> Option<Tensor<S, E, Tracked>> {
        let leaf = self.node.leaf()?.downcast_ref::<Leaf<S, E>>()?;
        Some(Tensor::from_parts(
            leaf.value(),
            Edge {
                node: self.node.clone(),
                output: 0,
            },
        ))
    }

    /// The shape of what the operation computed, or of the leaf.
    pub fn shape(&self) -> &'static [usize] {
        self.node.shape()
    }

    /// Whether this is the `AccumulateGrad` node of a leaf.
    pub fn is_leaf(&self) -> bool {
        self.node.leaf().is_some()
    }

    /// The node's number: greater than that of every node before it.
    pub(super) fn id(&self) -> u64 {
        self.node.id()
    }
}

impl fmt::Display for GradFn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.name())
    }
}

impl fmt::Debug for GradFn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for GradFn {
    /// Whether this is the same node.
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}
impl Eq for GradFn {}

impl<S: Shape, E: Element, G: Track> Tensor<S, E, G> {
    /// The backward function of the operation that computed this tensor. `None` for leaves and untracked tensors.
    pub fn grad_fn(&self) -> Option<GradFn> {
        let edge = G::as_edge(&self.edge)?;
        edge.node.leaf().is_none().then(|| GradFn {
            node: edge.node.clone(),
        })
    }
}

impl<S: Shape, E: Float, G: HasGraph> Tensor<S, E, G> {
    /// The node to draw a graph from: the backward function, or the leaf itself.
    pub(super) fn node(&self) -> GradFn {
        GradFn {
            node: self.edge.node.clone(),
        }
    }
}
