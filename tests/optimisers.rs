//! Optimisers on models: what is changed, what is left alone, what is remembered. Their trajectories are in `oracles`.

use tintype::prelude::*;

fn rng() -> StdRng {
    StdRng::seed_from_u64(3)
}

type Net = (Linear<2, 3>, Tanh, Linear<3, 1>);

fn net() -> Net {
    (Linear::new(&mut rng()), Tanh, Linear::new(&mut rng()))
}

fn gradients(net: &Net) -> Gradients {
    net.forward(&tensor([[0.5, -1.0], [1.5, 2.0]]))
        .square()
        .mean()
        .backward()
}

/// Takes three steps, with the model moved and cloned in between.
fn three_steps(mut optimizer: impl Optimizer, mut between: impl FnMut(Net) -> Net) -> Net {
    let mut net = net();
    for _ in 0..3 {
        let gradients = gradients(&net);
        optimizer.step(&mut net, &gradients);
        net = between(net);
    }
    net
}

fn assert_same(a: &Net, b: &Net) {
    assert_eq!(a.0.weight, b.0.weight);
    assert_eq!(a.0.bias, b.0.bias);
    assert_eq!(a.2.weight, b.2.weight);
    assert_eq!(a.2.bias, b.2.bias);
}

#[test]
fn state_survives_the_model_moving_and_becoming_new_leaves() {
    let rebuilt = |net: Net| net.freeze().unfreeze();
    assert_same(
        &three_steps(Adam::new(0.1), |net| net),
        &three_steps(Adam::new(0.1), rebuilt),
    );
    let momentum = Sgd::new(0.1).momentum(0.9).nesterov(true);
    assert_same(
        &three_steps(momentum.clone(), |net| net),
        &three_steps(momentum, rebuilt),
    );
}

#[test]
fn parameters_without_a_gradient_are_left_alone() {
    let mut optimizers = (
        Sgd::new(0.1).momentum(0.9).weight_decay(0.1),
        Adam::new(0.1).weight_decay(0.1),
        AdamW::new(0.1),
    );
    fn run(optimizer: &mut impl Optimizer) {
        let (used, unused, frozen) = (
            Linear::<2, 2>::new(&mut rng()),
            Linear::<2, 2>::new(&mut rng()),
            tensor([1.0]),
        );
        let mut model = (used.clone(), unused.clone(), frozen);
        let gradients = model.0.forward(&tensor([1.0, 1.0])).sum().backward();
        optimizer.step(&mut model, &gradients);
        assert_ne!(model.0.weight, used.weight);
        assert_ne!(model.0.bias, used.bias);
        assert_eq!(model.1.weight, unused.weight);
        assert_eq!(model.1.bias, unused.bias);
        assert_eq!(model.2.array(), &[1.0]);
    }
    run(&mut optimizers.0);
    run(&mut optimizers.1);
    run(&mut optimizers.2);
}

#[test]
fn a_parameter_that_joins_later_starts_its_own_count() {
    let (mut early, mut late) = (tensor([1.0]).requires_grad(), tensor([1.0]).requires_grad());
    let mut optimizer = Adam::new(0.1);
    let mut model = (early.clone(), late.clone());
    let gradients = early.square().sum().backward();
    optimizer.step(&mut model, &gradients);
    (early, late) = model.clone();
    let gradients = (early.square().sum() + late.square().sum()).backward();
    optimizer.step(&mut model, &gradients);
    // Adam's first step goes as far as the learning rate.
    assert!((model.1[[0]] - 0.9).abs() < 1e-6);
    assert!((model.0[[0]] - 0.8).abs() < 1e-3);
}

#[test]
fn element_types_may_be_mixed() {
    let mut model = (
        tensor([2.0]).requires_grad(),
        Tensor1::<1, f64>::from([2.0]).requires_grad(),
    );
    let mut optimizer = Adam::new(0.5);
    let gradients = model.0.square().sum().backward() + model.1.square().sum().backward();
    optimizer.step(&mut model, &gradients);
    assert!((model.0[[0]] - 1.5).abs() < 1e-6);
    assert!((model.1[[0]] - 1.5).abs() < 1e-8);
}

