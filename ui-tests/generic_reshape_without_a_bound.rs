//! topic: What only tintype says
//! pytorch: no error: PyTorch learns the number of positions when the program runs
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! numbers: 64, 8
//! fix: say that it can be done: `where Rank2<S, 64>: ReshapeTo<Rank3<S, 8, 8>>`, with `use tintype::shape::ReshapeTo`
use tintype::prelude::*;

fn heads<const S: usize>(x: &Tensor2<S, 64>) -> Tensor3<S, 8, 8> {
    x.reshape()
}

fn main() {
    println!("{}", heads(&Tensor2::<10, 64>::ones()));
}
