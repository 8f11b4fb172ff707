//! Networks run without a graph: the same outputs, losses and gradients as with one, and the same training.

use tintype::nn::Direct;
use tintype::prelude::*;

fn rng() -> StdRng {
    StdRng::seed_from_u64(3)
}

fn close<E: Float>(found: &[E], expected: &[E], what: &str) {
    let number = |x: &E| x.to_f64().unwrap();
    let tolerance = if size_of::<E>() == 4 { 2e-5 } else { 1e-12 };
    let scale = expected.iter().map(|x| number(x).abs()).fold(1.0, f64::max);
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            (number(found) - number(expected)).abs() <= tolerance * scale,
            "{what}: {found:?} and not {expected:?}"
        );
    }
}

/// Keeps the gradients that it is given, by name, and changes nothing.
#[derive(Default)]
struct Record(Vec<(String, Vec<f64>)>);

impl Optimizer for Record {
    fn update<E: Float>(&mut self, name: &str, _: &mut [E], gradient: &[E]) {
        let gradient = gradient.iter().map(|g| g.to_f64().unwrap()).collect();
        self.0.push((name.to_owned(), gradient));
    }
    fn learning_rate(&self) -> f64 {
        0.0
    }
    fn set_learning_rate(&mut self, _: f64) {}
}

/// Compares a network run directly with the same network and a graph: output, loss and every gradient.
fn agrees<S: Shape, Y: Shape, E: Float, L, M>(mut net: L, mut twin: M, steps: usize)
where
    L: Direct<S, E, Output = Y> + Parameters,
    M: Module<Tensor<S, E>, Output = Tensor<Y, E, Tracked>> + Parameters,
    rand_distr::StandardNormal: rand_distr::Distribution<E>,
    rand::distr::StandardUniform: rand_distr::Distribution<E>,
{
    let tolerance = |direct: f64, graph: f64| {
        (direct - graph).abs() <= if size_of::<E>() == 4 { 1e-4 } else { 1e-11 } * graph.abs().max(1.0)
    };
    let mut workspace = Workspace::<L, S, E>::new();
    for step in 0..steps {
        let mut rng = StdRng::seed_from_u64(step as u64);
        let (x, t) = (Tensor::<S, E>::randn(&mut rng), Tensor::<Y, E>::randn(&mut rng));
        let y = twin.forward(&x);
        let loss = y.mse_loss(&t);
        let direct = workspace.mse_loss(&net, &x, &t);
        close(Y::entries(workspace.output()), y.as_slice(), "the output");
        close(&[direct], &[loss.item()], "the loss");
        let (mut directly, mut by_graph) = (Record::default(), Record::default());
        directly.step(&mut net, &workspace);
        by_graph.step(&mut twin, &loss.backward());
        assert_eq!(directly.0.len(), by_graph.0.len());
        for ((name, direct), (graph_name, graph)) in directly.0.iter().zip(&by_graph.0) {
            assert_eq!(name, graph_name);
            assert_eq!(direct.len(), graph.len());
            for (direct, graph) in direct.iter().zip(graph) {
                assert!(tolerance(*direct, *graph), "{name}: {direct} and not {graph}");
            }
        }
    }
}

/// Networks made twice from the same random numbers, one to be run directly and one with a graph, in `f32` and in `f64`.
macro_rules! networks {
    ($($name:ident: $input:ty, |$rng:ident| $net:expr;)*) => { $(
        #[test]
        fn $name() {
            {
                type E = f32;
                let net = |$rng: &mut StdRng| $net;
                agrees::<$input, _, E, _, _>(net(&mut rng()), net(&mut rng()), 3);
            }
            {
                type E = f64;
                let net = |$rng: &mut StdRng| $net;
                agrees::<$input, _, E, _, _>(net(&mut rng()), net(&mut rng()), 3);
            }
        }
    )* };
}

type Filter<const I: usize, const O: usize, E, P = Padding<1>, S = Stride<1>, G = Ungrouped> =
    Conv2d<I, O, 3, 3, S, P, Dilation<1>, G, E>;
type WithoutABias<const I: usize, const O: usize, E> = <Linear<I, O, E> as tintype::nn::HasBias>::Without;

