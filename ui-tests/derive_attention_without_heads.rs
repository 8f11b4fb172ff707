//! topic: What only tintype says
//! pytorch: no error: PyTorch divides the width when the program runs
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/activation.py
//! fix: say that the width is that of heads: `where Dim<D>: Heads<H>` on the struct
use tintype::prelude::*;

#[derive(Module)]
struct Block<const D: usize, const H: usize, T: Track = Tracked> {
    attention: In<CausalSelfAttention<D, H>, T>,
    norm: In<LayerNorm<D>, T>,
}

fn main() {}
