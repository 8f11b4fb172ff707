//! What the machine can do at best: single-precision multiply-adds in registers, and memory read and written by a thread.
//!
//! Prints lines as a peer does, whose times are of 10⁹ floating-point operations (`flops`) and of 10⁹ bytes (`bytes`).

use harness::Harness;
use std::hint::black_box;

/// Independent sums: enough to hide the latency of a multiply-add on two ports.
const SUMS: usize = 12;
const ROUNDS: usize = 1_000_000;

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::*;
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2,fma")]
    pub fn avx2() -> usize {
        let (factor, mut sums) = (_mm256_set1_ps(black_box(0.999)), [_mm256_set1_ps(1.0); SUMS]);
        for _ in 0..ROUNDS {
            for sum in &mut sums {
                *sum = _mm256_fmadd_ps(*sum, factor, factor);
            }
        }
        black_box(sums);
        2 * 8 * SUMS * ROUNDS
    }

    #[target_feature(enable = "avx512f")]
    pub fn avx512() -> usize {
        let (factor, mut sums) = (_mm512_set1_ps(black_box(0.999)), [_mm512_set1_ps(1.0); SUMS]);
        for _ in 0..ROUNDS {
            for sum in &mut sums {
                *sum = _mm512_fmadd_ps(*sum, factor, factor);
            }
        }
        black_box(sums);
        2 * 16 * SUMS * ROUNDS
    }
}

/// Multiply-adds without intrinsics, for other processors.
fn portable() -> usize {
    let (factor, mut sums) = (black_box(0.999_f32), [[1.0_f32; 4]; SUMS]);
    for _ in 0..ROUNDS {
        for sum in sums.as_flattened_mut() {
            *sum = sum.mul_add(factor, factor);
        }
    }
    black_box(sums);
    2 * 4 * SUMS * ROUNDS
}

/// Runs the widest multiply-adds that there are, and says how many operations they were.
fn multiply_adds() -> usize {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") {
            // SAFETY: the instructions are there.
            return unsafe { x86::avx512() };
        }
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            // SAFETY: the instructions are there.
            return unsafe { x86::avx2() };
        }
    }
    portable()
}

/// Runs `count` copies of some work at once, each on a thread of its own.
fn on_threads<T: Send>(parts: &mut [T], run: impl Fn(&mut T) + Sync) {
    std::thread::scope(|scope| {
        let (here, others) = parts.split_first_mut().expect("at least one thread");
        for part in others {
            scope.spawn(|| run(part));
        }
        run(here);
    });
}

fn main() {
    let harness = Harness::new("machine");
    let threads = harness.threads;
    let report = |work, amount: f64, seconds: f64| {
        let nanoseconds = seconds * 1e9 * 1e9 / amount;
        println!("machine {threads} {work} {nanoseconds:.1} {nanoseconds:.1}");
    };
    // The best of many runs: this is what nothing can be faster than.
    let best = |runs: usize, run: &mut dyn FnMut()| {
        let time = |run: &mut dyn FnMut()| {
            let start = std::time::Instant::now();
            run();
            start.elapsed().as_secs_f64()
        };
        (0..runs).map(|_| time(run)).fold(f64::INFINITY, f64::min)
    };
    if harness.wants("flops") {
        let mut counts = vec![0; threads];
        let seconds = best(50, &mut || on_threads(&mut counts, |count| *count = multiply_adds()));
        report("flops", counts.iter().sum::<usize>() as f64, seconds);
    }
    if harness.wants("bytes") {
        // 128 MiB in and out: more than the caches hold.
        let mut parts = vec![(vec![1.0_f32; (16 << 20) / threads], vec![0.0_f32; (16 << 20) / threads]); threads];
        let seconds = best(10, &mut || {
            on_threads(&mut parts, |(from, to)| {
                to.iter_mut().zip(&*from).for_each(|(to, from)| *to = from * 2.0)
            })
        });
        report("bytes", (2 * 4 * (16 << 20)) as f64, seconds);
    }
}
