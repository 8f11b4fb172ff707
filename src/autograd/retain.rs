//! Gradients of what is computed on the way.

use super::backward::{HasGraph, Sweep};
use super::graph::{Edge, Node, release_all};
use super::id::next_id;
use super::state::Track;
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};
use core::marker::PhantomData;

/// A node that hands the gradient on as it came, and keeps it.
struct Retain<S: Shape, E: Float> {
    id: u64,
    /// `None` only while the node is being dropped.
    edge: Option<Edge>,
    of: PhantomData<(S, E)>,
}

impl<S: Shape, E: Float> Node for Retain<S, E> {
    fn id(&self) -> u64 {
        self.id
    }
    fn name(&self) -> &'static str {
        "RetainGrad"
    }
    fn inputs<'a>(&'a self, visit: &mut dyn FnMut(&'a Edge)) {
        self.edge.iter().for_each(visit);
    }
    fn backward<'g>(&'g self, sweep: &mut Sweep<'g>) {
        let gradient = sweep.take::<S, E>(self.id, 0);
        if let Some(edge) = &self.edge {
            sweep.add(edge, gradient.clone());
        }
        sweep.gradients.add(self.id, gradient);
    }
    fn release(&mut self, into: &mut Vec<Edge>) {
        into.extend(self.edge.take());
    }
    fn keeps_gradient(&self) -> bool {
        true
    }
    fn shape(&self) -> &'static [usize] {
        S::DIMS
    }
}

impl<S: Shape, E: Float> Drop for Retain<S, E> {
    fn drop(&mut self) {
        if self.edge.is_some() {
            release_all(self);
        }
    }
}

impl<S: Shape, E: Float, G: Track> Tensor<S, E, G> {
    /// The same tensor, whose gradient [`backward`](Tensor::backward) keeps although it is computed and not a leaf: PyTorch's
    /// `y.retain_grad()`.
    ///
    /// The gradient is that of what is computed from the tensor returned, so give it the old one's name. A leaf keeps its
    /// gradient in any case and is returned as it is.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([1.0, 2.0]).requires_grad();
    /// let y = (&x * 3.0).retain_grad();
    /// let gradients = (&y * &y).sum().backward();
    /// assert_eq!(gradients[&y].array(), &[6.0, 12.0]);
    /// assert_eq!(gradients[&x].array(), &[18.0, 36.0]);
    /// ```
    pub fn retain_grad(self) -> Self
    where
        G: HasGraph,
    {
        if self.is_leaf() {
            return self;
        }
        let (storage, edge) = self.into_parts();
        let node = Retain::<S, E> {
            id: next_id(),
            edge: Some(edge),
            of: PhantomData,
        };
        Tensor::from_parts(storage, Edge::to(node))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn the_gradient_is_kept_and_nothing_else_changes() {
        let x = tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad();
        let plain = &x - 2.0;
        let y = plain.clone().retain_grad();
        assert_eq!(y, plain);
        assert!(!y.is_leaf());
        let grad_fn = y.grad_fn().unwrap();
        assert_eq!(grad_fn.to_string(), "<RetainGradBackward>");
        assert_eq!(grad_fn.next_functions(), [plain.grad_fn().unwrap()]);
        assert_eq!(grad_fn.shape(), [2, 2]);

        let gradients = (&y * &y * 3.0).mean().backward();
        assert_eq!(gradients[&y].array(), &[[-1.5, 0.0], [1.5, 3.0]]);
        assert_eq!(gradients[&x].array(), &[[-1.5, 0.0], [1.5, 3.0]]);
        assert_eq!(gradients.len(), 2);
        assert!(gradients.get(&plain).is_none());
    }

    #[test]
    fn a_kept_gradient_is_not_changed_by_what_arrives_later() {
        let x = tensor([1.0]).requires_grad();
        let y = (&x * 2.0).retain_grad();
        // Both ways end at x, which sums them: in a buffer that is not the kept gradient's.
        let gradients = (&y + &x).sum().backward();
        assert_eq!((gradients[&y].array(), gradients[&x].array()), (&[1.0], &[3.0]));
    }

    #[test]
    fn a_leaf_is_returned_as_it_is() {
        let x = tensor([1.0]).requires_grad();
        let same = x.clone().retain_grad();
        assert!(same.is_leaf());
        assert_eq!((&same * 2.0).sum().backward()[&x].array(), &[2.0]);
    }

    #[test]
    fn kept_gradients_of_two_losses_are_added() {
        let x = tensor([2.0]).requires_grad();
        let y = (&x * 3.0).retain_grad();
        let gradients = y.sum().backward() + (&y * &y).sum().backward();
        assert_eq!((gradients[&y].array(), gradients[&x].array()), (&[13.0], &[39.0]));
    }

    #[test]
    #[should_panic(expected = "`.retain_grad()`")]
    fn without_it_the_panic_names_it() {
        let x = tensor([1.0]).requires_grad();
        let y = &x * 2.0;
        let _ = &y.sum().backward()[&y];
    }

    #[test]
    #[should_panic(expected = "no gradient for this tensor of shape [1]: the loss that `backward` was called on")]
    fn a_loss_that_does_not_depend_on_it_has_none() {
        let x = tensor([1.0]).requires_grad();
        let y = (&x * 2.0).retain_grad();
        let _ = &x.sum().backward()[&y];
    }

    #[test]
    fn a_long_chain_is_dropped_by_a_loop() {
        let run = || {
            let x = tensor([1.0]).requires_grad();
            let mut y = &x + 0.0;
            for _ in 0..200_000 {
                y = y.retain_grad();
            }
            assert_eq!(y.clone().sum().backward()[&x].array(), &[1.0]);
        };
        std::thread::Builder::new()
            .stack_size(256 << 10)
            .spawn(run)
            .unwrap()
            .join()
            .unwrap();
    }
}
