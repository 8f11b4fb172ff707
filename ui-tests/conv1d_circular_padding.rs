//! topic: Pooling and padding
//! pytorch: RuntimeError: Padding value causes wrapping around more than once.
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/PadNd.cpp
//! numbers: 9, 8
//! fix: pad by at most the length of the signal
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv1d::<2, 3, 3, Stride<1>, Circular<9>>::new(&mut rng);
    let y = conv.forward(&Tensor3::<1, 2, 8>::rand(&mut rng));
}
