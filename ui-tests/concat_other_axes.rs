//! topic: Shapes and axes
//! pytorch: RuntimeError: Sizes of tensors must match except in dimension 1. Expected size 56 but got size 64 for tensor number 1 in the list.
//! burn: Can't concatenate tensors with different shapes, except for the provided dimension
//! candle: shape mismatch in cat for dim 1, shape for arg 1: [1, 32, 56, 56] shape for arg 2: [1, 32, 64, 64]
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/TensorShape.h, https://github.com/nikhilroxtomar/Retina-Blood-Vessel-Segmentation-in-PyTorch/issues/2
//! numbers: 56, 64
//! fix: crop or pad one of the two to the other's size
use tintype::prelude::*;

fn main() {
    let skip = Tensor4::<1, 32, 64, 64>::ones();
    let up = Tensor4::<1, 32, 56, 56>::ones();
    let y = up.concat::<1>(&skip);
}
