//! topic: Two tensors, entry by entry
//! pytorch: RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0
//! burn: The provided tensors have incompatible shapes. Incompatible size at dimension '0' => '2 != 3', which can't be broadcasted.
//! candle: shape mismatch in add, lhs: [2], rhs: [3]
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp, https://github.com/pytorch/pytorch/issues/9446
//! numbers: 2, 3
//! fix: give both sides one shape
use tintype::prelude::*;

fn main() {
    let y = tensor([1.0, 2.0]) + tensor([1.0, 2.0, 3.0]);
}
