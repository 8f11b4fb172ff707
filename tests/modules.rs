//! Layers as users put them together: tuples, derived structs, their own `forward`.

use tintype::prelude::*;

fn rng() -> StdRng {
    StdRng::seed_from_u64(7)
}

#[derive(Module)]
#[module(sequence)]
struct Plain {
    hidden: Linear<4, 8>,
    relu: ReLU,
    output: Linear<8, 2>,
    #[module(skip)]
    note: String,
}

#[derive(Module)]
#[module(sequence)]
struct Positional(Linear<4, 8>, Tanh);

#[derive(Module)]
struct WithState<T: Track = Tracked> {
    hidden: In<Linear<4, 8>, T>,
    output: In<Linear<8, 2>, T>,
}

impl<B: Dimension, G: Track + Join<T>, T: Track> Module<Tensor<(B, Dim<4>), f32, G>> for WithState<T> {
    type Output = Tensor<(B, Dim<2>), f32, Joined<G, T>>;
    fn apply(&self, x: &Tensor<(B, Dim<4>), f32, G>) -> Self::Output {
        self.output.forward(&self.hidden.forward(x).relu())
    }
}

#[derive(Module)]
struct Residual<L> {
    inner: L,
}

impl<S: Shape, G: Track, H: Track + Join<G>, L: Module<Tensor<S, f32, G>, Output = Tensor<S, f32, H>>>
    Module<Tensor<S, f32, G>> for Residual<L>
{
    type Output = Tensor<S, f32, Joined<H, G>>;
    fn apply(&self, x: &Tensor<S, f32, G>) -> Self::Output {
        self.inner.forward(x) + x
    }
}

#[test]
fn a_plain_struct_is_a_sequence_and_has_a_frozen_twin() {
    let net = Plain {
        hidden: Linear::new(&mut rng()),
        relu: ReLU,
        output: Linear::new(&mut rng()),
        note: "kept".into(),
    };
    assert_eq!(
        net.parameter_names(),
        ["hidden.weight", "hidden.bias", "output.weight", "output.bias"]
    );
    let x = Tensor2::<5, 4>::rand(&mut rng());
    let learning: Tensor2<5, 2, f32, Tracked> = net.forward(&x);
    let frozen: FrozenPlain = net.freeze();
    let constant: Tensor2<5, 2> = frozen.forward(&x);
    assert_eq!(learning, constant);
    assert_eq!(frozen.parameter_count(), 4 * 8 + 8 + 8 * 2 + 2);
    assert_eq!(frozen.note, "kept");
    let again: Plain = frozen.unfreeze();
    assert!(again.hidden.weight.is_leaf());
}

#[test]
fn a_tuple_struct_counts_its_fields() {
    let net = Positional(Linear::new(&mut rng()), Tanh);
    assert_eq!(net.parameter_names(), ["0.weight", "0.bias"]);
    let y: Tensor1<8, f32, Tracked> = net.forward(&Tensor1::ones());
    let frozen: Tensor1<8> = net.freeze().forward(&Tensor1::ones());
    assert_eq!(y, frozen);
}

#[test]
fn a_struct_with_a_state_freezes_to_itself() {
    let net: WithState = WithState {
        hidden: Linear::new(&mut rng()),
        output: Linear::new(&mut rng()),
    };
    let x = Tensor2::<3, 4>::rand(&mut rng());
    let y: Tensor2<3, 2, f32, Tracked> = net.forward(&x);
    let frozen: WithState<Untracked> = net.freeze();
    let same: Tensor2<3, 2> = frozen.forward(&x);
    assert_eq!(y, same);
    // Of a frozen network the gradient with respect to the input remains.
    let x = x.requires_grad();
    assert!(frozen.forward(&x).sum().backward().get(&x).is_some());
}

#[test]
fn a_struct_generic_over_its_layer_freezes_the_layer() {
    let net = Residual {
        inner: (Linear::<4, 4>::new(&mut rng()), ReLU),
    };
    assert_eq!(net.parameter_names(), ["inner.0.weight", "inner.0.bias"]);
    let x = Tensor2::<3, 4>::rand(&mut rng());
    let y: Tensor2<3, 4, f32, Tracked> = net.forward(&x);
    let frozen: Residual<(Linear<4, 4, f32, Untracked>, ReLU)> = net.freeze();
    assert_eq!(frozen.forward(&x), y);
}

