//! topic: Normalisation, attention and embeddings
//! pytorch: AssertionError: embed_dim must be divisible by num_heads
//! when: when the layer is made
//! seen: pytorch/pytorch torch/nn/modules/activation.py, https://github.com/facebookresearch/detr/issues/499
//! numbers: 64, 6
//! fix: a number of heads that divides the width: `Block::<64, 8>`
use tintype::prelude::*;

#[derive(Module)]
struct Block<const D: usize, const H: usize, T: Track = Tracked>
where
    Dim<D>: Heads<H>,
{
    attention: In<CausalSelfAttention<D, H>, T>,
}

impl<const D: usize, const H: usize> Block<D, H>
where
    Dim<D>: Heads<H>,
{
    fn new(rng: &mut StdRng) -> Self
    where
        Dim<D>: EvenHeads<H>,
    {
        let attention = MultiheadAttention::new(rng);
        Block { attention }
    }
}

fn main() {
    let block = Block::<64, 6>::new(&mut StdRng::seed_from_u64(0));
}
