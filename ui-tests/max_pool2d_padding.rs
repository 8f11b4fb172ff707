//! topic: Pooling and padding
//! pytorch: RuntimeError: pad should be at most half of effective kernel size, but got pad=2, kernel_size=3 and dilation=1
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Pool.h
//! numbers: 2, 3
//! fix: pad by at most 1
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y = MaxPool2d::<3, 3, Stride<2>, Padding<2>>::new().forward(&Tensor4::<1, 8, 9, 9>::rand(&mut rng));
}
