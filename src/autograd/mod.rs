//! Gradients: the state in a tensor's type, the trait of differentiable operations, the graph, the way back through it.
//!
//! An operation is one [`Function`]. Applied to tensors of which one is [`Tracked`], it leaves a node in the graph that holds
//! what its backward function needs; applied to [`Untracked`] tensors it leaves nothing, because for them the code that would
//! do so is not generated. [`backward`](crate::Tensor::backward) walks the nodes from the loss to the leaves, newest first,
//! and knows no operation.

mod backward;
mod draw;
mod function;
mod grad_fn;
mod gradcheck;
mod gradients;
mod graph;
mod id;
mod leaf;
mod retain;
mod state;

pub use backward::HasGraph;
#[doc(hidden)]
pub use backward::IsScalar;
pub(crate) use function::Moved;
pub use function::{Arguments, Function, Inputs, Outputs, TakenAs};
pub use grad_fn::GradFn;
pub use gradcheck::{CheckedWith, GradcheckError, GradcheckInputs, gradcheck};
pub use gradients::Gradients;
pub(crate) use gradients::leaf_id;
pub use leaf::no_grad;
pub use state::{Join, Joined, Track, Tracked, Untracked};
