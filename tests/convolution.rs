//! Convolution and pooling as users write them: inferred sizes, code generic over sizes, sequences, frozen layers.

#![allow(clippy::type_complexity)] // Such types are what these tests are about.

use tintype::prelude::*;

fn rng() -> StdRng {
    StdRng::seed_from_u64(7)
}

fn block<B: Dimension, H: ConvDim<3>, W: ConvDim<3>>(
    x: &Tensor<(B, Dim<8>, H, W)>,
    conv: &Conv2d<8, 16, 3>,
) -> Tensor<(B, Dim<16>, H::Out, W::Out), f32, Tracked> {
    conv.forward(x)
}

fn halved<B: Dimension, H: ConvDim<3, 2, 1>, W: ConvDim<3, 2, 1>>(
    x: &Tensor<(B, Dim<8>, H, W)>,
    conv: &Conv2d<8, 16, 3, 3, Stride<2>, Padding<1>>,
) -> Tensor<(B, Dim<16>, H::Out, W::Out), f32, Tracked> {
    conv.forward(x)
}

fn chain<B: Dimension, H, W>(
    x: &Tensor<(B, Dim<1>, H, W)>,
    first: &Conv2d<1, 8, 3>,
    second: &Conv2d<8, 16, 5>,
) -> Tensor<(B, Dim<16>, <H::Out as ConvDim<5>>::Out, <W::Out as ConvDim<5>>::Out), f32, Tracked>
where
    H: ConvDim<3, Out: ConvDim<5>>,
    W: ConvDim<3, Out: ConvDim<5>>,
{
    second.forward(&first.forward(x))
}

fn residual<const C: usize, B: Dimension, H: Dimension, W: Dimension, A: Track + Join<T>, T: Track>(
    x: &Tensor<(B, Dim<C>, H, W), f32, A>,
    conv: &Conv2d<C, C, 3, 3, Stride<1>, Same, Dilation<1>, Ungrouped, f32, T>,
) -> Tensor<(B, Dim<C>, H, W), f32, Joined<A, T>> {
    conv.forward(x)
}

fn pooled<B: Dimension, C: Dimension, H: PoolDim<2, 2>, W: PoolDim<2, 2>, A: Track>(
    x: &Tensor<(B, C, H, W), f32, A>,
) -> Tensor<(B, C, H::Out, W::Out), f32, A> {
    MaxPool2d::<2>::new().forward(x)
}

fn circular<H: CircularPad<2> + ConvDim<3, 1, 2>>(
    x: &Tensor<(Dim<2>, H)>,
    conv: &Conv1d<2, 3, 3, Stride<1>, Circular<2>>,
) -> Tensor<(Dim<3>, H::Out), f32, Tracked> {
    conv.forward(x)
}

#[test]
fn sizes_are_inferred() {
    let conv = Conv2d::<20, 16, 3, 5>::new(&mut rng());
    let x = Tensor4::<1, 20, 64, 128>::rand(&mut rng());
    let y: Tensor4<1, 16, 62, 124, f32, Tracked> = conv.forward(&x);
    assert_eq!(y.grad_fn().unwrap().to_string(), "<ConvolutionBackward>");
    assert_eq!(conv.forward(&x).shape(), [1, 16, 62, 124]);
    let same = Conv2d::<20, 16, 3, 5, Stride<1>, Padding<1, 2>>::new(&mut rng());
    let y = same.forward(&x);
    assert_eq!(y.shape(), [1, 16, 64, 128]);
    assert_eq!(conv.weight.shape(), [16, 20, 3, 5]);
    let unbatched: Tensor3<16, 62, 124> = conv.freeze().forward(&Tensor3::<20, 64, 128>::rand(&mut rng()));
    assert!(unbatched.is_leaf());
}

#[test]
fn generic_code_needs_one_bound_to_a_computed_size() {
    let x = Tensor4::<2, 8, 28, 20>::rand(&mut rng());
    assert_eq!(block(&x, &Conv2d::new(&mut rng())).shape(), [2, 16, 26, 18]);
    assert_eq!(halved(&x, &Conv2d::new(&mut rng())).shape(), [2, 16, 14, 10]);
    let conv = Conv2d::<8, 8, 3, 3, Stride<1>, Same>::new(&mut rng());
    assert_eq!(residual(&x, &conv).shape(), [2, 8, 28, 20]);
    assert_eq!(pooled(&x).shape(), [2, 8, 14, 10]);
    let x = Tensor4::<2, 1, 28, 20>::rand(&mut rng());
    assert_eq!(
        chain(&x, &Conv2d::new(&mut rng()), &Conv2d::new(&mut rng())).shape(),
        [2, 16, 22, 14]
    );
    let x = Tensor2::<2, 9>::rand(&mut rng());
    assert_eq!(circular(&x, &Conv1d::new(&mut rng())).shape(), [3, 11]);
}

