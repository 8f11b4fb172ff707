//! From images to vectors.

use super::module::Module;
use super::parameters::without_parameters;
use crate::autograd::Track;
use crate::shape::FlattenFrom;
use crate::tensor::{Float, Tensor};

/// All axes but the first joined to one: [PyTorch's `Flatten`](https://pytorch.org/docs/stable/generated/torch.nn.Flatten.html).
///
/// The first axis is the batch. An unbatched tensor is flattened by its own [`flatten`](Tensor::flatten).
///
/// ```
/// use tintype::prelude::*;
/// let y: Tensor2<64, 256> = Flatten.forward(&Tensor4::<64, 16, 4, 4>::zeros());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flatten;

#[diagnostic::do_not_recommend]
impl<S: FlattenFrom<1>, E: Float, G: Track> Module<Tensor<S, E, G>> for Flatten {
    type Output = Tensor<S::Out, E, G>;
    fn apply(&self, x: &Tensor<S, E, G>) -> Self::Output {
        x.flatten_from::<1>()
    }
}

without_parameters!(Flatten;);
