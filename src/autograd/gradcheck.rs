//! Comparing a backward function with what it should be.

use super::gradients::Gradients;
use super::state::Tracked;
use crate::shape::Shape;
use crate::tensor::Tensor;
use core::fmt;

/// Half the distance between the two points of a central difference.
const EPS: f64 = 1e-6;
/// How far a gradient may be from the numeric one: `ATOL + RTOL · |numeric|`.
const ATOL: f64 = 1e-5;
const RTOL: f64 = 1e-3;

/// The first entry of a Jacobian for which the backward function and the central difference do not agree.
#[derive(Clone, Debug, PartialEq)]
pub struct GradcheckError {
    /// Which input, counted from 0.
    pub input: usize,
    /// The entry of that input.
    pub input_index: Vec<usize>,
    /// The entry of the output.
    pub output_index: Vec<usize>,
    /// The derivative of the one with respect to the other that the backward function gives.
    pub analytic: f64,
    /// The same by central difference.
    pub numeric: f64,
}

impl fmt::Display for GradcheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let GradcheckError {
            input,
            input_index,
            output_index,
            analytic,
            numeric,
        } = self;
        write!(
            f,
            "the derivative of output entry {output_index:?} with respect to entry {input_index:?} of input {input} \
             is {analytic} by the backward function and {numeric} by central difference"
        )
    }
}

impl core::error::Error for GradcheckError {}

/// The inputs of a function to check: an `f64` tensor, or a tuple of up to four.
#[diagnostic::on_unimplemented(
    message = "`gradcheck` takes tensors of `f64`, not `{Self}`",
    label = "expected a tensor of `f64`, or a tuple of up to four",
    note = "differences of `f32` are too coarse to check a gradient: convert by `x.to::<f64>()`",
    note = "the tensors are constants and given away: `gradcheck` makes leaves of them"
)]
pub trait GradcheckInputs: Clone {
    /// The same tensors as leaves.
    type Leaves;
    /// Makes the leaves.
    fn leaves(&self) -> Self::Leaves;
    /// The shape of each input.
    fn shapes() -> Vec<&'static [usize]>;
    /// The entries of an input, to write to.
    fn entries(&mut self, input: usize) -> &mut [f64];
    /// The gradient of an input, or zeros if the output does not depend on it.
    fn gradient(leaves: &Self::Leaves, input: usize, gradients: &Gradients) -> Vec<f64>;
}

#[diagnostic::do_not_recommend]
impl<S: Shape> GradcheckInputs for Tensor<S, f64> {
    type Leaves = Tensor<S, f64, Tracked>;
    fn leaves(&self) -> Self::Leaves {
        self.clone().requires_grad()
    }
    fn shapes() -> Vec<&'static [usize]> {
        vec![S::DIMS]
    }
    fn entries(&mut self, _: usize) -> &mut [f64] {
        self.as_mut_slice()
    }
    fn gradient(leaf: &Self::Leaves, _: usize, gradients: &Gradients) -> Vec<f64> {
        gradients
            .get(leaf)
            .map_or_else(|| vec![0.0; S::NUMEL], |gradient| gradient.as_slice().to_vec())
    }
}

macro_rules! tuples {
    ($($($t:ident $i:tt)*;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($t: GradcheckInputs),*> GradcheckInputs for ($($t,)*) {
            type Leaves = ($($t::Leaves,)*);
            fn leaves(&self) -> Self::Leaves {
                ($(self.$i.leaves(),)*)
            }
            fn shapes() -> Vec<&'static [usize]> {
                [$($t::shapes()),*].concat()
            }
            fn entries(&mut self, input: usize) -> &mut [f64] {
                match input {
                    $($i => self.$i.entries(0),)*
                    _ => unreachable!("as many inputs as shapes"),
                }
            }
            fn gradient(leaves: &Self::Leaves, input: usize, gradients: &Gradients) -> Vec<f64> {
                match input {
                    $($i => $t::gradient(&leaves.$i, 0, gradients),)*
                    _ => unreachable!("as many inputs as shapes"),
                }
            }
        }
    )* };
}
tuples! {
    A 0 B 1;
    A 0 B 1 C 2;
    A 0 B 1 C 2 D 3;
}

