//! A double beside a float tensor
use tintype::prelude::*;

fn main() {
    let half: f64 = 0.5;
    let y = Tensor1::<2, f32>::ones() * half;
}