/// A model's number of parameters is a constant of its type, bias or not, frozen or not.
#[test]
fn parameters_are_counted_by_the_type() {
    const PLAIN: usize = Plain::PARAMETERS;
    assert_eq!(PLAIN, 4 * 8 + 8 + 8 * 2 + 2);
    const { assert!(FrozenPlain::PARAMETERS == PLAIN && <WithState>::PARAMETERS == PLAIN) }
    const { assert!(<WithState<Untracked>>::PARAMETERS == PLAIN) }
    const { assert!(Residual::<(Linear<4, 4>, ReLU)>::PARAMETERS == 20) }

    type Net = (
        WithoutBias<Conv2d<6, 9, 3, 5, Stride<2>, Padding<1>, Dilation<1>, Groups<3>>>,
        WithoutBias<Conv1d<2, 4, 3>>,
        [(WithoutBias<Linear<4, 4>>, Dropout, Linear<4, 4>); 3],
        Tensor2<7, 8>,
    );
    const NET: usize = 9 * 2 * 15 + 4 * 2 * 3 + 3 * (16 + 20) + 56;
    const { assert!(Net::PARAMETERS == NET) }
    const { assert!(In::<Net, Untracked>::PARAMETERS == NET) }
    let net: Net = (
        Conv2d::without_bias(&mut rng()),
        Conv1d::without_bias(&mut rng()),
        core::array::from_fn(|_| {
            (
                Linear::without_bias(&mut rng()),
                Dropout::new(0.5),
                Linear::new(&mut rng()),
            )
        }),
        Tensor::zeros(),
    );
    assert_eq!(net.parameter_count(), NET);
    assert_eq!(
        net.parameter_names()[2..5],
        ["2.0.0.weight", "2.0.2.weight", "2.0.2.bias"]
    );
    assert_eq!(net.freeze().parameter_count(), NET);
}

#[test]
fn an_array_is_a_sequence_of_its_layers() {
    let layers: [Linear<3, 3>; 4] = core::array::from_fn(|_| Linear::new(&mut rng()));
    let x = Tensor2::<2, 3>::rand(&mut rng());
    let frozen = layers.freeze();
    let y: Tensor2<2, 3> = frozen.forward(&x);
    assert_eq!(
        y,
        frozen[3].forward(&frozen[2].forward(&frozen[1].forward(&frozen[0].forward(&x))))
    );
}

#[test]
fn sequences_nest_and_are_as_long_as_twelve() {
    let deep = (
        (Linear::<4, 4>::new(&mut rng()), ReLU),
        Linear::<4, 4>::new(&mut rng()),
        Tanh,
        Linear::<4, 4>::new(&mut rng()),
        Sigmoid,
        Linear::<4, 4>::new(&mut rng()),
        ReLU,
        Linear::<4, 4>::new(&mut rng()),
        ReLU,
        Linear::<4, 4>::new(&mut rng()),
        ReLU,
        Linear::<4, 3>::new(&mut rng()),
    );
    let y: Tensor2<2, 3, f32, Tracked> = deep.forward(&Tensor2::<2, 4>::ones());
    let gradients = y.sum().backward();
    assert_eq!(gradients.len(), 14);
    assert_eq!(deep.parameter_names()[..3], ["0.0.weight", "0.0.bias", "1.weight"]);
}

#[test]
fn weights_begin_as_pytorch_s_do() {
    let layer = Linear::<100, 300>::new(&mut rng());
    let bound = 0.1;
    for entries in [layer.weight.as_slice(), layer.bias.as_ref().unwrap().as_slice()] {
        assert!(entries.iter().all(|entry| entry.abs() <= bound));
        assert!(entries.iter().any(|entry| entry.abs() > 0.95 * bound));
        let mean = entries.iter().sum::<f32>() / entries.len() as f32;
        assert!(mean.abs() < 0.01);
    }
}

