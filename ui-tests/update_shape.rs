//! topic: Gradients and the graph
//! pytorch: RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0
//! when: in the optimiser's step
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 2, 3
//! fix: a weight keeps its shape
use tintype::prelude::*;

fn main() {
    let mut weight = Tensor1::<2>::zeros().requires_grad();
    weight = Tensor1::<3>::zeros().requires_grad();
}
