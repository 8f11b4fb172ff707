//! topic: What only tintype says
//! pytorch: no error: PyTorch learns the width when the program runs
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! fix: say what is computed: `where Dim<N>: Plus<Dim<N>, Out = Dim<128>>`, with `use tintype::dim::Plus`
use tintype::prelude::*;

fn both<const B: usize, const N: usize>(x: &Tensor2<B, N>, y: &Tensor2<B, N>, to: &Linear<128, 10>) -> f32 {
    to.forward(&x.concat::<1>(y)).mean().item()
}

fn main() {
    let to = Linear::new(&mut StdRng::seed_from_u64(0));
    println!("{}", both(&Tensor2::<4, 64>::ones(), &Tensor2::ones(), &to));
}