#[test]
fn dropout_keeps_the_expectation_and_is_the_identity_when_frozen() {
    let dropout: Dropout = Dropout::new(0.25);
    let x = Tensor1::<10_000>::ones();
    let y = dropout.forward(&x);
    assert!((y.mean().item() - 1.0).abs() < 0.05);
    let dropped = y.iter().filter(|&&entry| entry == 0.0).count();
    assert!((2000..3000).contains(&dropped));
    assert_ne!(dropout.forward(&x), y, "each call draws anew");
    let x = x.requires_grad();
    let y = dropout.forward(&x);
    assert_eq!(y.clone().sum().backward()[&x], y.detach());
    assert_eq!(dropout.freeze().forward(&x), x);
}

#[test]
fn a_module_behind_a_pointer_is_a_module() {
    fn through(net: &mut Linear<3, 2>, x: &Tensor2<4, 3>) -> Tensor2<4, 2, f32, Tracked> {
        net.forward(x)
    }
    let mut net = Linear::<3, 2>::new(&mut rng());
    let x = Tensor2::<4, 3>::rand(&mut rng());
    let y = net.forward(&x);
    assert_eq!(through(&mut net, &x), y);
    let reference = &&net;
    assert_eq!(reference.forward(&x), y);
    let shared = std::sync::Arc::new(net.clone());
    assert_eq!(shared.forward(&x), y);
    let boxed: Box<dyn Module<Tensor2<4, 3>, Output = Tensor2<4, 2, f32, Tracked>>> = Box::new(net);
    assert_eq!(boxed.forward(&x), y);
}

/// The entries of all parameters.
fn entries(layer: &impl Parameters) -> Vec<f64> {
    struct Entries(Vec<f64>);
    impl tintype::nn::Visitor for Entries {
        fn visit<S: Shape, E: Float, T: Track>(&mut self, _: &str, parameter: &Tensor<S, E, T>) {
            self.0.extend(parameter.iter().map(|entry| entry.to_f64().unwrap()));
        }
    }
    let mut all = Entries(Vec::new());
    layer.visit(&mut tintype::nn::Name::default(), &mut all);
    all.0
}

/// A layer's clone begins with the same weights, and each learns by its own gradients.
#[test]
fn a_struct_of_tensors_is_copied_by_way_of_its_frozen_self() {
    #[derive(Module, Clone)]
    struct Scale {
        by: Tensor1<2, f32, Tracked>,
    }
    let scale = Scale {
        by: Tensor1::ones().requires_grad(),
    };
    let (tied, copy) = (scale.clone(), Scale::from_frozen(scale.clone().freeze()));
    let gradients = scale.by.sum().backward();
    assert!(gradients.get(&tied.by).is_some() && gradients.get(&copy.by).is_none());
}

#[test]
fn clones_of_layers_learn_apart() {
    fn check<X, S: Shape, L: Module<X, Output = Tensor<S, f32, Tracked>> + Parameters + Clone>(mut layer: L, x: &X) {
        let (before, mut copy) = (entries(&layer), layer.clone());
        let gradients = layer.forward(x).sum().backward();
        Sgd::new(1.0).step(&mut copy, &gradients);
        Sgd::new(1.0).step(&mut layer, &gradients);
        assert_eq!(entries(&copy), before);
        assert_ne!(entries(&layer), before);
        let gradients = copy.forward(x).sum().backward();
        Sgd::new(1.0).step(&mut copy, &gradients);
        assert_eq!(entries(&copy), entries(&layer));
    }
    let rng = &mut rng();
    check(Linear::<4, 2>::new(rng), &Tensor2::<3, 4>::ones());
    check(Conv1d::<2, 3, 3>::new(rng), &Tensor3::<1, 2, 8>::ones());
    check(Conv2d::<2, 3, 3>::new(rng), &Tensor4::<1, 2, 8, 8>::ones());
    check(BatchNorm1d::<4>::new(), &Tensor2::<3, 4>::rand(rng));
    check(BatchNorm2d::<2>::new(), &Tensor4::<1, 2, 8, 8>::rand(rng));
    check(LayerNorm::<4>::new(), &Tensor2::<3, 4>::rand(rng));
    check(RmsNorm::<4>::new(), &Tensor2::<3, 4>::rand(rng));
    check(MultiheadAttention::<8, 2>::new(rng), &Tensor3::<1, 3, 8>::rand(rng));
    let words = Indices::<Rank1<3>, 5>::try_from([1, 4, 1]).unwrap();
    check(Embedding::<5, 4>::new(rng), &words);
    let layer = (Linear::<4, 4>::new(rng), Tanh);
    check(
        core::array::from_fn::<_, 3, _>(|_| layer.clone()),
        &Tensor2::<3, 4>::ones().requires_grad(),
    );
}

