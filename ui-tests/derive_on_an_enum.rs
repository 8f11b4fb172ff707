//! A module is a struct
use tintype::prelude::*;

#[derive(Module)]
enum Net {
    Small(Linear<4, 2>),
    Large(Linear<4, 8>),
}

fn main() {}
