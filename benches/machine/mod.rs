//! What the machine can do at best, to be measured in the same run as the work.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

/// Independent sums: enough to hide the latency of a multiply-add on two ports.
const SUMS: usize = 12;
const ROUNDS: usize = 10_000;

/// Numbers in the vectors of [`multiply_adds`].
fn lanes() -> usize {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        return 16;
    } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        return 8;
    }
    4
}

#[inline(always)]
fn multiply_adds<const LANES: usize>() {
    let (factor, mut sums) = (black_box(0.999_f32), [[1.0_f32; LANES]; SUMS]);
    for _ in 0..ROUNDS {
        for sum in sums.as_flattened_mut() {
            *sum = sum.mul_add(factor, factor);
        }
    }
    black_box(sums);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn multiply_adds_avx512() {
    multiply_adds::<16>();
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn multiply_adds_avx2() {
    multiply_adds::<8>();
}

/// Floating-point operations a second on one core: multiply-adds in registers.
pub fn peak(bencher: Bencher) {
    let lanes = lanes();
    bencher
        .counter(ItemsCount::new(2 * lanes * SUMS * ROUNDS))
        .bench(|| match lanes {
            // SAFETY: so many lanes are there only with these instructions.
            #[cfg(target_arch = "x86_64")]
            16 => unsafe { multiply_adds_avx512() },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            8 => unsafe { multiply_adds_avx2() },
            _ => multiply_adds::<4>(),
        });
}
