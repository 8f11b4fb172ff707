//! topic: Shapes and axes
//! pytorch: RuntimeError: permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = 3 is not equal to len(dims) = 2
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/TensorShape.cpp
//! numbers: 1, 0, 2, 3, 4
//! fix: name every axis: `Axes3<1, 0, 2>`
use tintype::prelude::*;

fn main() {
    let y = Tensor3::<2, 3, 4>::ones().permute::<Axes2<1, 0>>();
}
