//! topic: Functions and modules of one's own
//! pytorch: no error: an object that is no `nn.Module` is an attribute like any other, and what it holds is neither trained nor saved
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: put `#[derive(Module)]` on the inner struct, or `#[module(skip)]` on the field
use tintype::prelude::*;

struct Schedule {
    steps: Vec<usize>,
}

#[derive(Module)]
struct Net {
    layer: Linear<4, 2>,
    schedule: Option<Schedule>,
}

fn main() {
    let layer = Linear::new(&mut StdRng::seed_from_u64(0));
    let net = Net { layer, schedule: Some(Schedule { steps: vec![10, 20] }) };
    println!("{} {}", net.parameter_count(), net.schedule.map_or(0, |schedule| schedule.steps.len()));
}
