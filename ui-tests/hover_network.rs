//! topic: What only tintype says
//! pytorch: no error: an editor shows `Tensor` for every tensor, even where its shape is annotated
//! when: never
//! seen: https://github.com/microsoft/pylance-release/issues/7746, https://github.com/facebookresearch/xformers/issues/43
//! numbers: 1, 10
//! fix: none is needed: this is what an editor shows of `y`

use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let block = Residual((Conv2d::<8, 8, 3, 3, Stride<1>, Same>::new(&mut rng), BatchNorm2d::<8>::new(), ReLU));
    let net = (Conv2d::<1, 8, 5>::new(&mut rng), block, MaxPool2d::<2>::new(), Flatten, Linear::<1152, 10>::new(&mut rng));
    let y = net.forward(&Tensor4::<1, 1, 28, 28>::rand(&mut rng));
    let () = y;
}
