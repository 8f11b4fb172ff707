//! topic: What only tintype says
//! pytorch: no error: there labels are a tensor, and whether each is the number of a class is looked at where the loss is computed
//! when: where the labels are made, before they meet logits
//! seen: pytorch/pytorch torch/nn/functional.py
//! numbers: 4
//! fix: `Labels::try_from(read.to::<usize>().as_slice())`
use tintype::prelude::*;

fn main() -> tintype::Result<()> {
    let read = Tensor1::<4, i64>::from([1, 2, 3, 4]);
    let labels = Labels::<4, 10>::try_from(read)?;
    println!("{:?}", labels.as_slice());
    Ok(())
}
