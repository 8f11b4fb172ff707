//! topic: Normalisation, attention and embeddings
//! pytorch: RuntimeError: Given normalized_shape=[192], expected input with shape [*, 192], but got input of size[2, 192, 16]
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/layer_norm.h
//! numbers: 192, 16
//! fix: channels come last: `.flatten_from::<2>().transpose::<1, 2>()`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let patches = Conv2d::<3, 192, 16, 16, Stride<16>>::new(&mut rng);
    let norm = LayerNorm::<192>::new();
    let images = Tensor4::<2, 3, 64, 64>::ones();
    let y = norm.forward(&patches.forward(&images).flatten_from::<2>());
}
