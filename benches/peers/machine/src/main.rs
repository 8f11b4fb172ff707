//! What the machine can do at best: single-precision multiply-adds in registers, and memory read and written by a thread.
//!
//! Prints lines as a peer does, whose times are of 10⁹ floating-point operations (`flops`) and of 10⁹ bytes (`bytes`).

use harness::Harness;

#[path = "../../../machine/multiply_adds.rs"]
mod multiply_adds;
#[path = "../../../machine/stream.rs"]
mod stream;

/// Of multiply-adds: a few milliseconds' worth, beside which starting a thread does not show.
const ROUNDS: usize = 1_000_000;

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
        let seconds = best(50, &mut || {
            on_threads(&mut counts, |count| *count = multiply_adds::multiply_adds(ROUNDS))
        });
        report("flops", counts.iter().sum::<usize>() as f64, seconds);
    }
    if harness.wants("bytes") {
        // 128 MiB in and out: more than the caches hold.
        let mut parts = vec![(vec![1.0_f32; (16 << 20) / threads], vec![0.0_f32; (16 << 20) / threads]); threads];
        let seconds = best(10, &mut || {
            on_threads(&mut parts, |(from, to)| stream::stream(from, to));
        });
        report("bytes", (2 * 4 * (16 << 20)) as f64, seconds);
    }
}
