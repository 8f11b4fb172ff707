//! topic: Training, evaluation and frozen layers
//! pytorch: ValueError: Key `state` is invalid, expected torch.Tensor but received <class 'dict'>
//! when: where the file is written, after the training
//! seen: https://github.com/huggingface/safetensors/blob/main/bindings/python/py_src/safetensors/torch.py
//! fix: save it with its model: `save((&net, &optimizer), path)`
use tintype::io::save;
use tintype::prelude::*;

fn main() {
    let optimizer = Adam::new(1e-3);
    save(&optimizer, "optimizer.safetensors").unwrap();
}
