//! topic: Pooling and padding
//! pytorch: RuntimeError: Given input size: (8x1x4). Calculated output size: (8x0x2). Output size is too small
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Pool.h
//! numbers: 2, 1
//! fix: an image of at least 2 rows
use tintype::prelude::*;

fn embedding<H: PoolDim<2, 2>, W: PoolDim<2, 2>>(x: &Tensor<(Dim<8>, H, W)>) -> Tensor1<8> {
    MaxPool2d::<2>::new().forward(x).mean_axis::<2>().mean_axis::<1>()
}

fn main() {
    println!("{}", embedding(&Tensor3::<8, 1, 4>::zeros()));
}
