//! topic: Losses and labels
//! pytorch: RuntimeError: The size of tensor a (784) must match the size of tensor b (28) at non-singleton dimension 3
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 784, 28
//! fix: flatten the images too: `images.flatten_from::<1>()`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Flatten, Linear::<784, 784>::new(&mut rng), Sigmoid);
    let images = Tensor4::<8, 1, 28, 28>::ones();
    let loss = net.forward(&images).mse_loss(&images);
}
