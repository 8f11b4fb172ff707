//! topic: What only tintype says
//! pytorch: no error: PyTorch learns the number of positions when the program runs
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! numbers: 64
//! fix: say that it can be done: `where (S, Dim<64>): ReshapeTo<(S, Dim<8>, Dim<8>)>`, with `use tintype::shape::ReshapeTo`
use tintype::prelude::*;

fn heads<S: Dimension>(x: &Tensor<(S, Dim<64>)>) -> Tensor<(S, Dim<8>, Dim<8>)> {
    x.reshape()
}

fn main() {
    println!("{}", heads(&Tensor2::<10, 64>::ones()));
}
