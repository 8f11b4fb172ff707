//! What the programs of all peers share: their arguments, the clock, and random numbers.
//!
//! `PROGRAM THREADS [WORK,WORK…]` prints a line for each piece of work: `PEER THREADS WORK median_ns least_ns`.
//! `BENCH_SECONDS` says how long each is repeated (0.5 if not set).

use std::hint::black_box;
use std::time::Instant;

/// The timing of one peer.
pub struct Harness {
    peer: &'static str,
    /// How many threads the peer may use.
    pub threads: usize,
    only: Vec<String>,
    seconds: f64,
}

impl Harness {
    /// Reads the arguments and sets the number of threads for every library that listens to a variable or to rayon.
    pub fn new(peer: &'static str) -> Harness {
        let mut arguments = std::env::args().skip(1);
        let threads = arguments
            .next()
            .map_or(1, |threads| threads.parse().expect("a number of threads"));
        for variable in ["RAYON", "OPENBLAS", "OMP", "MATMUL", "CANDLE"] {
            // SAFETY: no thread has been started yet.
            unsafe { std::env::set_var(format!("{variable}_NUM_THREADS"), threads.to_string()) };
        }
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .use_current_thread()
            .build_global()
            .expect("no other pool has been made");
        let only = arguments.next().unwrap_or_default();
        let seconds = std::env::var("BENCH_SECONDS")
            .ok()
            .and_then(|seconds| seconds.parse().ok());
        Harness {
            peer,
            threads,
            only: only
                .split(',')
                .filter(|work| !work.is_empty())
                .map(str::to_owned)
                .collect(),
            seconds: seconds.unwrap_or(0.5),
        }
    }

    /// The same for another peer in the same program.
    pub fn of(&self, peer: &'static str) -> Harness {
        Harness {
            peer,
            threads: self.threads,
            only: self.only.clone(),
            seconds: self.seconds,
        }
    }

    /// Whether some work was asked for.
    pub fn wants(&self, work: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == work)
    }

    /// Times some work, if it was asked for, and prints its line.
    pub fn time<R>(&self, work: &str, mut run: impl FnMut() -> R) {
        if !self.wants(work) {
            return;
        }
        black_box(run());
        black_box(run());
        let (start, mut count) = (Instant::now(), 0);
        while start.elapsed().as_secs_f64() < 0.2 * self.seconds {
            black_box(run());
            count += 1;
        }
        let estimate = start.elapsed().as_nanos() as f64 / count as f64;
        // A sample takes 50 µs or more, so that reading the clock does not show.
        let inner = ((50e3 / estimate) as usize).max(1);
        let samples = ((self.seconds * 1e9 / (estimate * inner as f64)) as usize).clamp(10, 5000);
        let mut times: Vec<f64> = (0..samples)
            .map(|_| {
                let start = Instant::now();
                for _ in 0..inner {
                    black_box(run());
                }
                start.elapsed().as_nanos() as f64 / inner as f64
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!(
            "{} {} {work} {:.1} {:.1}",
            self.peer,
            self.threads,
            times[samples / 2],
            times[0]
        );
    }
}

/// Numbers of about a normal distribution, the same in every run.
pub struct Numbers(u64);

impl Default for Numbers {
    fn default() -> Numbers {
        Numbers(0x9E37_79B9_7F4A_7C15)
    }
}

impl Numbers {
    /// The sum of four evenly distributed numbers, scaled to a variance of 1.
    pub fn draw(&mut self) -> f32 {
        let even = |state: &mut u64| {
            *state ^= *state << 13;
            *state ^= *state >> 7;
            *state ^= *state << 17;
            (*state >> 40) as f32 / (1 << 24) as f32 - 0.5
        };
        (0..4).map(|_| even(&mut self.0)).sum::<f32>() * 3_f32.sqrt()
    }

    /// So many of them, times a scale.
    pub fn vec(&mut self, length: usize, scale: f32) -> Vec<f32> {
        (0..length).map(|_| self.draw() * scale).collect()
    }
}
