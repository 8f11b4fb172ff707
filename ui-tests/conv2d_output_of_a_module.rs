//! topic: Convolution
//! pytorch: RuntimeError: The size of tensor a (30) must match the size of tensor b (31) at non-singleton dimension 3
//! when: where the output meets something of another size
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 31, 30, 32, 3
//! fix: of 32 a kernel of 3 leaves 30: `Output = Tensor4<1, 8, 30, 30, f32, Tracked>`
use tintype::prelude::*;

type Image = Tensor4<1, 3, 32, 32>;

fn features<N: Module<Image, Output = Tensor4<1, 8, 31, 31, f32, Tracked>>>(net: &N) -> Tensor1<8, f32, Tracked> {
    net.forward(&Image::ones()).mean_axis::<3>().mean_axis::<2>().at::<0>(0)
}

fn main() {
    features(&Conv2d::<3, 8, 3>::new(&mut StdRng::seed_from_u64(0)));
}