#[test]
fn sequences_of_layers() {
    let net = (
        Conv2d::<1, 8, 5>::new(&mut rng()),
        ReLU,
        MaxPool2d::<2>::new(),
        Conv2d::<8, 16, 5>::new(&mut rng()),
        ReLU,
        MaxPool2d::<2>::new(),
        Flatten,
        Linear::<256, 10>::new(&mut rng()),
    );
    let y: Tensor2<4, 10, f32, Tracked> = net.forward(&Tensor4::<4, 1, 28, 28>::rand(&mut rng()));
    let gradients = y.sum().backward();
    assert_eq!(gradients[&net.0.weight].shape(), [8, 1, 5, 5]);
    assert_eq!(
        net.parameter_names(),
        ["0.weight", "0.bias", "3.weight", "3.bias", "7.weight", "7.bias"]
    );
    let y: Tensor2<4, 10> = net.freeze().forward(&Tensor4::<4, 1, 28, 28>::rand(&mut rng()));
    assert_eq!(y.shape(), [4, 10]);
}

#[test]
fn layers_pass_gradcheck() {
    let x = Tensor4::<2, 4, 5, 6, f64>::randn(&mut rng());
    let weight = Tensor4::<6, 2, 3, 2, f64>::randn(&mut rng());
    let bias = Tensor1::<6, f64>::randn(&mut rng());
    macro_rules! check {
        ($($layer:ty;)*) => { $(
            gradcheck(
                |(x, weight, bias)| <$layer>::from_weights(weight.clone(), Some(bias.clone())).forward(x),
                (x.clone(), weight.clone(), bias.clone()),
            )
            .unwrap();
        )* };
    }
    check! {
        Conv2d<4, 6, 3, 2, Stride<2, 1>, Padding<1, 2>, Dilation<1, 2>, Groups<2>, f64>;
        Conv2d<4, 6, 3, 2, Stride<1>, Same, Dilation<2>, Groups<2>, f64>;
        Conv2d<4, 6, 3, 2, Stride<1>, Circular<5, 1>, Dilation<1>, Groups<2>, f64>;
        Conv2d<4, 6, 3, 2, Stride<2>, Reflect<4, 5>, Dilation<1>, Groups<2>, f64>;
        Conv2d<4, 6, 3, 2, Stride<2>, Replicate<2, 7>, Dilation<1>, Groups<2>, f64>;
    }
    let x = Tensor4::<2, 2, 5, 6, f64>::randn(&mut rng());
    gradcheck(
        |x| MaxPool2d::<3, 2, Stride<2, 1>, Padding<1>>::new().forward(x),
        x.clone(),
    )
    .unwrap();
    gradcheck(
        |x| AvgPool2d::<3, 2, Stride<2, 1>, Padding<1>>::new().forward(x),
        x.clone(),
    )
    .unwrap();
    gradcheck(|x| GlobalAvgPool2d.forward(x), x).unwrap();
}

#[test]
fn weights_begin_as_in_pytorch() {
    let conv = Conv2d::<4, 8, 3, 5, Stride<1>, Padding<0>, Dilation<1>, Groups<2>>::new(&mut rng());
    let bound = 1.0 / (2.0 * 3.0 * 5.0_f32).sqrt();
    let largest = conv
        .weight
        .iter()
        .fold(0.0, |largest: f32, entry| largest.max(entry.abs()));
    assert!(0.9 * bound < largest && largest <= bound);
    assert!(conv.bias.unwrap().iter().all(|entry| entry.abs() <= bound));
    assert!(Conv1d::<2, 4, 3>::without_bias(&mut rng()).bias.is_none());
}

#[test]
fn an_empty_batch_is_convolved_and_pooled() {
    let x = Tensor4::<0, 1, 6, 6>::rand(&mut rng()).requires_grad();
    let net = (
        Conv2d::<1, 2, 3>::new(&mut rng()),
        MaxPool2d::<2>::new(),
        AvgPool2d::<2>::new(),
    );
    let y: Tensor4<0, 2, 1, 1, f32, Tracked> = net.forward(&x);
    let gradients = y.sum().backward();
    assert_eq!(gradients[&net.0.weight], Tensor4::<2, 1, 3, 3>::zeros());
}