networks! {
    one_sample: Rank1<4>, |rng| (Linear::<4, 32, E>::new(rng), ReLU, Linear::<32, 32, E>::new(rng), ReLU, Linear::<32, 2, E>::new(rng));
    a_batch: Rank2<32, 4>, |rng| (Linear::<4, 32, E>::new(rng), ReLU, Linear::<32, 32, E>::new(rng), ReLU, Linear::<32, 2, E>::new(rng));
    odd_sizes: Rank2<5, 9>, |rng| (Linear::<9, 17, E>::new(rng), Tanh, Linear::<17, 33, E>::new(rng), Tanh, Linear::<33, 1, E>::new(rng));
    larger_than_small: Rank2<3, 100>, |rng| (Linear::<100, 70, E>::new(rng), SiLU, Linear::<70, 5, E>::new(rng));
    without_bias: Rank3<2, 3, 6>, |rng| (<WithoutABias<6, 5, E>>::new(rng), Tanh, Linear::<5, 3, E>::without_bias(rng));

    activations: Rank2<4, 6>, |rng| (
        Linear::<6, 9, E>::new(rng), ReLU, Linear::<9, 9, E>::new(rng), LeakyReLU::new(0.2), Linear::<9, 9, E>::new(rng), GELU,
        Linear::<9, 9, E>::new(rng), GELUTanh, Identity,
    );
    more_activations: Rank2<4, 6>, |rng| (
        Linear::<6, 9, E>::new(rng), SiLU, Linear::<9, 9, E>::new(rng), Tanh, Linear::<9, 9, E>::new(rng), Sigmoid,
    );
    norms: Rank2<4, 6>, |rng| (
        LayerNorm::<6, E>::new(), Linear::<6, 9, E>::new(rng), LayerNorm::<9, E>::new(), Tanh, Linear::<9, 9, E>::new(rng),
        RmsNorm::<9, E>::new(), Tanh,
    );
    dropout: Rank2<4, 6>, |rng| (Linear::<6, 9, E>::new(rng), Dropout::<Tracked>::seeded(0.4, rng), Linear::<9, 2, E>::new(rng));

    lenet: Rank4<3, 1, 28, 28>, |rng| (
        Conv2d::<1, 8, 5, 5, Stride<1>, Padding<0>, Dilation<1>, Ungrouped, E>::new(rng), ReLU, MaxPool2d::<2>::new(),
        Conv2d::<8, 16, 5, 5, Stride<1>, Padding<0>, Dilation<1>, Ungrouped, E>::new(rng), ReLU, MaxPool2d::<2>::new(),
        Flatten, Linear::<256, 10, E>::new(rng),
    );
    averages: Rank4<2, 2, 9, 9>, |rng| (
        Filter::<2, 4, E>::new(rng), AvgPool2d::<3, 3, Stride<2>, Padding<1>>::new().without_counting_padding(), Tanh,
        Filter::<4, 4, E, Padding<1>, Stride<2>, Groups<2>>::new(rng), AvgPool2d::<2, 2, Stride<1>>::new(),
        GlobalAvgPool2d, Flatten, Linear::<4, 3, E>::new(rng),
    );
    paddings: Rank4<2, 2, 7, 6>, |rng| (
        Filter::<2, 3, E, Circular<1>>::new(rng), Tanh, Filter::<3, 3, E, Reflect<1>>::new(rng), Tanh,
        Filter::<3, 2, E, Replicate<2>>::new(rng), Filter::<2, 1, E, Same>::without_bias(rng),
    );
    unbatched_images: Rank3<2, 8, 8>, |rng| (Filter::<2, 3, E>::new(rng), MaxPool2d::<2>::new(), Filter::<3, 1, E>::new(rng));
    signals: Rank3<2, 3, 20>, |rng| (
        Conv1d::<3, 4, 3, Stride<2>, Padding<1>, Dilation<1>, Ungrouped, E>::new(rng), ReLU, MaxPool1d::<2>::new(),
        Conv1d::<4, 2, 2, Stride<1>, Padding<0>, Dilation<2>, Ungrouped, E>::new(rng), AvgPool1d::<3>::new(),
        Flatten, Linear::<2, 2, E>::new(rng),
    );

    nested: Rank2<4, 6>, |rng| (
        Flatten, (Linear::<6, 9, E>::new(rng), Tanh), ((Linear::<9, 9, E>::new(rng),), Sigmoid), Linear::<9, 2, E>::new(rng),
    );
    arrays: Rank2<4, 6>, |rng| (
        Linear::<6, 8, E>::new(rng), [(); 3].map(|()| (Linear::<8, 8, E>::new(rng), Tanh)), [Identity; 0], Linear::<8, 2, E>::new(rng),
    );
    residual: Rank2<4, 6>, |rng| (
        Residual((LayerNorm::<6, E>::new(), Linear::<6, 6, E>::new(rng), GELU)), Residual(Linear::<6, 6, E>::new(rng)),
    );
    partly_frozen: Rank2<4, 6>, |rng| (
        Linear::<6, 8, E>::new(rng).freeze(), Tanh, Linear::<8, 8, E>::new(rng), Linear::<8, 8, E>::new(rng).freeze(), Tanh,
    );
}

