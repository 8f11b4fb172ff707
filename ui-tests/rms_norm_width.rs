//! topic: Normalisation, attention and embeddings
//! pytorch: RuntimeError: Given normalized_shape=[512], expected input with shape [*512], but got input of size[1, 7, 768]
//! when: in the forward pass
//! seen: https://github.com/Comfy-Org/ComfyUI/issues/14271
//! numbers: 512, 768
//! fix: normalise the axis that there is: `RmsNorm<768>`

use tintype::prelude::*;

fn main() {
    let norm = RmsNorm::<512>::new();
    let y = norm.forward(&Tensor3::<1, 7, 768>::ones());
}
