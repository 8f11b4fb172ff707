//! topic: What only tintype says
//! pytorch: no error: a tensor of rank 7
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! fix: join two axes first: `reshape`, `flatten_from`
use tintype::prelude::*;

fn main() {
    let y = Tensor6::<1, 2, 1, 2, 1, 2>::ones().unsqueeze::<0>();
}
