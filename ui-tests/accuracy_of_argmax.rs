//! topic: Losses and labels
//! pytorch: IndexError: Dimension out of range (expected to be in range of [-1, 0], but got 1)
//! when: where the second `argmax(1)` is taken
//! seen: pytorch/pytorch c10/core/WrapDimMinimal.cpp
//! numbers: 64, 10
//! fix: give the logits themselves: `labels.correct(&logits)`
use tintype::prelude::*;

fn accuracy(logits: &Tensor2<64, 10>, labels: &Labels<64, 10>) -> f32 {
    labels.correct(&logits.argmax_axis::<1>()) as f32 / 64.0
}

fn main() {}
