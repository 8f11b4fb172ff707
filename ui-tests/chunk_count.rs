//! topic: Shapes and axes
//! pytorch: ValueError: too many values to unpack (expected 3)
//! when: in the forward pass, at the first batch
//! seen: https://pytorch.org/docs/stable/generated/torch.chunk.html
//! numbers: 4, 3
//! fix: a name for each part
use tintype::prelude::*;

fn main() {
    let gates = Tensor2::<8, 64>::ones();
    let [input, forget, cell] = gates.chunk::<1, 4>();
}
