//! topic: Shapes and axes
//! pytorch: no error: the four parts have 17, 17, 17 and 15 columns
//! when: never, or later: where the parts meet
//! seen: https://pytorch.org/docs/stable/generated/torch.chunk.html
//! numbers: 66, 4
//! fix: a multiple of 4, such as 64
use tintype::prelude::*;

fn main() {
    let gates = Tensor2::<8, 66>::ones();
    let [input, forget, cell, output] = gates.chunk::<1, 4>();
}