#[test]
fn a_clone_of_dropout_draws_by_itself() {
    let dropout: Dropout = Dropout::seeded(0.5, &mut rng());
    let copy = dropout.clone();
    let x = Tensor1::<100>::ones();
    assert_ne!(copy.forward(&x), dropout.forward(&x));
}

#[derive(Module)]
#[module(sequence)]
struct Backbone {
    layer: Linear<4, 8>,
    relu: ReLU,
}

/// What was learned before, and does not learn any more, with an output that does.
#[derive(Module)]
#[module(sequence)]
struct Transfer {
    backbone: FrozenBackbone,
    scale: In<Linear<8, 8>, Untracked>,
    output: Linear<8, 2>,
}

#[test]
fn frozen_layers_are_fields_of_structs_that_learn() {
    let rng = &mut rng();
    let backbone = Backbone {
        layer: Linear::new(rng),
        relu: ReLU,
    };
    let mut net = Transfer {
        backbone: backbone.freeze(),
        scale: Linear::<8, 8>::new(rng).freeze(),
        output: Linear::new(rng),
    };
    assert_eq!((Transfer::PARAMETERS, Transfer::TRAINABLE), (40 + 72 + 18, 18));
    let x = Tensor2::<3, 4>::rand(rng);
    let (before, scale) = (net.backbone.layer.weight.clone(), net.scale.weight.clone());
    for _ in 0..3 {
        let gradients = net.forward(&x).mean().backward();
        Sgd::new(0.1).step(&mut net, &gradients);
    }
    assert_eq!((&net.backbone.layer.weight, &net.scale.weight), (&before, &scale));
    let y = net.forward(&x).detach();
    let frozen: FrozenTransfer = net.freeze();
    assert_eq!(frozen.forward(&x), y);
    // What was frozen before stays so.
    let Transfer { backbone, output, .. } = frozen.unfreeze();
    let _: FrozenBackbone = backbone;
    assert!(output.weight.is_leaf());
}

/// A struct that is generic over its layers and its state, wherever these stand.
#[derive(Module)]
struct Nested<L, M, T = Tracked>
where
    T: Track,
{
    alone: L,
    several: [L; 2],
    around: tintype::nn::Residual<(M, ReLU)>,
    perhaps: Option<Box<M>>,
    own: In<Linear<4, 8>, T>,
}

#[test]
fn layers_that_are_parameters_freeze_wherever_they_stand() {
    let rng = &mut StdRng::seed_from_u64(0);
    let mut layer = || Linear::<8, 8>::new(rng);
    let net: Nested<_, _> = Nested {
        alone: layer(),
        several: [layer(), layer()],
        around: tintype::nn::Residual((layer(), ReLU)),
        perhaps: Some(Box::new(layer())),
        own: Linear::new(&mut StdRng::seed_from_u64(0)),
    };
    let names = net.parameter_names();
    assert_eq!(
        [&names[0], &names[2], &names[6], &names[8], &names[10]],
        [
            "alone.weight",
            "several.0.weight",
            "around.0.weight",
            "perhaps.weight",
            "own.weight"
        ]
    );

    type Frozen = Linear<8, 8, f32, Untracked>;
    let frozen: Nested<Frozen, Frozen, Untracked> = net.freeze();
    assert_eq!(frozen.parameter_names(), names);
    let y: Tensor1<8> = frozen.around.forward(&Tensor1::ones());
    let learning: Nested<Linear<8, 8>, Linear<8, 8>> = Stateful::from_frozen(frozen);
    assert_eq!(learning.around.forward(&Tensor1::<8>::ones()).detach(), y);
}

/// One that is generic over neither, but over the element type of a constant.
#[derive(Module)]
struct Scaled<E: Float> {
    #[module(skip)]
    by: E,
}

#[test]
fn a_struct_without_layers_or_state_stays_as_it_is() {
    let frozen: Scaled<f64> = Scaled { by: 2.0 }.freeze();
    assert_eq!(<Scaled<f64> as Stateful>::from_frozen(frozen).by, 2.0);
}
