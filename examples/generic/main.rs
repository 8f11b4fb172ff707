//! A cookbook of code that is generic over sizes. A size that is computed takes one bound; every other size takes none.
//!
//! `cargo run --example generic`
//!
//! Each file is a recipe: what one would write, and a `show` that uses and checks it.

// A type that says every size is what this is about, however complex clippy finds it.
#![allow(clippy::type_complexity)]

mod any_batch;
mod any_image;
mod any_shape;
mod boxed;
mod own_parameters;
mod recurrent;
mod residual;
mod with_optimiser;

use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    any_shape::show(&mut rng);
    any_batch::show(&mut rng);
    any_image::show(&mut rng);
    recurrent::show(&mut rng);
    residual::show(&mut rng);
    own_parameters::show(&mut rng);
    with_optimiser::show(&mut rng);
    boxed::show(&mut rng);
}
