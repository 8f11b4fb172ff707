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
