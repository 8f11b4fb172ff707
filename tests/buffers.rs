//! Results do not depend on what a reused buffer held before.

use tintype::prelude::*;

/// Leaves large buffers full of 7 for whoever comes next.
fn pollute() {
    drop((0..4).map(|_| Tensor2::<400, 400>::full(7.0)).collect::<Vec<_>>());
}

#[test]
fn kernels_overwrite_the_whole_of_their_output() {
    let x = Tensor2::<400, 400>::from_fn(|i| (i % 13) as f32 - 6.0);
    let column = Tensor2::<400, 1>::ones();

    pollute();
    let product = Tensor2::<400, 0>::ones().matmul(&Tensor2::<0, 400>::ones());
    assert!(product.iter().all(|&entry| entry == 0.0), "a sum of no terms is 0");
    pollute();
    let sums = Tensor3::<400, 0, 400>::ones().sum_axis::<1>();
    assert!(sums.iter().all(|&entry| entry == 0.0));
    pollute();
    assert!(column.expand::<1, 400>().iter().all(|&entry| entry == 1.0));
    pollute();
    assert_eq!(x.t().t(), x);
    pollute();
    let softmax = x.softmax::<1>();
    assert!(softmax.sum_axis::<1>().iter().all(|sum| (sum - 1.0).abs() < 1e-5));
    pollute();
    let image = x.unsqueeze::<0>();
    let twice = Conv2d::<1, 1, 1>::from_weights(Tensor4::full(2.0).requires_grad(), None)
        .freeze()
        .forward(&image);
    assert_eq!(twice, &image * 2.0);
    pollute();
    // A stride leaves entries of the input that no output depends on: their gradient is 0.
    let leaf = image.requires_grad();
    let conv = Conv2d::<1, 1, 1, 1, Stride<3>>::from_weights(Tensor4::full(1.0).requires_grad(), None);
    pollute();
    let gradients = conv.forward(&leaf).sum().backward();
    let count = gradients[&leaf].iter().filter(|&&entry| entry == 1.0).count();
    assert_eq!((count, gradients[&leaf].sum().item()), (134 * 134, (134 * 134) as f32));
    pollute();
    let gradients = MaxPool2d::<1, 1, Stride<3>>::new().forward(&leaf).sum().backward();
    assert_eq!(gradients[&leaf].sum().item(), (134 * 134) as f32);
    pollute();
    let gradients = AvgPool2d::<1, 1, Stride<3>>::new().forward(&leaf).sum().backward();
    assert_eq!(gradients[&leaf].sum().item(), (134 * 134) as f32);
}
