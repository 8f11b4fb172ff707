//! topic: Functions and modules of one's own
//! pytorch: no error: an empty `Sequential` gives its input back
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/container.py
//! fix: give the sequence a layer
use tintype::prelude::*;

#[derive(Module)]
#[module(sequence)]
struct Net {}

fn main() {

}
