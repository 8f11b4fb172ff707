//! topic: Training, evaluation and frozen layers
//! pytorch: no error: the two `state_dict`s are saved under names that one writes oneself
//! when: never: the program runs on
//! seen: pytorch/tutorials beginner_source/saving_loading_models.py
//! fix: the model comes first: `save((&net, &optimizer), path)`
use tintype::io::save;
use tintype::prelude::*;

fn main() {
    let net = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    let optimizer = Adam::new(0.1);
    save((&optimizer, &net), "training.safetensors").unwrap();
}
