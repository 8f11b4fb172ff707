//! How a tensor is shown: as PyTorch shows it.

mod brackets;
mod numbers;

use super::{Element, Tensor};
use crate::autograd::Track;
use crate::shape::Shape;
use core::fmt;
use numbers::Cells;

/// The length that lines are kept to where they can be.
const LINE: usize = 80;
/// The decimals of a number that is not whole.
const DECIMALS: usize = 4;
/// Tensors of more entries are elided.
const MOST: usize = 1000;
/// What every text starts with. The rows below the first are indented by its length.
const PREFIX: &str = "tensor(";

impl<S: Shape, E: Element, G: Track> fmt::Display for Tensor<S, E, G> {
    /// PyTorch's text: nested brackets with aligned numbers, elided to the first and last three of every axis above 1000
    /// entries, and whole numbers, decimals or powers of ten as PyTorch would choose. After them the shape, the element type
    /// if it is not `f32`, `i64` or `bool`, and where the tensor stands in a graph.
    ///
    /// `{:.2}` shows two decimals instead of four.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad();
    /// let y = &x - 2.0;
    /// assert_eq!(
    ///     y.to_string(),
    ///     "tensor([[-1.,  0.],\n        \
    ///              [ 1.,  2.]], shape=[2, 2], grad_fn=<SubBackward>)",
    /// );
    /// assert_eq!((&y * &y * 3.0).mean().to_string(), "tensor(4.5000, grad_fn=<MeanBackward>)");
    /// assert_eq!(format!("{:.1}", tensor([0.25, -1.5])), "tensor([ 0.2, -1.5], shape=[2])");
    /// ```
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self.grad_fn() {
            Some(grad_fn) => Some(format!("grad_fn={grad_fn}")),
            None => self.is_tracked().then(|| "requires_grad=true".to_owned()),
        };
        f.write_str(&text(
            self.as_slice(),
            S::DIMS,
            f.precision().unwrap_or(DECIMALS),
            place,
        ))
    }
}

