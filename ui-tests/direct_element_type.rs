//! topic: Element types
//! pytorch: RuntimeError: mat1 and mat2 must have the same dtype, but got Double and Float
//! when: in the forward pass, at the first sample
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 4
//! fix: convert the input, `&seen.map(|number| number as f32)`, or take layers of `f64`
use tintype::prelude::*;

struct Agent {
    net: (Linear<4, 32>, Tanh, Linear<32, 2>),
}

impl Agent {
    fn act(&self, seen: &[f64; 4]) -> bool {
        let q = self.net.infer(seen);
        q[0] > q[1]
    }
}

fn main() {}
