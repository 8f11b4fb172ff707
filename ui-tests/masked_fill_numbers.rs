//! topic: Element types
//! pytorch: RuntimeError: masked_fill_ only supports boolean masks, but got mask with dtype float
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/TensorAdvancedIndexing.cpp
//! numbers: 2
//! fix: make a mask by a comparison: `mask.gt(&Tensor::zeros())`
use tintype::prelude::*;

fn main() {
    let mask = tensor([1.0, 0.0]);
    let y = tensor([1.0, 2.0]).masked_fill(&mask, 0.0);
}
