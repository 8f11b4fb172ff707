//! topic: Normalisation, attention and embeddings
//! pytorch: IndexError: index out of range in self
//! when: in the forward pass, at the first word that is not among them
//! seen: pytorch/pytorch aten/src/ATen/native/TensorAdvancedIndexing.cpp, https://github.com/facebookresearch/MUSE/issues/179
//! numbers: 50257, 50000
//! fix: one vocabulary for the words and the layer: `Embedding<50257, 8>`

use tintype::prelude::*;

fn main() {
    let embedding = Embedding::<50000, 8>::new(&mut StdRng::seed_from_u64(0));
    let words = Indices::<Rank1<3>, 50257>::try_from([15496, 11, 995]).unwrap();
    let y = embedding.forward(&words);
}
