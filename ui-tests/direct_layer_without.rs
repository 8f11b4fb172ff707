//! topic: What only tintype says
//! pytorch: no error: PyTorch runs every module with a graph
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: call `net.forward(&x)`, or use layers that `tintype::nn::direct` lists
use tintype::prelude::*;

fn main() {
    let net = (Linear::<4, 4>::new(&mut StdRng::seed_from_u64(0)), BatchNorm1d::<4>::new());
    let mut workspace = Workspace::<_, Rank2<8, 4>>::new();
    workspace.mse_loss(&net, &[[0.0; 4]; 8], &[[0.0; 4]; 8]);
}
