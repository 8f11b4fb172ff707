//! topic: Losses and labels
//! pytorch: RuntimeError: expected target dtype to be Long or Byte, but got Int
//! when: where the loss is computed
//! seen: pytorch/pytorch aten/src/ATen/native/LossNLL.cpp
//! numbers: 4
//! fix: convert them: `read.iter().map(|&label| label as usize).collect::<Vec<_>>()`
use tintype::prelude::*;

fn main() -> tintype::Result<()> {
    let read: Vec<i32> = vec![1, 2, 3, 4];
    let labels = Labels::<4, 10>::try_from(read)?;
    println!("{:?}", labels.as_slice());
    Ok(())
}
