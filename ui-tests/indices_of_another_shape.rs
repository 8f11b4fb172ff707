//! topic: Making and reading tensors
//! pytorch: RuntimeError: shape '[2, 5]' is invalid for input of size 8
//! when: where the indices are made
//! seen: pytorch/pytorch aten/src/ATen/InferSize.h
//! numbers: 5, 4
//! fix: name the shape that the array has: `Indices::<Rank2<2, 4>, 100>`
use tintype::prelude::*;

fn main() -> tintype::Result<()> {
    let words = Indices::<Rank2<2, 5>, 100>::try_from([[0; 4]; 2])?;
    println!("{:?}", words.as_slice());
    Ok(())
}