/// That `gradcheck` can call a function from `&Input` to `Output` with these leaves, and go back from what it gives.
///
/// (Apart from [`GradcheckInputs`], for rustc to speak of the function where that is what is wrong.)
#[diagnostic::on_unimplemented(
    message = "`gradcheck` calls its function with leaves, here `&{Self}`, and this one takes `&{Input}` and gives `{Output}`",
    label = "of this, `gradcheck` makes leaves",
    note = "the function takes and gives what is `Tracked`, as a closure `|x| …` whose types are left to be found does; or it is generic over \
            the state, `fn f<G: Track>(x: &Tensor1<3, f64, G>) -> Tensor0<f64, G>`"
)]
pub trait CheckedWith<Input, Output> {
    /// The shape of the output.
    type Shape: Shape;
    /// The leaves as the function takes them.
    fn input(&self) -> &Input;
    /// The output as a tensor with a graph.
    fn output(output: Output) -> Tensor<Self::Shape, f64, Tracked>;
}
#[diagnostic::do_not_recommend]
impl<Leaves, S: Shape> CheckedWith<Leaves, Tensor<S, f64, Tracked>> for Leaves {
    type Shape = S;
    fn input(&self) -> &Leaves {
        self
    }
    fn output(output: Tensor<S, f64, Tracked>) -> Tensor<S, f64, Tracked> {
        output
    }
}

/// Where a flat position is in a tensor of these sizes.
fn unravel(mut flat: usize, dims: &[usize]) -> Vec<usize> {
    let mut index = vec![0; dims.len()];
    for (place, &size) in index.iter_mut().zip(dims).rev() {
        *place = flat % size;
        flat /= size;
    }
    index
}

/// Checks the whole Jacobian of a function at a point against central differences, as PyTorch's `torch.autograd.gradcheck`
/// does: in `f64`, with a step of 1e-6, to 1e-5 absolutely or 1e-3 relatively.
///
/// # Errors
/// A [`GradcheckError`] that names the first entry that is wrong.
///
/// ```
/// use tintype::prelude::*;
/// let x = Tensor2::<2, 3, f64>::from([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]);
/// let w = Tensor1::<3, f64>::from([1.0, -2.0, 3.0]);
/// gradcheck(|(x, w)| x.matmul(w).tanh(), (x, w))?;
/// # Ok::<(), tintype::autograd::GradcheckError>(())
/// ```
pub fn gradcheck<I, Input, Output, S: Shape>(f: impl Fn(&Input) -> Output, inputs: I) -> Result<(), GradcheckError>
where
    I: GradcheckInputs<Leaves: CheckedWith<Input, Output, Shape = S>>,
{
    let run = |leaves: &I::Leaves| I::Leaves::output(f(leaves.input()));
    let leaves = inputs.leaves();
    let output = run(&leaves);
    // Row `o` of the Jacobian is the gradient of output entry `o`.
    let rows: Vec<Gradients> = (0..S::NUMEL)
        .map(|o| {
            output
                .clone()
                .backward_with(&Tensor::from_fn(|i| if i == o { 1.0 } else { 0.0 }))
        })
        .collect();
    for (input, dims) in I::shapes().into_iter().enumerate() {
        let rows: Vec<Vec<f64>> = rows
            .iter()
            .map(|gradients| I::gradient(&leaves, input, gradients))
            .collect();
        for i in 0..dims.iter().product() {
            let at = |step: f64| {
                let mut moved = inputs.clone();
                moved.entries(input)[i] += step;
                run(&moved.leaves()).into_vec()
            };
            let (above, below) = (at(EPS), at(-EPS));
            for (o, row) in rows.iter().enumerate() {
                let (analytic, numeric) = (row[i], (above[o] - below[o]) / (2.0 * EPS));
                let close = (analytic - numeric).abs() <= ATOL + RTOL * numeric.abs();
                if !close {
                    let (input_index, output_index) = (unravel(i, dims), unravel(o, S::DIMS));
                    return Err(GradcheckError {
                        input,
                        input_index,
                        output_index,
                        analytic,
                        numeric,
                    });
                }
            }
        }
    }
    Ok(())
}
