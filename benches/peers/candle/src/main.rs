//! The work in candle.

use candle_core::{D, DType, Device, Result, Tensor, Var};
use candle_nn::{
    AdamW, Conv2d, Conv2dConfig, Linear, Module, Optimizer, ParamsAdamW, SGD, VarBuilder, VarMap, conv2d, linear, loss,
    ops,
};
use harness::{Harness, Numbers};

fn constant(numbers: &mut Numbers, shape: &[usize], scale: f32) -> Result<Tensor> {
    Tensor::from_vec(numbers.vec(shape.iter().product(), scale), shape, &Device::Cpu)
}

fn convolution(
    harness: &Harness,
    numbers: &mut Numbers,
    names: [&str; 2],
    x: [usize; 4],
    weight: [usize; 4],
    padding: usize,
) -> Result<()> {
    let (x, bias) = (
        constant(numbers, &x, 1.0)?,
        constant(numbers, &[1, weight[0], 1, 1], 1.0)?,
    );
    let weight = constant(numbers, &weight, 0.1)?;
    harness.time(names[0], || x.conv2d(&weight, padding, 1, 1, 1)?.broadcast_add(&bias));
    let (x, weight, bias) = (
        Var::from_tensor(&x)?,
        Var::from_tensor(&weight)?,
        Var::from_tensor(&bias)?,
    );
    harness.time(names[1], || {
        x.conv2d(&weight, padding, 1, 1, 1)?
            .broadcast_add(&bias)?
            .sum_all()?
            .backward()
    });
    Ok(())
}

struct Small(Linear, Linear, Linear);

impl Small {
    fn new(variables: &VarMap) -> Result<Small> {
        let at = VarBuilder::from_varmap(variables, DType::F32, &Device::Cpu);
        Ok(Small(
            linear(4, 32, at.pp("a"))?,
            linear(32, 32, at.pp("b"))?,
            linear(32, 2, at.pp("c"))?,
        ))
    }

    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        self.2.forward(&self.1.forward(&self.0.forward(x)?.relu()?)?.relu()?)
    }
}

struct LeNet {
    conv1: Conv2d,
    conv2: Conv2d,
    linear: Linear,
}

impl LeNet {
    fn new(variables: &VarMap) -> Result<LeNet> {
        let at = VarBuilder::from_varmap(variables, DType::F32, &Device::Cpu);
        let plain = Conv2dConfig::default();
        Ok(LeNet {
            conv1: conv2d(1, 8, 5, plain, at.pp("conv1"))?,
            conv2: conv2d(8, 16, 5, plain, at.pp("conv2"))?,
            linear: linear(256, 10, at.pp("linear"))?,
        })
    }

    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let x = self.conv1.forward(x)?.relu()?.max_pool2d(2)?;
        let x = self.conv2.forward(&x)?.relu()?.max_pool2d(2)?;
        self.linear.forward(&x.flatten_from(1)?)
    }
}

fn main() -> Result<()> {
    let harness = &Harness::new("candle");
    let numbers = &mut Numbers::default();

    convolution(harness, numbers, ["C1", "C2"], [1, 20, 64, 128], [16, 20, 3, 5], 0)?;
    convolution(harness, numbers, ["C3", "C4"], [32, 64, 28, 28], [64, 64, 3, 3], 1)?;
    for (name, n) in [("M1", 64), ("M2", 256), ("M3", 1024)] {
        let (a, b) = (constant(numbers, &[n, n], 1.0)?, constant(numbers, &[n, n], 1.0)?);
        harness.time(name, || a.matmul(&b));
    }
    {
        let mut layer = |inputs, outputs| -> Result<Linear> {
            let bias = constant(numbers, &[outputs], 0.3)?;
            Ok(Linear::new(constant(numbers, &[outputs, inputs], 0.3)?, Some(bias)))
        };
        let net = Small(layer(4, 32)?, layer(32, 32)?, layer(32, 2)?);
        let x = constant(numbers, &[1, 4], 1.0)?;
        harness.time("N1", || net.forward(&x));
    }
    for (name, batch) in [("N2", 1), ("N3", 32)] {
        let variables = VarMap::new();
        let net = Small::new(&variables)?;
        let mut sgd = SGD::new(variables.all_vars(), 1e-3)?;
        let (x, t) = (
            constant(numbers, &[batch, 4], 1.0)?,
            constant(numbers, &[batch, 2], 1.0)?,
        );
        harness.time(name, || sgd.backward_step(&loss::mse(&net.forward(&x)?, &t)?));
    }
    {
        let x = constant(numbers, &[64, 1, 28, 28], 1.0)?;
        let labels = Tensor::from_vec((0..64_u32).map(|i| i % 10).collect(), 64, &Device::Cpu)?;
        let variables = VarMap::new();
        let net = LeNet::new(&variables)?;
        let settings = ParamsAdamW {
            lr: 1e-3,
            weight_decay: 0.0,
            ..Default::default()
        };
        let mut adam = AdamW::new(variables.all_vars(), settings)?;
        harness.time("N4", || {
            adam.backward_step(&loss::cross_entropy(&net.forward(&x)?, &labels)?)
        });
    }
    {
        let x = Var::from_tensor(&constant(numbers, &[1 << 20], 1.0)?)?;
        harness.time("E1", || ((x.as_tensor() * 2.0)? + 1.0)?.relu()?.mean_all()?.backward());
        let x = Var::from_tensor(&constant(numbers, &[3], 1.0)?)?;
        harness.time("G1", || {
            let y = (0..1000).try_fold(x.as_tensor().clone(), |y, _| y * 2.0)?;
            y.sum_all()?.backward()
        });
    }
    let x = constant(numbers, &[128, 1000], 1.0)?;
    harness.time("R1", || ops::softmax_last_dim(&x));
    let x = constant(numbers, &[256, 768], 1.0)?;
    let (weight, bias) = (constant(numbers, &[768], 1.0)?, constant(numbers, &[768], 1.0)?);
    harness.time("R2", || ops::layer_norm(&x, &weight, &bias, 1e-5));
    let mut heads = || Var::from_tensor(&constant(numbers, &[1, 8, 128, 64], 1.0)?);
    let (q, k, v) = (heads()?, heads()?, heads()?);
    harness.time("A1", || {
        let scores = (q.matmul(&k.transpose(2, 3)?)? * 0.125)?;
        ops::softmax(&scores, D::Minus1)?.matmul(&v)?.sum_all()?.backward()
    });
    Ok(())
}