#[test]
fn long_parameters_are_stepped_like_short_ones() {
    const N: usize = 300_000;
    let start = |i: usize| ((i % 7) as f32 - 3.0) / 2.0;
    fn run(mut optimizer: impl Optimizer, start: fn(usize) -> f32) {
        let mut long = Tensor1::<N>::from_fn(start).requires_grad();
        let mut short = Tensor1::<7>::from_fn(start).requires_grad();
        for _ in 0..3 {
            let gradients = long.square().sum().backward() + short.square().sum().backward();
            let mut model = (long, short);
            optimizer.step(&mut model, &gradients);
            (long, short) = model;
        }
        assert!(long.iter().enumerate().all(|(i, entry)| *entry == short[[i % 7]]));
    }
    run(Sgd::new(0.1), start);
    run(Sgd::new(0.1).momentum(0.9).weight_decay(0.1), start);
    run(Adam::new(0.1), start);
    run(Adam::new(0.1).amsgrad(true), start);
}

#[test]
fn the_learning_rate_can_be_changed() {
    let mut optimizer = Sgd::new(0.1);
    optimizer.set_learning_rate(0.5 * optimizer.learning_rate());
    assert_eq!(optimizer.learning_rate(), 0.05);
    let mut w = tensor([1.0]).requires_grad();
    let gradients = (&w * 2.0).sum().backward();
    optimizer.step(&mut w, &gradients);
    assert_eq!(w.array(), &[0.9]);
}

#[test]
#[should_panic(
    expected = "the parameter `weight` has 8 entries of f32, and in earlier steps of this optimiser it had 6 of f32"
)]
fn another_model_is_refused() {
    let mut optimizer = Adam::new(0.1);
    let mut first = Linear::<3, 2>::new(&mut rng());
    let gradients = first.forward(&tensor([1.0, 2.0, 3.0])).sum().backward();
    optimizer.step(&mut first, &gradients);
    let mut second = Linear::<4, 2>::new(&mut rng());
    let gradients = second.forward(&tensor([1.0, 2.0, 3.0, 4.0])).sum().backward();
    optimizer.step(&mut second, &gradients);
}

#[test]
#[should_panic(expected = "had 1 of f32")]
fn another_element_type_is_refused() {
    let mut optimizer = Sgd::new(0.1).momentum(0.5);
    let mut w = tensor([1.0]).requires_grad();
    let gradients = w.square().sum().backward();
    optimizer.step(&mut w, &gradients);
    let mut w = Tensor1::<1, f64>::ones().requires_grad();
    let gradients = w.square().sum().backward();
    optimizer.step(&mut w, &gradients);
}

#[test]
#[should_panic(expected = "they are 0 and 0")]
fn nesterov_needs_a_momentum() {
    let mut w = tensor([1.0]).requires_grad();
    let gradients = w.square().sum().backward();
    Sgd::new(0.1).nesterov(true).step(&mut w, &gradients);
}

#[test]
#[should_panic(expected = "a learning rate must be finite and not negative, not -0.1")]
fn a_negative_learning_rate_is_refused() {
    Adam::new(-0.1);
}

#[test]
#[should_panic(expected = "β₂ must be at least 0 and less than 1, not 1")]
fn a_beta_of_one_is_refused() {
    AdamW::new(0.1).betas(0.9, 1.0);
}

/// Training that is stopped, saved and loaded goes on as if it had not stopped.
#[cfg(feature = "io")]
mod resumed {
    use super::*;
    use std::fs;
    use std::path::Path;
    use tintype::io::{load, save};
    use tintype::optim::Resume;

    #[derive(Module, Clone)]
    #[module(sequence)]
    struct Net<E: Float, T: Track = Tracked> {
        hidden: Linear<2, 3, E, T>,
        norm: BatchNorm1d<3, E, T>,
        output: Linear<3, 1, E, T>,
    }

    fn net<E: Float>(seed: u64) -> Net<E> {
        let mut rng = StdRng::seed_from_u64(seed);
        Net {
            hidden: Linear::new(&mut rng),
            norm: BatchNorm1d::new(),
            output: Linear::new(&mut rng),
        }
    }

    fn train<E: Float>(net: &mut Net<E>, optimizer: &mut impl Optimizer, steps: core::ops::Range<u64>) {
        for step in steps {
            let x =
                Tensor2::<6, 2, E>::from_fn(|i| E::from((i as u64 * 7 + step * 3) % 11).unwrap() / E::from(5).unwrap());
            let gradients = net.forward(&x).square().mean().backward();
            optimizer.step(net, &gradients);
        }
    }

    fn bytes(path: &Path) -> Vec<u8> {
        fs::read(path).unwrap()
    }

