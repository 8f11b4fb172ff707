//! Class labels: what a classifier should have said.

use super::cross_entropy::LogitsFor;
use crate::Error;
use crate::autograd::Track;
use crate::tensor::{Element, Tensor};
use std::sync::Arc;

/// The classes of a batch of `B` samples, each a number below `C`: checked once, where they are made.
///
/// The last batch of a data set may have fewer samples than the batch's type says. [`Labels::padded`] takes fewer labels than
/// `B`; the samples behind them are padding, which losses and counts leave out.
///
/// ```
/// use tintype::prelude::*;
/// let labels = Labels::<4, 10>::try_from([3, 1, 4, 1])?;
/// assert_eq!(labels.as_slice(), [3, 1, 4, 1]);
/// let error = Labels::<4, 10>::try_from([3, 1, 10, 1]).unwrap_err();
/// assert_eq!(error.to_string(), "label 10 at position 2 is out of range: there are 10 classes");
/// # Ok::<(), tintype::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels<const B: usize, const C: usize> {
    /// The labels of the samples that count: all, or the first ones. At most `B`, each below `C`.
    classes: Arc<[usize]>,
}

/// What [`Labels::try_from`] takes: all that `Labels<B, C>` are [`TryFrom`], with its error `X`.
///
/// `TryFrom` itself, which is the standard library's, has no words for what it does not take.
#[diagnostic::on_unimplemented(
    message = "labels for a batch of {B} are made from {B} class numbers of the type `usize`, not from `{Self}`",
    label = "expected {B} class numbers of the type `usize`",
    note = "`Labels::<{B}, {C}>` are made from `[usize; {B}]`, from `Vec<usize>` and from `&[usize]`; where a batch has fewer \
            samples, by `Labels::<{B}, {C}>::padded(…)`",
    note = "numbers of another type are converted first: `labels.iter().map(|&label| label as usize).collect::<Vec<_>>()`"
)]
pub trait LabelsFrom<const B: usize, const C: usize, X> {
    /// Makes them.
    fn into_labels(self) -> Result<Labels<B, C>, X>;
}
#[diagnostic::do_not_recommend]
impl<T, X, const B: usize, const C: usize> LabelsFrom<B, C, X> for T
where
    Labels<B, C>: TryFrom<T, Error = X>,
{
    fn into_labels(self) -> Result<Labels<B, C>, X> {
        self.try_into()
    }
}

impl<const B: usize, const C: usize> Labels<B, C> {
    /// The labels of a batch, of which every sample has one: the method of [`TryFrom`] under its own name, so that the compiler
    /// says in words what labels are made from.
    ///
    /// # Errors
    /// [`Error::LabelCount`] if there are more or fewer than `B`, [`Error::Label`] if one is not below `C`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let read: Vec<u8> = vec![3, 1, 4, 1];
    /// let labels = Labels::<4, 10>::try_from(read.iter().map(|&label| label.into()).collect::<Vec<usize>>())?;
    /// assert_eq!(labels, Labels::try_from([3, 1, 4, 1])?);
    /// # Ok::<(), tintype::Error>(())
    /// ```
    pub fn try_from<T: LabelsFrom<B, C, X>, X>(labels: T) -> Result<Self, X> {
        labels.into_labels()
    }

    /// The labels of the first samples of a batch. The samples behind them are padding and do not count.
    ///
    /// # Errors
    /// [`Error::LabelCount`] if there are more than `B`, [`Error::Label`] if one is not below `C`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let labels = Labels::<4, 10>::padded(&[3, 1])?;
    /// assert_eq!(labels.count(), 2);
    /// let logits = Tensor2::<4, 10>::zeros();
    /// assert_eq!(logits.cross_entropy(&labels).item(), 10f32.ln()); // the mean over two samples, not four
    /// # Ok::<(), tintype::Error>(())
    /// ```
    pub fn padded(labels: &[usize]) -> Result<Self, Error> {
        if labels.len() > B {
            return Err(Error::LabelCount {
                batch: B,
                found: labels.len(),
            });
        }
        match labels.iter().position(|&label| label >= C) {
            Some(position) => Err(Error::Label {
                position,
                label: labels[position],
                classes: C,
            }),
            None => Ok(Labels { classes: labels.into() }),
        }
    }

