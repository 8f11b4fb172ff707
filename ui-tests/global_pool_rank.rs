//! topic: Pooling and padding
//! pytorch: no error: `AdaptiveAvgPool2d(1)` is the mean over the last two axes, here over the batch too (`AdaptiveAvgPool2d((1, 1))` says `Input dimension should be at least 3`)
//! when: never: the program runs on
//! seen: pytorch/pytorch aten/src/ATen/native/AdaptiveAveragePooling.cpp, pytorch/pytorch torch/nn/modules/utils.py
//! fix: pool before flattening

use tintype::prelude::*;

fn main() {
    let y = GlobalAvgPool2d.forward(&Tensor2::<8, 512>::ones());
}
