//! topic: What only tintype says
//! pytorch: no error
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! numbers: 123000
//! fix: add the number: `TINTYPE_DIMS = "123000"` in `.cargo/config.toml`
use tintype::prelude::*;

fn main() {
    let y = Tensor4::<1, 41, 50, 60>::ones().flatten_from::<1>();
}
