//! Whether a graph is recorded: the last type parameter of a tensor.

use super::backward::Sweep;
use super::graph::{Edge, Node};
use crate::kernels::shared::Shared;
use crate::shape::Shape;
use crate::tensor::{ByElement, Element, Float, Tensor};
use core::fmt::Debug;

/// The state of a tensor that gradients flow back to: it is a leaf made by
/// [`requires_grad`](crate::Tensor::requires_grad), or computed from one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tracked;

/// The state of a tensor without a graph: a constant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Untracked;

/// The two gradient states, [`Tracked`] and [`Untracked`].
///
/// It also is what an operation's formulas are written with: [`When<T>`](Track::When) is `T` for a tracked input and `()` for
/// an untracked one, so that the type of what an operation saves and returns shows which gradients it computes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a gradient state",
    label = "expected `Tracked` or `Untracked`"
)]
pub trait Track:
    record::Record + Join<Tracked, Out = Tracked> + Join<Untracked, Out = Self> + Join<Self, Out = Self>
{
    /// Whether this is [`Tracked`].
    const TRACKED: bool;
    /// A value that exists only where there is a gradient: `T` when tracked, `()` when not.
    type When<T: Send + Sync + 'static>: Send + Sync + 'static;
    /// Computes a value if it exists in this state.
    fn when<T: Send + Sync + 'static>(compute: impl FnOnce() -> T) -> Self::When<T>;
    /// Computes a value from another that exists in the same state.
    fn with<T: Send + Sync + 'static, U: Send + Sync + 'static>(
        value: &Self::When<T>,
        compute: impl FnOnce(&T) -> U,
    ) -> Self::When<U>;
    /// One of two types: `A` when tracked, `B` when not. A layer that learns may be another type than the same layer frozen.
    type Select<A, B>;
    /// Makes a value of that type from `x`.
    fn choose_by_state<X, A, B>(
        x: X,
        tracked: impl FnOnce(X) -> A,
        untracked: impl FnOnce(X) -> B,
    ) -> Self::Select<A, B>;
    /// A constant in this state: a new leaf when tracked.
    fn leaf<S: Shape, E: Float>(constant: Tensor<S, E>) -> Tensor<S, E, Self>;
}

/// The state of what is computed from two tensors: tracked if one of them is.
///
/// It is idempotent (`Out` joined with either again is `Out`), so that the type of a deep network's output stays short.
#[diagnostic::on_unimplemented(
    message = "the gradient states `{Self}` and `{O}` cannot be joined",
    label = "code generic over two states needs the bound `{Self}: Join<{O}>`"
)]
pub trait Join<O>: Sized {
    /// The state of the result.
    type Out: Track + Join<O, Out = Self::Out> + Join<Self, Out = Self::Out>;
}

/// The state of what is computed from a tensor in state `A` and one in state `B`.
pub type Joined<A, B> = <A as Join<B>>::Out;

impl<O: Track> Join<O> for Tracked {
    type Out = Tracked;
}
impl<O: Track> Join<O> for Untracked {
    type Out = O;
}

impl Track for Tracked {
    const TRACKED: bool = true;
    type When<T: Send + Sync + 'static> = T;
    fn when<T: Send + Sync + 'static>(compute: impl FnOnce() -> T) -> T {
        compute()
    }
    fn with<T: Send + Sync + 'static, U: Send + Sync + 'static>(value: &T, compute: impl FnOnce(&T) -> U) -> U {
        compute(value)
    }
    type Select<A, B> = A;
    fn choose_by_state<X, A, B>(x: X, tracked: impl FnOnce(X) -> A, _: impl FnOnce(X) -> B) -> A {
        tracked(x)
    }
    fn leaf<S: Shape, E: Float>(constant: Tensor<S, E>) -> Tensor<S, E, Tracked> {
        constant.requires_grad()
    }
}
impl Track for Untracked {
    const TRACKED: bool = false;
    type When<T: Send + Sync + 'static> = ();
    fn when<T: Send + Sync + 'static>(_: impl FnOnce() -> T) {}
    fn with<T: Send + Sync + 'static, U: Send + Sync + 'static>((): &(), _: impl FnOnce(&T) -> U) {}
    type Select<A, B> = B;
    fn choose_by_state<X, A, B>(x: X, _: impl FnOnce(X) -> A, untracked: impl FnOnce(X) -> B) -> B {
        untracked(x)
    }
    fn leaf<S: Shape, E: Float>(constant: Tensor<S, E>) -> Tensor<S, E> {
        constant
    }
}

pub(crate) mod record {
    use super::*;

    /// How a state records: what only the graph calls. A state of a user's own would have nothing to say here.
    pub trait Record: Copy + Debug + Default + Send + Sync + Sized + 'static {
        /// A tensor's place in the graph.
        type Edge: Clone + Send + Sync + 'static;
        /// A node that several outputs share.
        type Link;
        fn link<N: Node + 'static>(node: impl FnOnce() -> N) -> Self::Link;
        fn edge(link: &Self::Link, output: u32) -> Self::Edge;
        /// The only output of a node.
        fn only_edge(link: Self::Link) -> Self::Edge;
        fn as_edge(edge: &Self::Edge) -> Option<&Edge>;
        fn release(edge: Self::Edge, into: &mut Vec<Edge>);
        /// Hands a gradient on to the node that an edge leads to.
        fn deliver<'g, S: Shape, E: Element>(
            edge: &'g Self::Edge,
            gradient: Self::When<Tensor<S, E>>,
            sweep: &mut Sweep<'g>,
        ) where
            Self: Track;
    }

    impl Record for Tracked {
        type Edge = Edge;
        type Link = Shared<dyn Node>;
        fn link<N: Node + 'static>(node: impl FnOnce() -> N) -> Shared<dyn Node> {
            Shared::<dyn Node>::new(node(), |node| node)
        }
        fn edge(link: &Shared<dyn Node>, output: u32) -> Edge {
            Edge {
                node: link.clone(),
                output,
            }
        }
        fn only_edge(node: Shared<dyn Node>) -> Edge {
            Edge { node, output: 0 }
        }
        fn as_edge(edge: &Edge) -> Option<&Edge> {
            Some(edge)
        }
        fn release(edge: Edge, into: &mut Vec<Edge>) {
            into.push(edge);
        }
        fn deliver<'g, S: Shape, E: Element>(edge: &'g Edge, gradient: Tensor<S, E>, sweep: &mut Sweep<'g>) {
            E::by_element(Arrival { edge, gradient, sweep });
        }
    }

    /// A gradient and the edge that it arrives at.
    struct Arrival<'s, 'g, S: Shape, E: Element> {
        edge: &'g Edge,
        gradient: Tensor<S, E>,
        sweep: &'s mut Sweep<'g>,
    }

    impl<S: Shape, E: Element> ByElement<E> for Arrival<'_, '_, S, E> {
        type Out = ();
        fn float(self)
        where
            E: Float,
        {
            self.sweep.add(self.edge, self.gradient);
        }
    }

    impl Record for Untracked {
        type Edge = ();
        type Link = ();
        fn link<N: Node + 'static>(_: impl FnOnce() -> N) {}
        fn edge((): &(), _: u32) {}
        fn only_edge((): ()) {}
        fn as_edge((): &()) -> Option<&Edge> {
            None
        }
        fn release((): (), _: &mut Vec<Edge>) {}
        fn deliver<'g, S: Shape, E: Element>((): &'g (), (): (), _: &mut Sweep<'g>) {}
    }
}
