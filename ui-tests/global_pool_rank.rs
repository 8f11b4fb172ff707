//! topic: Pooling and padding
//! pytorch: no error: with an output of 1×1, `adaptive_avg_pool2d` is the mean over the last two axes, here over the batch too
//! when: never: the program runs on
//! seen: pytorch/pytorch aten/src/ATen/native/AdaptiveAveragePooling.cpp
//! fix: pool before flattening

use tintype::prelude::*;

fn main() {
    let y = GlobalAvgPool2d.forward(&Tensor2::<8, 512>::ones());
}
