//! topic: Functions and modules of one's own
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x32 and 16x128)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 16, 32
//! fix: make the decoder begin with the 32 that the encoder gives
use tintype::prelude::*;

#[derive(Module)]
struct Autoencoder {
    encoder: (Linear<784, 128>, ReLU, Linear<128, 32>),
    decoder: (Linear<16, 128>, ReLU, Linear<128, 784>),
}

impl<const B: usize> Module<Tensor2<B, 784>> for Autoencoder {
    type Output = Tensor2<B, 784, f32, Tracked>;
    fn apply(&self, x: &Tensor2<B, 784>) -> Self::Output {
        self.decoder.forward(&self.encoder.forward(x))
    }
}

fn main() {
    let rng = &mut StdRng::seed_from_u64(0);
    let net = Autoencoder {
        encoder: (Linear::new(rng), ReLU, Linear::new(rng)),
        decoder: (Linear::new(rng), ReLU, Linear::new(rng)),
    };
    println!("{:?}", net.forward(&Tensor2::<2, 784>::ones()).shape());
}
