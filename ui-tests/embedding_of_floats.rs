//! topic: Normalisation, attention and embeddings
//! pytorch: RuntimeError: Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got torch.FloatTensor instead (while checking arguments for embedding)
//! when: in the forward pass
//! seen: pytorch/pytorch aten/src/ATen/TensorUtils.cpp, https://github.com/pytorch/pytorch/issues/116598
//! fix: make the words as `Indices::<Rank1<3>, 100>::try_from([…])`

use tintype::prelude::*;

fn main() {
    let embedding = Embedding::<100, 8>::new(&mut StdRng::seed_from_u64(0));
    let y = embedding.forward(&tensor([1.0, 2.0, 3.0]));
}
