//! topic: Functions and modules of one's own
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x256 and 400x10)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 400, 256
//! fix: make the linear layer take 16 · 4 · 4 = 256 features
use tintype::prelude::*;

#[derive(Module)]
struct LeNet {
    conv1: Conv2d<1, 6, 5>,
    conv2: Conv2d<6, 16, 5>,
    fc: Linear<400, 10>,
}

impl<const B: usize> Module<Tensor4<B, 1, 28, 28>> for LeNet {
    type Output = Tensor2<B, 10, f32, Tracked>;
    fn apply(&self, x: &Tensor4<B, 1, 28, 28>) -> Self::Output {
        let pool = MaxPool2d::<2>::new();
        let x = pool.forward(&self.conv1.forward(x).relu());
        let x = pool.forward(&self.conv2.forward(&x).relu());
        self.fc.forward(&x.flatten_from::<1>())
    }
}

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = LeNet {
        conv1: Conv2d::new(&mut rng),
        conv2: Conv2d::new(&mut rng),
        fc: Linear::new(&mut rng),
    };
    println!("{:?}", net.forward(&Tensor4::<2, 1, 28, 28>::ones()).shape());
}