/// An array's gradients are those of a tuple, also where it comes first and takes an input without a gradient.
#[test]
fn an_array_comes_first() {
    let rng = &mut rng();
    let layers = [Linear::<6, 6>::new(rng), Linear::new(rng)];
    let [first, second] = layers.clone();
    agrees::<Rank2<4, 6>, _, f32, _, _>((layers, Tanh), ((first, second), Tanh), 2);
}

#[derive(Module)]
#[module(sequence)]
struct Policy<T: Track = Tracked> {
    hidden: In<Linear<4, 8>, T>,
    tanh: Tanh,
    #[module(skip)]
    _note: &'static str,
    output: In<Linear<8, 2>, T>,
}

#[derive(Module)]
#[module(sequence)]
struct Positional(Linear<4, 8>, Tanh);

#[derive(Module)]
#[module(sequence)]
struct Generic<L, M> {
    block: L,
    last: M,
}

fn policy() -> Policy {
    Policy {
        hidden: Linear::new(&mut rng()),
        tanh: Tanh,
        _note: "not a layer",
        output: Linear::new(&mut rng()),
    }
}

#[test]
fn derived_sequences() {
    agrees::<Rank1<4>, _, f32, _, _>(policy(), policy(), 2);
    agrees::<Rank2<7, 4>, _, f32, _, _>(policy(), policy(), 2);
    let positional = || Positional(Linear::new(&mut rng()), Tanh);
    agrees::<Rank2<7, 4>, _, f32, _, _>(positional(), positional(), 2);
    let generic = || Generic {
        block: policy(),
        last: (Linear::<2, 3>::new(&mut rng()), Sigmoid),
    };
    agrees::<Rank2<3, 4>, _, f32, _, _>(generic(), generic(), 2);
}

type Block = (Linear<8, 8>, Tanh, Linear<8, 8>, Tanh);

#[derive(Module)]
#[module(sequence)]
struct Deep(
    Flatten,
    Linear<4, 8>,
    Block,
    Linear<8, 8>,
    Tanh,
    [Block; 2],
    Residual<Block>,
    Linear<8, 8>,
    Tanh,
    Linear<8, 8>,
    LayerNorm<8>,
    Linear<8, 8>,
    Tanh,
    Linear<8, 2>,
);

/// What there is to compile grows with the layers, and not with two to their power; a debug build of them fits on the stack of a
/// test.
#[test]
fn many_layers() {
    let deep = || {
        let rng = &mut rng();
        let block = |rng: &mut StdRng| -> Block { (Linear::new(rng), Tanh, Linear::new(rng), Tanh) };
        let first = (Flatten, Linear::new(rng), block(rng), Linear::new(rng));
        let blocks = ([(); 2].map(|()| block(rng)), Residual(block(rng)));
        let (a, b, c, d) = (Linear::new(rng), Linear::new(rng), Linear::new(rng), Linear::new(rng));
        Deep(
            first.0,
            first.1,
            first.2,
            first.3,
            Tanh,
            blocks.0,
            blocks.1,
            a,
            Tanh,
            b,
            LayerNorm::new(),
            c,
            Tanh,
            d,
        )
    };
    agrees::<Rank2<3, 4>, _, f32, _, _>(deep(), deep(), 2);
    let generic = || Generic {
        block: deep(),
        last: (ReLU, Linear::<2, 3>::new(&mut rng())),
    };
    agrees::<Rank2<1, 4>, _, f32, _, _>(generic(), generic(), 2);
}

#[test]
fn frozen_networks_infer_what_they_forward() {
    let x = [0.3, -0.7, 0.1, 1.2];
    let y = policy().infer(&x);
    assert_eq!(policy().freeze().infer(&x), y);
    close(&y, policy().freeze().forward(&tensor(x)).as_slice(), "the output");
    let positional = Positional(Linear::new(&mut rng()), Tanh);
    let y = positional.infer(&[x; 2]);
    assert_eq!(positional.freeze().infer(&tensor([x; 2])), y);
}

