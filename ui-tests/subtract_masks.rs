//! topic: Element types
//! pytorch: RuntimeError: Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/BinaryOps.h
//! fix: invert a mask by `!mask`
use tintype::prelude::*;

fn main() {
    let mask = Tensor1::<2, bool>::from([true, false]);
    let y = &mask - &mask;
}
