//! What the tests of the kernels share: numbers, sizes and comparison.

use super::{Axis, Convolution, Pooling};

impl Axis {
    /// Axis number `axis` of an array with these dimensions.
    pub fn of(dims: &[usize], axis: usize) -> Axis {
        Axis {
            outer: dims[..axis].iter().product(),
            length: dims[axis],
            inner: dims[axis + 1..].iter().product(),
        }
    }
}

impl Convolution {
    /// An ungrouped convolution with stride and dilation 1 and no padding.
    pub fn new<const R: usize>(
        batch: usize,
        in_channels: usize,
        out_channels: usize,
        input: [usize; R],
        kernel: [usize; R],
    ) -> Convolution {
        Convolution {
            batch,
            in_channels,
            out_channels,
            groups: 1,
            windows: Pooling::new(1, input, kernel).stride([1; R]).windows,
        }
    }

    /// With channels in so many groups.
    pub fn groups(self, groups: usize) -> Convolution {
        Convolution { groups, ..self }
    }
}

/// Strides, dilations and padding for the last axes of three, which are those that are there.
macro_rules! with_windows {
    ($sizes:ty) => {
        impl $sizes {
            pub fn stride<const R: usize>(mut self, strides: [usize; R]) -> Self {
                let axes = self.windows[3 - R..].iter_mut().zip(strides);
                axes.for_each(|(window, stride)| window.stride = stride);
                self
            }

            pub fn dilation<const R: usize>(mut self, dilations: [usize; R]) -> Self {
                let axes = self.windows[3 - R..].iter_mut().zip(dilations);
                axes.for_each(|(window, dilation)| window.dilation = dilation);
                self
            }

            pub fn padding<const R: usize>(mut self, paddings: [(usize, usize); R]) -> Self {
                let axes = self.windows[3 - R..].iter_mut().zip(paddings);
                axes.for_each(|(window, padding)| window.padding = padding);
                self
            }
        }
    };
}
with_windows!(Convolution);
with_windows!(Pooling);

/// A small deterministic generator (xorshift).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    /// A size from `range`.
    pub fn size(&mut self, range: core::ops::RangeInclusive<usize>) -> usize {
        range.start() + self.next() as usize % (range.end() - range.start() + 1)
    }

    /// Numbers evenly distributed in `[-1, 1)`.
    pub fn numbers<E: super::Kernels>(&mut self, count: usize) -> Vec<E> {
        (0..count)
            .map(|_| E::from(self.next() as f64 / (1_u64 << 52) as f64 - 1.0).expect("a float"))
            .collect()
    }
}

/// How many random geometries a test tries: Miri is a thousand times slower.
pub const ROUNDS: u64 = if cfg!(miri) { 4 } else { 300 };

/// The largest error of a function, in units in the last place, at numbers spread evenly between two.
pub fn worst_error((low, high): (f32, f32), fast: fn(f32) -> f32, exact: fn(f64) -> f64) -> f64 {
    let count = if cfg!(miri) { 200 } else { 2_000_000 };
    let numbers = (0..=count).map(|i| low + (high - low) * (i as f32 / count as f32));
    let error = |x: f32| {
        let exact = exact(x as f64);
        if exact.is_infinite() {
            assert_eq!(fast(x) as f64, exact);
            return 0.0;
        }
        let unit = (exact as f32).abs().next_up() - (exact as f32).abs();
        (fast(x) as f64 - exact).abs() / unit as f64
    };
    numbers.map(error).fold(0.0, f64::max)
}

/// A buffer as kernels find it: initialised, with nothing useful in it.
pub fn garbage<E: super::Kernels>(count: usize) -> Vec<E> {
    vec![E::nan(); count]
}

/// Panics unless the two agree to `tolerance`, relative to the largest entry (or to 1, if that is larger).
#[track_caller]
pub fn assert_close<E: super::Kernels>(found: &[E], expected: &[E], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    let scale = expected
        .iter()
        .fold(1.0, |scale, e| e.abs().to_f64().expect("a float").max(scale));
    for (i, (&f, &e)) in found.iter().zip(expected).enumerate() {
        let difference = (f - e).abs().to_f64().expect("a float");
        assert!(
            difference <= tolerance * scale,
            "entry {i}: found {f:?}, expected {e:?}"
        );
    }
}
