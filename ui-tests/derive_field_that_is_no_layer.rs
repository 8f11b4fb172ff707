//! A field that is neither a layer nor skipped
use tintype::prelude::*;

#[derive(Module)]
struct Net {
    layer: Linear<4, 2>,
    name: String,
}

fn main() {}
