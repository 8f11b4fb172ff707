//! topic: Losses and labels
//! pytorch: ValueError: Expected input batch_size (4) to match target batch_size (3).
//! when: where the loss is computed
//! seen: pytorch/pytorch aten/src/ATen/native/LossNLL.cpp
//! numbers: 4, 3
//! fix: give four labels; a last batch with fewer samples is `Labels::padded`
use tintype::prelude::*;

fn main() -> tintype::Result<()> {
    let labels = Labels::<4, 10>::try_from([0, 1, 2])?;
    println!("{:?}", labels.as_slice());
    Ok(())
}
