//! Running sums along one axis.

use super::sum::axis;
use crate::autograd::{Function, Track};
use crate::kernels::Axis;
use crate::shape::{HasAxis, Shape};
use crate::tensor::{Element, Float, Tensor};

/// The sums of each entry of a line and all before it, or, backwards, of each and all after it. Each is the other's derivative.
struct CumSum {
    axis: Axis,
    backwards: bool,
}

impl<S: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for CumSum {
    const NAME: &'static str = "CumSum";
    type Output = Tensor<S, E>;
    type Saved = ();

    fn forward(&self, mut x: Tensor<S, E>) -> (Tensor<S, E>, ()) {
        running_sums(self.axis, self.backwards, x.as_mut_slice());
        (x, ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<S, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| {
            let (axis, backwards) = (self.axis, !self.backwards);
            CumSum { axis, backwards }.apply(gradient)
        })
    }
}

fn running_sums<E: Float>(axis: Axis, backwards: bool, entries: &mut [E]) {
    let Axis { length, inner, .. } = axis;
    if entries.is_empty() {
        return;
    }
    for block in entries.chunks_exact_mut(length * inner) {
        // Of every two rows one behind the other, the sum so far is added to the next.
        for l in 1..length {
            let (first, second) = block.split_at_mut(if backwards { length - l } else { l } * inner);
            let last = first.len() - inner;
            let (first, second) = (&mut first[last..], &mut second[..inner]);
            let (sums, next) = if backwards { (second, first) } else { (first, second) };
            next.iter_mut().zip(sums).for_each(|(next, sum)| *next += *sum);
        }
    }
}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// The sums of each entry and all before it along axis `I`: PyTorch's `x.cumsum(dim=I)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).cumsum::<1>().array(), &[[1.0, 3.0, 6.0], [4.0, 9.0, 15.0]]);
    /// ```
    pub fn cumsum<const I: usize>(&self) -> Self
    where
        E: Float,
        S: HasAxis<I>,
    {
        CumSum {
            axis: axis::<S, I>(),
            backwards: false,
        }
        .apply(self)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn gradients() {
        let x = Tensor2::<3, 2, f64>::from([[0.3, -1.2], [2.0, 0.7], [-0.4, 0.1]]);
        gradcheck(|x| x.cumsum::<0>(), x.clone()).unwrap();
        gradcheck(|x| x.cumsum::<1>(), x).unwrap();
    }

    #[test]
    fn the_tensor_itself_is_not_changed() {
        let x = tensor([1.0, 2.0]);
        assert_eq!(x.cumsum::<0>().array(), &[1.0, 3.0]);
        assert_eq!(x.array(), &[1.0, 2.0]);
        assert_eq!(Tensor2::<0, 3>::zeros().cumsum::<0>(), Tensor2::<0, 3>::zeros());
    }
}