    /// `other` has other settings, which those of the file replace.
    fn check<E: Float, O: Resume + Clone>(optimizer: &O, other: &O) {
        let folder = tempfile::TempDir::new().unwrap();
        let [stopped, never, again] = ["stopped", "never", "again"].map(|name| folder.path().join(name));

        let (mut net, mut optimizer) = (self::net::<E>(1), optimizer.clone());
        train(&mut net, &mut optimizer, 0..3);
        optimizer.set_learning_rate(0.7 * optimizer.learning_rate());
        save((&net, &optimizer), &stopped).unwrap();
        train(&mut net, &mut optimizer, 3..7);
        save((&net, &optimizer), &never).unwrap();

        let (mut net, mut optimizer) = (self::net::<E>(2), other.clone());
        train(&mut net, &mut optimizer, 0..2); // all of which is forgotten
        load((&mut net, &mut optimizer), &stopped).unwrap();
        save((&net, &optimizer), &again).unwrap();
        assert!(bytes(&again) == bytes(&stopped));
        train(&mut net, &mut optimizer, 3..7);
        save((&net, &optimizer), &again).unwrap();
        assert!(bytes(&again) == bytes(&never), "what was resumed went another way");

        // The model alone, as it was.
        let mut alone = self::net::<E>(3);
        load(&mut alone, &stopped).unwrap();
        let mut both = (self::net::<E>(4), other.clone());
        load((&mut both.0, &mut both.1), &stopped).unwrap();
        assert_eq!(alone.hidden.weight, both.0.hidden.weight);
        assert_eq!(alone.norm.running_mean(), both.0.norm.running_mean());
    }

    fn check_both<O: Resume + Clone>(optimizer: &O, other: &O) {
        check::<f32, O>(optimizer, other);
        check::<f64, O>(optimizer, other);
    }

    #[test]
    fn every_optimiser_goes_on_bit_for_bit() {
        let momentum = Sgd::new(0.03).momentum(0.9);
        check_both(&momentum, &Sgd::new(0.5));
        check_both(&momentum.clone().dampening(0.3).weight_decay(0.01), &momentum);
        check_both(&momentum.clone().nesterov(true), &momentum);
        check_both(&Sgd::new(0.1), &momentum);
        let adam = Adam::new(0.03).betas(0.8, 0.95).epsilon(1e-6).weight_decay(0.01);
        check_both(&adam, &Adam::new(0.5));
        check_both(&adam.clone().amsgrad(true), &adam);
        check_both(&adam, &adam.clone().amsgrad(true));
        check_both(&AdamW::new(0.03), &AdamW::new(0.5).weight_decay(0.5));
        check_both(&AdamW::new(0.03).amsgrad(true), &AdamW::new(0.5));
    }

