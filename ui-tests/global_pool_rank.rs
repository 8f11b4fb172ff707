//! topic: Pooling and padding
//! pytorch: RuntimeError: adaptive_avg_pool2d(): Expected 3D or 4D tensor, but got [8, 512]
//! when: in the forward pass
//! seen: pytorch/pytorch aten/src/ATen/native/AdaptiveAveragePooling.cpp
//! fix: pool before flattening

use tintype::prelude::*;

fn main() {
    let y = GlobalAvgPool2d.forward(&Tensor2::<8, 512>::ones());
}
