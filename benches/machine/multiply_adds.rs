//! What the machine can do at best: single-precision multiply-adds in registers.
//!
//! Every time that is measured stands beside these, measured in the same run, because machines differ and drift.

use std::hint::black_box;

/// Independent sums: enough to hide the latency of a multiply-add on two ports.
const SUMS: usize = 12;

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::*;
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2,fma")]
    pub fn avx2(rounds: usize) -> usize {
        let (factor, mut sums) = (_mm256_set1_ps(black_box(0.999)), [_mm256_set1_ps(1.0); SUMS]);
        for _ in 0..rounds {
            for sum in &mut sums {
                *sum = _mm256_fmadd_ps(*sum, factor, factor);
            }
        }
        black_box(sums);
        2 * 8 * SUMS * rounds
    }

    #[target_feature(enable = "avx512f")]
    pub fn avx512(rounds: usize) -> usize {
        let (factor, mut sums) = (_mm512_set1_ps(black_box(0.999)), [_mm512_set1_ps(1.0); SUMS]);
        for _ in 0..rounds {
            for sum in &mut sums {
                *sum = _mm512_fmadd_ps(*sum, factor, factor);
            }
        }
        black_box(sums);
        2 * 16 * SUMS * rounds
    }
}

/// Multiply-adds without intrinsics, for other processors.
fn portable(rounds: usize) -> usize {
    let (factor, mut sums) = (black_box(0.999_f32), [[1.0_f32; 4]; SUMS]);
    for _ in 0..rounds {
        for sum in sums.as_flattened_mut() {
            *sum = sum.mul_add(factor, factor);
        }
    }
    black_box(sums);
    2 * 4 * SUMS * rounds
}

/// Runs the widest multiply-adds that there are, and says how many operations they were.
pub fn multiply_adds(rounds: usize) -> usize {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") {
            // SAFETY: the instructions are there.
            return unsafe { x86::avx512(rounds) };
        }
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            // SAFETY: the instructions are there.
            return unsafe { x86::avx2(rounds) };
        }
    }
    portable(rounds)
}