    #[test]
    fn parameters_that_have_not_learned_yet_are_resumed_as_such() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("training");
        let mut model = (tensor([1.0]).requires_grad(), tensor([1.0]).requires_grad());
        let mut optimizer = Adam::new(0.1);
        let gradients = model.0.square().sum().backward();
        optimizer.step(&mut model, &gradients);
        save((&model, &optimizer), &path).unwrap();
        let (mut resumed, mut other) = (model.clone(), Adam::new(0.5));
        load((&mut resumed, &mut other), &path).unwrap();
        for (model, optimizer) in [(&mut model, &mut optimizer), (&mut resumed, &mut other)] {
            let gradients = (model.0.square().sum() + model.1.square().sum()).backward();
            optimizer.step(model, &gradients);
        }
        assert_eq!((&resumed.0, &resumed.1), (&model.0, &model.1));
    }

    /// Loads into a fresh pair, which must be refused for these reasons, with both left as they were.
    #[track_caller]
    fn assert_refused<E: Float, O: Resume + Clone>(optimizer: &O, path: &Path, reasons: &[&str]) {
        let folder = tempfile::TempDir::new().unwrap();
        let [before, after] = ["before", "after"].map(|name| folder.path().join(name));
        let (mut net, mut optimizer) = (self::net::<E>(5), optimizer.clone());
        train(&mut net, &mut optimizer, 0..2);
        save((&net, &optimizer), &before).unwrap();
        match load((&mut net, &mut optimizer), path).unwrap_err() {
            tintype::Error::Parameters { problems, .. } => assert_eq!(problems, reasons),
            other => panic!("{other}"),
        }
        save((&net, &optimizer), &after).unwrap();
        assert!(bytes(&after) == bytes(&before));
    }

    /// A file of a net with Adam, changed.
    fn changed(path: &Path, change: impl Fn(&mut Vec<(String, safetensors::Dtype, Vec<usize>, Vec<u8>)>)) {
        let (mut net, mut optimizer) = (self::net::<f32>(1), Adam::new(0.1));
        train(&mut net, &mut optimizer, 0..2);
        save((&net, &optimizer), path).unwrap();
        let content = bytes(path);
        let file = safetensors::SafeTensors::deserialize(&content).unwrap();
        let mut tensors: Vec<_> = file
            .iter()
            .map(|(name, view)| {
                (
                    name.to_owned(),
                    view.dtype(),
                    view.shape().to_vec(),
                    view.data().to_vec(),
                )
            })
            .collect();
        change(&mut tensors);
        let views = tensors.iter().map(|(name, dtype, shape, data)| {
            let view = safetensors::tensor::TensorView::new(*dtype, shape.clone(), data).unwrap();
            (name, view)
        });
        fs::write(path, safetensors::serialize(views, None).unwrap()).unwrap();
    }

    #[test]
    fn what_does_not_fit_changes_nothing() {
        use safetensors::Dtype;
        let folder = tempfile::TempDir::new().unwrap();
        let path = &folder.path().join("training");
        let adam = Adam::new(0.2);

        save(&net::<f32>(1), path).unwrap();
        assert_refused::<f32, _>(&adam, path, &["the file has a model alone, without an optimiser"]);
        save((&net::<f32>(1), &Sgd::new(0.1)), path).unwrap();
        let sgd = "the file is of the optimiser `Sgd`, and this one is `Adam`";
        assert_refused::<f32, _>(&adam, path, &[sgd]);
        save((&net::<f32>(1), &AdamW::new(0.1)), path).unwrap();
        let adamw = "the file is of the optimiser `AdamW`, and this one is `Adam`";
        assert_refused::<f32, _>(&adam, path, &[adamw]);

        for name in ["mean/hidden.weight", "square/output.bias", "steps/norm.bias", "beta1"] {
            let name = format!("optimizer/Adam/{name}");
            changed(path, |tensors| tensors.retain(|tensor| tensor.0 != name));
            let missing = format!("the file has no `{name}`");
            let mut reasons = vec![missing.as_str()];
            let left = ["mean", "square"]
                .map(|buffer| format!("the file has `optimizer/Adam/{buffer}/norm.bias`, which the model has not"));
            if name.contains("steps") {
                reasons.extend(left.iter().map(String::as_str));
            }
            assert_refused::<f32, _>(&adam, path, &reasons);
        }
        let mean = |tensors: &mut Vec<(String, Dtype, Vec<usize>, Vec<u8>)>| {
            tensors
                .iter()
                .position(|tensor| tensor.0 == "optimizer/Adam/mean/hidden.bias")
                .unwrap()
        };
        changed(path, |tensors| {
            let mean = mean(tensors);
            tensors[mean].2 = vec![2];
            tensors[mean].3.truncate(8);
        });
        let length = "`optimizer/Adam/mean/hidden.bias` is [2] in the file and [3] in the model";
        assert_refused::<f32, _>(&adam, path, &[length]);
        changed(path, |tensors| {
            let mean = mean(tensors);
            tensors[mean].1 = Dtype::I32;
        });
        let element =
            "`optimizer/Adam/mean/hidden.bias` is of I32 in the file, which f32 in the model does not hold exactly";
        assert_refused::<f32, _>(&adam, path, &[element]);
        changed(path, |tensors| {
            let rate = tensors
                .iter_mut()
                .find(|tensor| tensor.0 == "optimizer/Adam/learning_rate")
                .unwrap();
            rate.3 = (-1.0_f64).to_le_bytes().to_vec();
        });
        let rate = "`optimizer/Adam/learning_rate` is -1 in the file, and must be finite and not negative";
        assert_refused::<f32, _>(&adam, path, &[rate]);
        changed(path, |tensors| {
            let steps = tensors
                .iter_mut()
                .find(|tensor| tensor.0 == "optimizer/Adam/steps/norm.weight")
                .unwrap();
            steps.1 = Dtype::F64;
        });
        let error = load((&mut net::<f32>(1), &mut adam.clone()), path)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("`optimizer/Adam/steps/norm.weight` is [] of F64 in the file and one U64 in the optimiser"),
            "{error}"
        );
    }

    #[test]
    fn an_optimiser_of_another_model_is_not_saved() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("training");
        let (mut net, mut optimizer) = (self::net::<f32>(1), Adam::new(0.1));
        train(&mut net, &mut optimizer, 0..1);
        let error = save((&net.hidden, &optimizer), &path).unwrap_err().to_string();
        assert!(
            error.contains("the optimiser remembers `hidden.weight`, which the model has not"),
            "{error}"
        );
        let error = save((&self::net::<f64>(1), &optimizer), &path).unwrap_err().to_string();
        assert!(
            error.contains("`hidden.bias` has 3 entries of f64 in the model, and the optimiser remembers 3 of f32"),
            "{error}"
        );
        assert!(!path.exists());
    }
}
