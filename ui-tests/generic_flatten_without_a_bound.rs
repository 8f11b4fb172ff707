//! topic: What only tintype says
//! pytorch: no error: PyTorch learns the number of channels when the program runs
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! numbers: 7
//! fix: say what is computed: `where Dim<C>: Times<(Dim<7>, Dim<7>)>`, with `use tintype::dim::Times`
use tintype::prelude::*;

fn features<const B: usize, const C: usize>(x: &Tensor4<B, C, 7, 7>) -> f32 {
    x.flatten_from::<1>().max_axis::<1>().mean().item()
}

fn main() {
    println!("{}", features(&Tensor4::<2, 16, 7, 7>::ones()));
}