#[test]
fn dropout_is_the_identity_in_use() {
    let dropout: Dropout = Dropout::new(0.5);
    assert_eq!(dropout.infer(&[1.0_f32, 2.0, 3.0]), [1.0, 2.0, 3.0]);
    let net = (dropout, Identity);
    let mut workspace = Workspace::<_, Rank1<3>>::new();
    assert_eq!(workspace.run(&net, &[1.0, 2.0, 3.0]), &[1.0, 2.0, 3.0]);
}

/// More stands between the layers than is put on the stack.
#[test]
fn large_networks_infer_on_the_heap() {
    let net = (
        Conv2d::<1, 8, 5>::new(&mut rng()),
        ReLU,
        Flatten,
        Linear::<4608, 10>::new(&mut rng()),
    );
    let x = Tensor4::<16, 1, 28, 28>::randn(&mut rng());
    let y: Tensor2<16, 10, f32, Tracked> = net.forward(&x);
    close(net.infer(&x).as_flattened(), y.as_slice(), "the output");
    let mut workspace = Workspace::<_, Rank4<16, 1, 28, 28>>::new();
    close(workspace.run(&net, &x).as_flattened(), y.as_slice(), "the output");
}

#[test]
fn cross_entropy_with_and_without_padding() {
    let net = || (Linear::<6, 9>::new(&mut rng()), Tanh, Linear::<9, 4>::new(&mut rng()));
    let (mut net, mut twin) = (net(), net());
    let x = Tensor2::<5, 6>::randn(&mut rng());
    let mut workspace = Workspace::<_, Rank2<5, 6>>::new();
    for labels in [&[3, 1, 0, 2, 3][..], &[1, 2]] {
        let labels = Labels::<5, 4>::padded(labels).unwrap();
        let loss = twin.forward(&x).cross_entropy(&labels);
        close(
            &[workspace.cross_entropy(&net, &x, &labels)],
            &[loss.item()],
            "the loss",
        );
        let (mut directly, mut by_graph) = (Record::default(), Record::default());
        directly.step(&mut net, &workspace);
        by_graph.step(&mut twin, &loss.backward());
        for ((name, direct), (_, graph)) in directly.0.iter().zip(&by_graph.0) {
            let close = |(direct, graph): (&f64, &f64)| (direct - graph).abs() < 1e-6;
            assert!(
                direct.iter().zip(graph).all(close),
                "{name}: {direct:?} and not {graph:?}"
            );
        }
    }
}

/// The optimisers are the same, and remember the same under the same names: what begins with a graph goes on without.
#[test]
fn a_network_learns_the_same_either_way() {
    fn learns<O: Optimizer + Clone>(optimizer: O) {
        let (mut net, mut twin) = (policy(), policy());
        let (mut of_net, mut of_twin) = (optimizer.clone(), optimizer);
        let mut workspace = Workspace::<Policy, Rank2<8, 4>>::new();
        let mut rng = rng();
        for step in 0..20 {
            let (x, t) = (Tensor2::<8, 4>::randn(&mut rng), Tensor2::<8, 2>::randn(&mut rng));
            let gradients = twin.forward(&x).mse_loss(&t).backward();
            of_twin.step(&mut twin, &gradients);
            if step % 2 == 0 {
                let gradients = net.forward(&x).mse_loss(&t).backward();
                of_net.step(&mut net, &gradients);
            } else {
                workspace.mse_loss(&net, &x, &t);
                of_net.step(&mut net, &workspace);
            }
        }
        close(
            net.hidden.weight.as_slice(),
            twin.hidden.weight.as_slice(),
            "the hidden weight",
        );
        close(
            net.output.weight.as_slice(),
            twin.output.weight.as_slice(),
            "the output weight",
        );
    }
    learns(Sgd::new(0.05).momentum(0.9));
    learns(Adam::new(1e-2));
    learns(AdamW::new(1e-2));
}

/// A workspace goes to another thread with its network.
#[test]
fn workspaces_are_send() {
    let (mut workspace, mut net) = (Workspace::<Policy, Rank1<4>>::new(), policy());
    let loss = std::thread::spawn(move || {
        let loss = workspace.mse_loss(&net, &[1.0; 4], &[0.0; 2]);
        Sgd::new(0.1).step(&mut net, &workspace);
        loss
    });
    assert!(loss.join().unwrap() > 0.0);
}
