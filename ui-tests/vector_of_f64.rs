//! topic: Element types
//! pytorch: RuntimeError: mat1 and mat2 must have the same dtype, but got Double and Float
//! when: where the tensor meets a layer
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 2
//! fix: `Tensor2::<2, 2, f64>::try_from(read)?.to::<f32>()`
use tintype::prelude::*;

fn main() -> tintype::Result<()> {
    let read: Vec<f64> = vec![1.0, 2.0, 3.0, 4.0];
    let x = Tensor2::<2, 2>::try_from(read)?;
    println!("{x}");
    Ok(())
}