impl<S: Shape, E: Element, G: Track> fmt::Debug for Tensor<S, E, G> {
    /// The same text as by `Display`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The whole text, without a shape in a type: compiled once for each element type.
fn text<E: Element>(entries: &[E], dims: &[usize], decimals: usize, place: Option<String>) -> String {
    let elided = entries.len() > MOST;
    let shown: Vec<E> = brackets::positions(dims, elided)
        .into_iter()
        .map(|position| entries[position])
        .collect();
    let cells = match shown.iter().map(|entry| entry.to_float()).collect::<Option<Vec<f64>>>() {
        Some(values) => Cells::of_floats(&values, decimals),
        None => Cells::new(shown.iter().map(E::to_string).collect()),
    };
    let mut text = PREFIX.to_owned();
    text += &brackets::nested(&cells, dims, elided, PREFIX.len());
    let shape = (!dims.is_empty()).then(|| format!("shape={dims:?}"));
    let dtype = (!["f32", "i64", "bool"].contains(&E::NAME)).then(|| format!("dtype={}", E::NAME));
    add_notes(&mut text, [shape, dtype, place].into_iter().flatten());
    text + ")"
}

/// Adds the notes after the numbers: on their last line, or on one of their own where that would become too long.
fn add_notes(text: &mut String, notes: impl Iterator<Item = String>) {
    let mut line = match text.rfind('\n') {
        Some(end) => text.len() - end + 1,
        None => text.len() + 2,
    };
    for note in notes {
        if line + note.len() + 2 > LINE {
            *text += &format!(",\n{:indent$}{note}", "", indent = PREFIX.len());
            line = PREFIX.len() + note.len();
        } else {
            *text += &format!(", {note}");
            line += note.len() + 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn a_row_and_a_matrix_of_whole_numbers() {
        assert_eq!(tensor([1.0, 2.0, 3.0]).to_string(), "tensor([1., 2., 3.], shape=[3])");
        assert_eq!(
            tensor([[1.0, -20.0], [3.0, 4.0]]).to_string(),
            "tensor([[  1., -20.],\n        [  3.,   4.]], shape=[2, 2])"
        );
        assert_eq!(Tensor2::<1, 2>::zeros().to_string(), "tensor([[0., 0.]], shape=[1, 2])");
    }

    #[test]
    fn an_empty_line_between_matrices_and_two_between_their_stacks() {
        assert_eq!(
            Tensor3::<2, 1, 2>::from_fn(|i| i as f32).to_string(),
            "tensor([[[0., 1.]],\n\n        [[2., 3.]]], shape=[2, 1, 2])"
        );
        assert_eq!(
            Tensor4::<2, 1, 1, 2>::from_fn(|i| i as f32).to_string(),
            "tensor([[[[0., 1.]]],\n\n\n        [[[2., 3.]]]], shape=[2, 1, 1, 2])"
        );
    }

    #[test]
    fn four_decimals_unless_asked_for_others() {
        let x = tensor([1.5, -0.12344, 10.0]);
        assert_eq!(x.to_string(), "tensor([ 1.5000, -0.1234, 10.0000], shape=[3])");
        assert_eq!(format!("{x:.2}"), "tensor([ 1.50, -0.12, 10.00], shape=[3])");
        assert_eq!(format!("{x:?}"), x.to_string());
    }

    #[test]
    fn powers_of_ten_where_the_numbers_are_far_apart() {
        assert_eq!(
            tensor([0.001, 1.5]).to_string(),
            "tensor([1.0000e-03, 1.5000e+00], shape=[2])"
        );
        assert_eq!(
            tensor([1e-5, 0.0]).to_string(),
            "tensor([1.0000e-05, 0.0000e+00], shape=[2])"
        );
        assert_eq!(tensor([1e9]).to_string(), "tensor([1.0000e+09], shape=[1])");
        assert_eq!(tensor([1.0, 1000.0]).to_string(), "tensor([   1., 1000.], shape=[2])");
        assert_eq!(
            Tensor1::<2, f64>::from([1e-200, 1.0]).to_string(),
            "tensor([1.0000e-200,  1.0000e+00], shape=[2], dtype=f64)"
        );
    }

    #[test]
    fn not_a_number_and_infinity() {
        assert_eq!(
            tensor([f32::NAN, 1.5, -f32::INFINITY]).to_string(),
            "tensor([   nan, 1.5000,   -inf], shape=[3])"
        );
        assert_eq!(tensor([f32::INFINITY, 1.0]).to_string(), "tensor([inf, 1.], shape=[2])");
        assert_eq!(tensor([f32::NAN]).to_string(), "tensor([nan], shape=[1])");
        assert_eq!(
            tensor([f32::NAN, 1e9]).to_string(),
            "tensor([       nan, 1.0000e+09], shape=[2])"
        );
    }

    #[test]
    fn other_elements() {
        assert_eq!(
            Tensor1::<3, i64>::from([1, -20, 3]).to_string(),
            "tensor([  1, -20,   3], shape=[3])"
        );
        assert_eq!(
            Tensor1::<2, u8>::from([1, 2]).to_string(),
            "tensor([1, 2], shape=[2], dtype=u8)"
        );
        assert_eq!(
            Tensor1::<2, bool>::from([true, false]).to_string(),
            "tensor([ true, false], shape=[2])"
        );
        assert_eq!(Tensor0::<f64>::scalar(0.5).to_string(), "tensor(0.5000, dtype=f64)");
    }

    #[test]
    fn nothing_to_show_but_the_shape() {
        assert_eq!(Tensor1::<0>::zeros().to_string(), "tensor([], shape=[0])");
        assert_eq!(Tensor2::<0, 3>::zeros().to_string(), "tensor([], shape=[0, 3])");
        assert_eq!(
            Tensor3::<2, 0, 3, bool>::full(true).to_string(),
            "tensor([], shape=[2, 0, 3])"
        );
    }

    #[test]
    fn long_rows_are_broken_at_eighty_columns() {
        let expected = "tensor([ 0.,  1.,  2.,  3.,  4.,  5.,  6.,  7.,  8.,  9., 10., 11., 12., 13.,
        14., 15., 16., 17., 18., 19.], shape=[20])";
        assert_eq!(Tensor1::<20>::arange().to_string(), expected);
    }

    #[test]
    fn notes_that_do_not_fit_get_a_line_of_their_own() {
        let x = Tensor1::<13>::arange().requires_grad();
        let expected = "tensor([ 0.,  1.,  2.,  3.,  4.,  5.,  6.,  7.,  8.,  9., 10., 11., 12.],
       shape=[13], requires_grad=true)";
        assert_eq!(x.to_string(), expected);
    }

    #[test]
    fn large_tensors_are_elided() {
        assert_eq!(
            Tensor1::<1001>::arange().to_string(),
            "tensor([   0.,    1.,    2.,  ...,  998.,  999., 1000.], shape=[1001])"
        );
        let expected = "\
tensor([[   0,    1,    2,  ...,   97,   98,   99],
        [ 100,  101,  102,  ...,  197,  198,  199],
        [ 200,  201,  202,  ...,  297,  298,  299],
        ...,
        [4700, 4701, 4702,  ..., 4797, 4798, 4799],
        [4800, 4801, 4802,  ..., 4897, 4898, 4899],
        [4900, 4901, 4902,  ..., 4997, 4998, 4999]], shape=[50, 100])";
        assert_eq!(Tensor2::<50, 100, i64>::from_fn(|i| i as i64).to_string(), expected);
        let thousand = Tensor1::<1000, i64>::from_fn(|i| i as i64).to_string();
        assert!(!thousand.contains("..."), "a thousand are shown: {thousand}");
    }

    #[test]
    fn short_axes_of_large_tensors_are_whole() {
        let expected = "\
tensor([[[0., 0., 0.,  ..., 0., 0., 0.],
         [0., 0., 0.,  ..., 0., 0., 0.]],

        [[0., 0., 0.,  ..., 0., 0., 0.],
         [0., 0., 0.,  ..., 0., 0., 0.]]], shape=[2, 2, 500])";
        assert_eq!(Tensor3::<2, 2, 500>::zeros().to_string(), expected);
    }
}
