//! topic: What only tintype says
//! pytorch: no error: PyTorch divides the width when the program runs
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/activation.py
//! fix: say that the heads divide the width: `where Dim<D>: EvenHeads<H>` on `fn new`
use tintype::prelude::*;

#[derive(Module)]
struct Block<const D: usize, const H: usize>
where
    Dim<D>: Heads<H>,
{
    attention: CausalSelfAttention<D, H>,
}

impl<const D: usize, const H: usize> Block<D, H>
where
    Dim<D>: Heads<H>,
{
    fn new(rng: &mut StdRng) -> Self {
        let attention = MultiheadAttention::new(rng);
        Block { attention }
    }
}

fn main() {
    println!("{}", Block::<64, 8>::new(&mut StdRng::seed_from_u64(0)).parameter_count());
}
