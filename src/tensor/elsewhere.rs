//! Names of PyTorch's that tensors have elsewhere, and under another name here.
//!
//! Of a name that there is not, rustc proposes the one that is spelled most like it: `grad_fn` for `grad`, `ln` for `long`,
//! `borrow` for `narrow`. So these are here to say what is meant. None can be called, since no tensor has the trait that it asks
//! for. They take `&mut self`, which is where rustc looks last: `&x` and `x` have a method of that name from a trait of one's own.

use super::{Element, Tensor};
use crate::autograd::Track;
use crate::shape::Shape;

/// The head of an `impl` or of a trait, how visible its methods are, and the names: each with its arguments, with the trait that nobody
/// has, and with what is said. (The trait is a `tt`, with which rustc quotes the line of the table and not the whole of it.)
macro_rules! elsewhere {
    ([$($head:tt)*] [$visible:vis fn] $($name:ident($($argument:ident),*) $asked:tt $message:literal;)*) => {
        $(
            #[diagnostic::on_unimplemented(message = $message, label = "PyTorch's name")]
            #[doc(hidden)]
            pub trait $asked {}
        )*

        $($head)* { $(
            #[doc(hidden)]
            $visible fn $name<$($argument,)* Any>(&mut self, $(_: $argument),*) -> Any
            where
                Self: $asked,
            {
                unreachable!("nobody has this method")
            }
        )* }
    };
}
pub(crate) use elsewhere;

elsewhere! {
    [impl<S: Shape, E: Element, G: Track> Tensor<S, E, G>] [pub fn]
    grad() HasGrad "a tensor does not hold its gradient: `let gradients = loss.backward();` returns it, and it is `gradients[&x]`";
    view(A, B) HasView "`view` is `reshape` here, with the shape as a type: `x.reshape::<Rank2<8, 784>>()`";
    size(A) HasSize "`size` is `shape` here: `x.shape()` is an array of the sizes, and `x.shape()[0]` that of the axis 0";
    dim() HasDim "the number of axes is `x.shape().len()` here, and of a type `Tensor4::<8, 3, 32, 32>::RANK`";
    narrow(A, B, C) HasNarrow "`narrow` is `slice` here, with its numbers in the type: `x.slice::<AXIS, START, LENGTH>()`";
    mm(A) HasMm "`mm` is `matmul` here: `a.matmul(&b)`, which also multiplies vectors and batches of matrices";
    bmm(A) HasBmm "`bmm` is `matmul` here: `a.matmul(&b)`, which also multiplies vectors and matrices without a batch";
    numpy() HasNumpy "the numbers of a tensor are an array of Rust's here: `x.array()`, nested, or `x.as_slice()`, in a row";
    cuda() HasCuda "a tensor is in the memory of the CPU here, and cannot be moved to another device: leave `cuda()` out";
    float() HasFloat "`float` is `to::<f32>` here: `x.to::<f32>()`";
    double() HasDouble "`double` is `to::<f64>` here: `x.to::<f64>()`";
    long() HasLong "`long` is `to::<i64>` here: `x.to::<i64>()`";
}
