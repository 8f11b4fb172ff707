//! topic: What only tintype says
//! pytorch: no error
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! numbers: 5001
//! fix: add the number: `TINTYPE_DIMS = "5001"` in `.cargo/config.toml`
use tintype::prelude::*;

fn main() {
    let y = Tensor1::<2501>::ones().concat::<0>(&Tensor1::<2500>::ones());
}
