//! RuntimeError: permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering
//! numbers: 1, 0, 2, 3, 4
use tintype::prelude::*;

fn main() {
    let y = Tensor3::<2, 3, 4>::ones().permute::<Axes2<1, 0>>();
}
