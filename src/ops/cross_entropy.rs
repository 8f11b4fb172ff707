//! The loss of a classifier.

use super::labels::Labels;
use crate::autograd::{Function, Track};
use crate::dim::Dim;
use crate::kernels::buffers::{self, Buffer};
use crate::kernels::number;
use crate::kernels::{Axis, Kernels, elementwise};
use crate::shape::{Rank0, Shape};
use crate::tensor::{Float, Tensor};
use std::sync::Arc;

/// That labels belong to logits of the shape `S`: `Labels<B, C>` to `(Dim<B>, Dim<C>)`.
///
/// It is a trait of the labels, and not of the shape, so that rustc knows the labels' type when it looks for it, and has its
/// words rather than `mismatched types`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` do not go with logits of the shape `{S}`",
    label = "the logits are of the shape `{S}`",
    note = "`Labels<B, C>` go with logits of the shape `(Dim<B>, Dim<C>)`: a row of numbers, one for each of C classes, for each \
            of B samples",
    note = "the numbers of the classes become labels where they are checked: `Labels::<4, 10>::try_from([7, 2, 1, 0])?`"
)]
pub trait LabelsFor<S: Shape> {
    /// The number of classes.
    const CLASSES: usize;
    /// The labels of the samples that count, which are the first ones.
    fn counted(&self) -> Arc<[usize]>;
}

impl<const X: usize, const Y: usize, const B: usize, const C: usize> LabelsFor<(Dim<X>, Dim<Y>)> for Labels<B, C>
where
    Checked: Agree<X, Y, B, C>,
{
    const CLASSES: usize = C;
    fn counted(&self) -> Arc<[usize]> {
        self.shared()
    }
}

#[diagnostic::do_not_recommend]
impl<S: Shape, L: LabelsFor<S>> LabelsFor<S> for &L {
    const CLASSES: usize = L::CLASSES;
    fn counted(&self) -> Arc<[usize]> {
        (*self).counted()
    }
}

/// The same, seen from the logits' shape: `(Dim<B>, Dim<C>)` is that of logits for `Labels<B, C>`.
///
/// What the entries must be is a condition here, so that of the result of an `argmax`, which is neither of the shape nor of the
/// type, rustc says one thing.
#[diagnostic::on_unimplemented(
    message = "`{L}` do not go with logits of the shape `{Self}`",
    label = "the logits are of the shape `{Self}`",
    note = "`Labels<B, C>` go with logits of the shape `(Dim<B>, Dim<C>)`, a row of C numbers for each of B samples, as the network \
            gives them and before any `argmax`"
)]
pub trait LogitsFor<L, E = f32>: Shape {
    /// The class with the largest number, for each of the first samples.
    #[doc(hidden)]
    fn said(samples: usize, logits: &[E]) -> Vec<u32>;
}
impl<const X: usize, const Y: usize, const B: usize, const C: usize, E: Float> LogitsFor<Labels<B, C>, E>
    for (Dim<X>, Dim<Y>)
where
    Checked: Agree<X, Y, B, C>,
{
    fn said(samples: usize, logits: &[E]) -> Vec<u32> {
        let rows = Axis {
            outer: samples,
            length: Y,
            inner: 1,
        };
        let mut said = vec![0; samples];
        E::argmax(rows, &logits[..rows.numel()], &mut said);
        said
    }
}

/// Holds the fact that logits and labels agree.
pub struct Checked;

#[diagnostic::on_unimplemented(
    message = "logits for a batch of {X} and {Y} classes, labels for a batch of {B} and {C} classes",
    label = "expected labels for a batch of {X} and {Y} classes, found them for a batch of {B} and {C} classes",
    note = "make the labels as `Labels::<{X}, {Y}>`; where a batch has fewer samples, as `Labels::<{X}, {Y}>::padded(…)`"
)]
pub trait Agree<const X: usize, const Y: usize, const B: usize, const C: usize> {}
/// (For any type, so that rustc does not quote it.)
impl<Any, const B: usize, const C: usize> Agree<B, C, B, C> for Any {}

/// The mean of `ln Σeˣ − x[label]` over the samples that count, the first ones.
///
/// Its derivative by a sample's logits is `(softmax(x) − onehot(label)) / n`, and 0 for padding. It is computed on the way
/// there, while the logits are at hand.
struct CrossEntropy {
    labels: Arc<[usize]>,
    classes: usize,
}

impl<S: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for CrossEntropy {
    const NAME: &'static str = "CrossEntropy";
    type Output = Tensor<Rank0, E>;
    type Saved = A::When<Tensor<S, E>>;

