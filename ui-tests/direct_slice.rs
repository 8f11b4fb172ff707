//! topic: Linear layers and sequences
//! pytorch: TypeError: linear(): argument 'input' (position 1) must be Tensor, not list
//! when: in the forward pass, at the first sample
//! seen: pytorch/pytorch torch/csrc/utils/python_arg_parser.cpp
//! fix: take an array, `&[f32; 4]`, whose length is in its type
use tintype::prelude::*;

struct Agent {
    net: (Linear<4, 32>, Tanh, Linear<32, 2>),
}

impl Agent {
    fn act(&self, seen: &[f32]) -> bool {
        let q = self.net.infer(seen);
        q[0] > q[1]
    }
}

fn main() {}
