//! topic: Normalisation, attention and embeddings
//! pytorch: IndexError: index 300 is out of bounds for dimension 0 with size 100
//! when: in the forward pass, at the first index that is not below 100
//! seen: pytorch/pytorch aten/src/ATen/native/TensorAdvancedIndexing.cpp
//! numbers: 100
//! fix: check them where they come from: `Indices::<Rank1<3>, 100>::try_from([1, 2, 300])?`
use tintype::prelude::*;

fn main() {
    let table = Tensor2::<100, 4>::ones();
    let rows = table.rows_at(&Tensor1::<3, usize>::from([1, 2, 300]));
}