    fn forward(&self, logits: Tensor<S, E>) -> (Tensor<Rank0, E>, Self::Saved) {
        let (samples, classes) = (self.labels.len(), self.classes);
        let counted = &logits.as_slice()[..samples * classes];
        let rows = Axis {
            outer: samples,
            length: classes,
            inner: 1,
        };
        let count = number(samples);
        let mut log_softmax = buffers::output(S::NUMEL);
        E::log_softmax(rows, counted, &mut log_softmax[..counted.len()]);
        let at = |sample: usize| sample * classes + self.labels[sample];
        let log_likelihoods = Buffer::from_fn(samples, |sample| log_softmax[at(sample)]);
        // A difference: where every sample is certain, it is 0, and not −0.
        let loss = E::zero() - <E as Kernels>::sum(&log_likelihoods) / count;
        let saved = A::when(|| {
            let mut derivative = log_softmax;
            elementwise::map_in_place(&mut derivative[..counted.len()], move |entry| entry.fast_exp() / count);
            (0..samples).for_each(|sample| derivative[at(sample)] -= count.recip());
            derivative[counted.len()..].fill(E::zero());
            Tensor::from_buffer(derivative)
        });
        (Tensor::scalar(loss), saved)
    }

    fn backward<G: Track>(&self, derivative: &Self::Saved, gradient: Tensor<Rank0, E, G>) -> A::When<Tensor<S, E, G>> {
        A::with(derivative, |derivative| gradient.scale(derivative))
    }
}

impl<S: Shape, E: Float, A: Track> Tensor<S, E, A> {
    /// The cross-entropy between a classifier's logits and the right classes, the mean over the samples of the batch:
    /// PyTorch's `F.cross_entropy(logits, labels)`.
    ///
    /// The logits, a row of `C` numbers for each of `B` samples, are the softmax's input: they are turned to probabilities
    /// here, and the loss of a sample is `−ln softmax(logits)[label]`.
    ///
    /// [Padding](Labels::padded) is left out: the mean is over the samples that count, and the others' gradient is 0. If none
    /// counts, the loss is NaN, as PyTorch's, and the gradient 0.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let logits = tensor([[0.0, 0.0], [0.0, 0.0]]).requires_grad();
    /// let loss = logits.cross_entropy(&Labels::<2, 2>::try_from([0, 1])?);
    /// assert_eq!(loss.item(), core::f32::consts::LN_2);
    /// assert_eq!(loss.backward()[&logits].array(), &[[-0.25, 0.25], [0.25, -0.25]]);
    /// # Ok::<(), tintype::Error>(())
    /// ```
    pub fn cross_entropy<L: LabelsFor<S>>(&self, labels: &L) -> Tensor<Rank0, E, A> {
        CrossEntropy {
            labels: labels.counted(),
            classes: L::CLASSES,
        }
        .apply(self)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    fn logits() -> Tensor2<3, 4, f64> {
        Tensor2::from([[0.3, -1.2, 2.0, 0.0], [0.7, -0.4, 0.1, 1.0], [1.5, 0.2, -2.2, 0.9]])
    }

    #[test]
    fn gradients() {
        let labels = Labels::<3, 4>::try_from([2, 0, 3]).unwrap();
        gradcheck(|x| x.cross_entropy(&labels), logits()).unwrap();
        let labels = Labels::<3, 4>::padded(&[2, 0]).unwrap();
        gradcheck(|x| x.cross_entropy(&labels), logits()).unwrap();
    }

    #[test]
    fn it_is_the_mean_of_negative_log_likelihoods() {
        let log_softmax = logits().log_softmax::<1>();
        let loss = |labels: &[usize]| logits().cross_entropy(&Labels::<3, 4>::padded(labels).unwrap()).item();
        let expected = -(log_softmax[[0, 2]] + log_softmax[[1, 0]]) / 2.0;
        assert!((loss(&[2, 0]) - expected).abs() < 1e-12);
        assert!((loss(&[2, 0, 3]) - (2.0 * expected - log_softmax[[2, 3]]) / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_batch_of_padding_has_no_loss_and_no_gradient() {
        let x = logits().requires_grad();
        let loss = x.cross_entropy(&Labels::<3, 4>::padded(&[]).unwrap());
        assert!(loss.item().is_nan());
        assert_eq!(loss.backward()[&x], Tensor::zeros());
    }

    #[test]
    fn huge_logits_do_not_overflow() {
        let x = tensor([[1e4, 0.0, -1e4]]).requires_grad();
        let loss = x.cross_entropy(&Labels::<1, 3>::try_from([1]).unwrap());
        assert_eq!(loss.item(), 1e4);
        assert_eq!(loss.backward()[&x].array(), &[[1.0, -1.0, 0.0]]);
    }

    #[test]
    fn a_certain_sample_has_a_loss_of_nothing() {
        let x = tensor([[1e4, 0.0, -1e4]]);
        let loss = x.cross_entropy(&Labels::<1, 3>::try_from([0]).unwrap());
        assert!(loss.item() == 0.0 && loss.item().is_sign_positive());
    }
}
