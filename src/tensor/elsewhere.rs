//! Names of PyTorch's that tensors have elsewhere, and under another name here.
//!
//! Of a name that there is not, rustc proposes the one that is spelled most like it: `grad_fn` for `grad`, `ln` for `long`,
//! `borrow` for `narrow`. So these are here to say what is meant. None can be called, since no tensor has the trait that it asks
//! for. They take `&mut self`, which is where rustc looks last: `&x` and `x` have a method of that name from a trait of one's own.

use super::{Element, Tensor};
use crate::autograd::Track;
use crate::shape::Shape;

/// (The trait is asked for by the `impl` and not by the method, so that rustc looks no further, at the arguments and at what is done
/// with the result.)
macro_rules! elsewhere {
    ($($name:ident $asked:ident $message:literal;)*) => { $(
        #[diagnostic::on_unimplemented(message = $message, label = "PyTorch's name")]
        pub trait $asked {}

        impl<S: Shape, E: Element, G: Track> Tensor<S, E, G>
        where
            Self: $asked,
        {
            #[doc(hidden)]
            pub fn $name(&mut self) {
                unreachable!("no tensor has this method")
            }
        }
    )* };
}
elsewhere! {
    grad HasGrad "a tensor does not hold its gradient: `let gradients = loss.backward();` returns it, and it is `gradients[&x]`";
    view HasView "`view` is `reshape` here, with the shape as a type: `x.reshape::<Rank2<8, 784>>()`";
    size HasSize "`size` is `shape` here: `x.shape()` is an array of the sizes, and `x.shape()[0]` that of the axis 0";
    dim HasDim "the number of axes is `x.shape().len()` here, and of a type `Tensor4::<8, 3, 32, 32>::RANK`";
    narrow HasNarrow "`narrow` is `slice` here, with its numbers in the type: `x.slice::<AXIS, START, LENGTH>()`";
    mm HasMm "`mm` is `matmul` here: `a.matmul(&b)`, which also multiplies vectors and batches of matrices";
    bmm HasBmm "`bmm` is `matmul` here: `a.matmul(&b)`, which also multiplies vectors and matrices without a batch";
    numpy HasNumpy "the numbers of a tensor are an array of Rust's here: `x.array()`, nested, or `x.as_slice()`, in a row";
    cuda HasCuda "tensors and models are in the memory of the CPU here, and cannot be moved to another device: leave `cuda()` out";
    float HasFloat "`float` is `to::<f32>` here: `x.to::<f32>()`";
    double HasDouble "`double` is `to::<f64>` here: `x.to::<f64>()`";
    long HasLong "`long` is `to::<i64>` here: `x.to::<i64>()`";
}
