//! What a graph keeps alive, counted in bytes by the allocator.
//!
//! One test, since the allocator counts for the whole process.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use tintype::prelude::*;

static ALIVE: AtomicUsize = AtomicUsize::new(0);

struct Counting;

// SAFETY: every call goes to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALIVE.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        ALIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const BATCH: usize = 64;
const WIDTH: usize = 500;
const OUTPUTS: usize = 10;
const F32: usize = size_of::<f32>();
const INPUT: usize = BATCH * WIDTH * F32;
const OUTPUT: usize = BATCH * OUTPUTS * F32;
/// Nodes, reference counts: for a few layers, less than this.
const BOOKKEEPING: usize = 4096;

/// The bytes that are alive because the result is: what each of many results adds. It is a new thread that computes them,
/// because a thread keeps what it works with; for the same reason the first results say little.
fn kept<T>(mut compute: impl FnMut() -> T + Send) -> usize {
    let run = || {
        let mut results: Vec<T> = Vec::with_capacity(6);
        results.extend((0..2).map(|_| compute()));
        let before = ALIVE.load(Ordering::Relaxed);
        results.extend((0..4).map(|_| compute()));
        ALIVE.load(Ordering::Relaxed).saturating_sub(before) / 4
    };
    std::thread::scope(|scope| scope.spawn(run).join()).expect("it does not panic")
}

/// Whether so many bytes are what is expected, with bookkeeping, in blocks that may be an eighth larger.
fn about(bytes: usize, expected: usize) -> bool {
    (expected..expected + expected / 8 + BOOKKEEPING).contains(&bytes)
}

#[test]
fn a_graph_keeps_only_what_its_gradients_need() {
    let mut rng = StdRng::seed_from_u64(0);
    let first = Linear::<WIDTH, WIDTH>::new(&mut rng);
    let second = Linear::<WIDTH, OUTPUTS>::new(&mut rng);
    let input = || Tensor2::<BATCH, WIDTH>::ones();

    // Learning: the input for the first weight, the hidden layer for the second, which relu shares.
    let learning = (first.clone(), ReLU, second.clone());
    let bytes = kept(|| learning.forward(&input()));
    assert!(about(bytes, INPUT + INPUT + OUTPUT), "{bytes}");

    // A frozen first layer saves nothing, and neither does the relu behind it.
    let half_frozen = (first.clone().freeze(), ReLU, second.clone());
    let bytes = kept(|| half_frozen.forward(&input()));
    assert!(about(bytes, INPUT + OUTPUT), "{bytes}");

    // A frozen second layer needs no hidden layer for its weight; the relu keeps it for itself.
    let half_frozen = (first.clone(), second.clone().freeze());
    let bytes = kept(|| half_frozen.forward(&input()));
    assert!(about(bytes, INPUT + OUTPUT), "{bytes}");

    // All frozen: the result, and not even bookkeeping.
    let frozen = (first.freeze(), ReLU, second.freeze());
    let bytes = kept(|| frozen.forward(&input()));
    assert!((OUTPUT..OUTPUT + OUTPUT / 8 + 128).contains(&bytes), "{bytes}");

    // Under `no_grad` a loop keeps what it would keep with plain numbers.
    let x = input().requires_grad();
    let bytes = kept(|| (0..10).fold(no_grad(&x), |y, _| (y * 2.0).tanh()));
    assert!(about(bytes, INPUT), "{bytes}");

    // A leaf that is updated a thousand times is as large as before.
    let mut weight = input().requires_grad();
    let bytes = kept(|| {
        for _ in 0..1000 {
            let gradients = weight.square().sum().backward();
            let gradient = gradients[&weight].clone();
            weight.update(|entries| entries.iter_mut().zip(&gradient).for_each(|(w, g)| *w -= 0.1 * g));
        }
    });
    assert!(bytes < BOOKKEEPING, "{bytes}");
}
