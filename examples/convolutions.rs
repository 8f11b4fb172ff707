//! Convolutions: the first half of the course. Every shape here is computed by the compiler; a wrong one does not compile.
//!
//! `cargo run --example convolutions`

use std::f32::consts::TAU;
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    signals(&mut rng);
    images(&mut rng);
    a_stereo_signal_filtered();
}

/// One dimension: a batch of one stereo signal of 64 samples.
fn signals(rng: &mut StdRng) {
    // 2 channels in, 16 kernels of size 3.
    let conv = Conv1d::<2, 16, 3>::new(rng);
    println!(
        "Conv1d<2, 16, 3>: weight {:?}, bias {:?}",
        conv.weight.shape(),
        conv.bias.as_ref().map(Tensor::shape)
    );
    assert_eq!(conv.weight.shape(), [16, 2, 3]);

    let x = Tensor3::<1, 2, 64>::rand(rng);
    let y: Tensor3<1, 16, 62, f32, Tracked> = conv.forward(&x); // 64 - 3 + 1 = 62
    println!("  {:?} -> {:?}", x.shape(), y.shape());

    let wider = Conv1d::<2, 16, 5>::new(rng);
    let y: Tensor3<1, 16, 60, f32, Tracked> = wider.forward(&x); // 64 - 5 + 1 = 60
    println!("Conv1d<2, 16, 5>:\n  {:?} -> {:?}", x.shape(), y.shape());

    // One entry by hand: kernel 0 over the first three samples of both channels.
    let y = conv.forward(&x);
    let bias = conv.bias.as_ref().expect("made with a bias");
    let mut by_hand = bias[[0]];
    for channel in 0..2 {
        for k in 0..3 {
            by_hand += conv.weight[[0, channel, k]] * x[[0, channel, k]];
        }
    }
    println!("  y[0, 0, 0] is {:.6}, and {by_hand:.6} by hand\n", y[[0, 0, 0]]);
    assert!((y[[0, 0, 0]] - by_hand).abs() < 1e-6);
}

/// Two dimensions: a hyperspectral image of 20 bands, 64×128 pixels.
fn images(rng: &mut StdRng) {
    let x = Tensor4::<1, 20, 64, 128>::rand(rng);

    let square = Conv2d::<20, 16, 5>::new(rng);
    assert_eq!(square.weight.shape(), [16, 20, 5, 5]);
    let y: Tensor4<1, 16, 60, 124, f32, Tracked> = square.forward(&x); // 64 - 5 + 1, 128 - 5 + 1
    println!("Conv2d<20, 16, 5>:    {:?} -> {:?}", x.shape(), y.shape());

    let oblong = Conv2d::<20, 16, 3, 5>::new(rng);
    let y: Tensor4<1, 16, 62, 124, f32, Tracked> = oblong.forward(&x); // 64 - 3 + 1, 128 - 5 + 1
    println!("Conv2d<20, 16, 3, 5>: {:?} -> {:?}", x.shape(), y.shape());

    // A padding of half the kernel keeps the size. `Same` says so without the numbers.
    let padded = Conv2d::<20, 16, 3, 5, Stride<1>, Padding<1, 2>>::new(rng);
    let y: Tensor4<1, 16, 64, 128, f32, Tracked> = padded.forward(&x);
    println!("  with Padding<1, 2>: {:?} -> {:?}", x.shape(), y.shape());
    let same = Conv2d::<20, 16, 3, 5, Stride<1>, Same>::from_weights(padded.weight.clone(), padded.bias.clone());
    let again: Tensor4<1, 16, 64, 128, f32, Tracked> = same.forward(&x);
    assert_eq!(y, again);

    // A stride of 2 takes every second window: floor((64 + 2·1 - 3) / 2) + 1 = 32.
    let strided = Conv2d::<20, 16, 3, 3, Stride<2>, Padding<1>>::new(rng);
    let y: Tensor4<1, 16, 32, 64, f32, Tracked> = strided.forward(&x);
    println!("  with Stride<2>:     {:?} -> {:?}\n", x.shape(), y.shape());
}

/// A convolution with weights of one's own: a stereo signal, mixed and smoothed.
fn a_stereo_signal_filtered() {
    const SAMPLES: usize = 64;
    // Left: a slow wave. Right: the same and a fast one, with the period of the kernel.
    let slow = |i: usize| (TAU * i as f32 / 32.0).sin();
    let fast = |i: usize| 0.5 * (TAU * i as f32 / 4.0).sin();
    let stereo = Tensor2::<2, SAMPLES>::from_fn(|i| match (i / SAMPLES, i % SAMPLES) {
        (0, i) => slow(i),
        (_, i) => slow(i) + fast(i),
    });

    // A moving average over 4 samples of both channels, which cancels what has the period 4. It is not trained: `Untracked`.
    type Filter = In<Conv1d<2, 1, 4>, Untracked>;
    let filter = Filter::from_weights(Tensor3::full(1.0 / 8.0), None);
    let mono: Tensor2<1, 61> = filter.forward(&stereo); // 64 - 4 + 1 = 61

    println!("A stereo signal, smoothed by a moving average over 4 samples of both channels:");
    println!("  right  {}", sparkline(&stereo.as_slice()[SAMPLES..]));
    println!("  mono   {}", sparkline(mono.as_slice()));
    for i in 0..mono.as_slice().len() {
        let mean_of_slow = (i..i + 4).map(slow).sum::<f32>() / 4.0;
        assert!((mono[[0, i]] - mean_of_slow).abs() < 1e-5, "the fast wave has gone");
    }
}

/// A line of text that shows numbers from −1.5 to 1.5.
fn sparkline(samples: &[f32]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let height = |&sample: &f32| ((sample + 1.5) / 3.0 * 8.0).clamp(0.0, 7.0) as usize;
    samples.iter().map(|sample| BARS[height(sample)]).collect()
}