    /// The number of samples that count: `B`, without padding.
    pub fn count(&self) -> usize {
        self.classes.len()
    }

    /// The labels of the samples that count, in order.
    pub fn as_slice(&self) -> &[usize] {
        &self.classes
    }

    pub(super) fn shared(&self) -> Arc<[usize]> {
        Arc::clone(&self.classes)
    }

    /// The labels of the samples that count, in order.
    pub fn iter(&self) -> core::slice::Iter<'_, usize> {
        self.classes.iter()
    }

    /// How many of the samples that count a classifier gets right: those whose label has the largest number of all classes.
    /// (Of several equal ones, the first is what it says.)
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let logits = tensor([[0.1, 2.0, 0.3], [4.0, 0.2, 0.1], [0.5, 0.6, 0.7]]);
    /// assert_eq!(Labels::<3, 3>::try_from([1, 0, 1])?.correct(&logits), 2);
    /// # Ok::<(), tintype::Error>(())
    /// ```
    #[doc(alias = "accuracy")]
    pub fn correct<S: LogitsFor<Self, E>, E: Element, G: Track>(&self, logits: &Tensor<S, E, G>) -> usize {
        S::said(self.count(), logits.as_slice())
            .iter()
            .zip(self)
            .filter(|(said, label)| **said as usize == **label)
            .count()
    }
}

impl<const B: usize, const C: usize> TryFrom<&[usize]> for Labels<B, C> {
    type Error = Error;
    /// # Errors
    /// [`Error::LabelCount`] if there are more or fewer than `B`, [`Error::Label`] if one is not below `C`.
    fn try_from(labels: &[usize]) -> Result<Self, Error> {
        if labels.len() == B {
            Labels::padded(labels)
        } else {
            Err(Error::LabelCount {
                batch: B,
                found: labels.len(),
            })
        }
    }
}

impl<const B: usize, const C: usize> TryFrom<[usize; B]> for Labels<B, C> {
    type Error = Error;
    /// # Errors
    /// [`Error::Label`] if one is not below `C`.
    fn try_from(labels: [usize; B]) -> Result<Self, Error> {
        Labels::padded(&labels)
    }
}

impl<const B: usize, const C: usize> TryFrom<Vec<usize>> for Labels<B, C> {
    type Error = Error;
    /// # Errors
    /// [`Error::LabelCount`] if there are more or fewer than `B`, [`Error::Label`] if one is not below `C`.
    fn try_from(labels: Vec<usize>) -> Result<Self, Error> {
        labels.as_slice().try_into()
    }
}

impl<'a, const B: usize, const C: usize> IntoIterator for &'a Labels<B, C> {
    type Item = &'a usize;
    type IntoIter = core::slice::Iter<'a, usize>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_number_of_labels_is_an_error() {
        let slice: &[usize] = &[0, 1, 2];
        let message = |labels: Result<Labels<2, 3>, Error>| labels.unwrap_err().to_string();
        assert_eq!(
            message(Labels::try_from(slice)),
            "a batch of 2 has 2 labels, and 3 were given"
        );
        assert_eq!(
            message(Labels::try_from(vec![0])),
            "a batch of 2 has 2 labels, and 1 were given"
        );
        assert_eq!(
            message(Labels::padded(slice)),
            "a batch of 2 has 2 labels, and 3 were given"
        );
        assert_eq!(
            message(Labels::padded(&[3])),
            "label 3 at position 0 is out of range: there are 3 classes"
        );
        assert_eq!(
            message(Labels::try_from([0, 5])),
            "label 5 at position 1 is out of range: there are 3 classes"
        );
    }

    #[test]
    fn padding_is_never_right() {
        let logits = crate::tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]);
        assert_eq!(Labels::<3, 2>::padded(&[0]).unwrap().correct(&logits), 1);
        assert_eq!(Labels::<3, 2>::padded(&[]).unwrap().correct(&logits), 0);
        assert_eq!(Labels::<3, 2>::try_from(vec![0, 1, 1]).unwrap().correct(&logits), 2);
    }
}
