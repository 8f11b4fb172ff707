//! topic: Pooling and padding
//! pytorch: RuntimeError: Argument #4: Padding size should be less than the corresponding input dimension, but got: padding (4, 0) at dimension 1 of input [3, 4]
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/ReflectionPad.cpp
//! numbers: 4
//! fix: pad by at most 3
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y = Tensor2::<3, 4>::rand(&mut rng).pad_reflect::<1, 4, 0>();
}
