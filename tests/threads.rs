//! Large tensors on small stacks, and graphs on several threads.

use std::thread;
use tintype::prelude::*;

/// Runs a test on a thread with the stack that Rust gives to threads by default, whatever the environment says.
fn on_two_mebibytes(run: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(2 << 20);
    thread.spawn(run).unwrap().join().unwrap();
}

/// 64 MiB of f32: as an array on the stack it would overflow even the main thread's.
type Large<G = Untracked> = Tensor4<1, 64, 512, 512, f32, G>;
const LAST: [usize; 4] = [0, 63, 511, 511];

#[test]
fn constants_of_any_size_are_made_on_the_heap() {
    on_two_mebibytes(|| {
        assert_eq!(Large::zeros()[LAST], 0.0);
        assert_eq!(Large::ones()[LAST], 1.0);
        assert_eq!(Large::full(2.5)[LAST], 2.5);
    });
}

#[test]
fn computed_entries_of_any_size_are_made_on_the_heap() {
    on_two_mebibytes(|| {
        let x = Large::from_fn(|i| (i % 7) as f32);
        assert_eq!(x[LAST], ((<Large>::NUMEL - 1) % 7) as f32);
        assert_eq!(x.array()[0][63][511][511], x[LAST]);
        let entries = x.clone().into_vec();
        assert_eq!(Large::try_from(entries.as_slice()).unwrap()[LAST], x[LAST]);
        assert_eq!(Large::try_from(entries).unwrap()[LAST], x[LAST]);
    });
}

#[test]
fn random_entries_of_any_size_are_made_on_the_heap() {
    on_two_mebibytes(|| {
        let mut rng = StdRng::seed_from_u64(0);
        assert!((0.0..1.0).contains(&Large::rand(&mut rng)[LAST]));
        assert!((-3.0..-2.0).contains(&Large::uniform(-3.0, -2.0, &mut rng)[LAST]));
        assert!(Large::randn(&mut rng)[LAST].is_finite());
    });
}

#[test]
fn large_tensors_are_tracked_computed_with_and_printed() {
    on_two_mebibytes(|| {
        let x: Large<Tracked> = Large::ones().requires_grad();
        let y = &x * 2.0;
        assert!(
            y.to_string()
                .ends_with(", shape=[1, 64, 512, 512],\n       grad_fn=<MulBackward>)")
        );
        assert_eq!(y.sum().backward()[&x][LAST], 2.0);
    });
}

#[test]
fn everything_goes_to_other_threads() {
    fn send_and_sync<T: Send + Sync + 'static>() {}
    send_and_sync::<Tensor2<2, 2>>();
    send_and_sync::<Tensor2<2, 2, f64, Tracked>>();
    send_and_sync::<Tensor1<2, bool>>();
    send_and_sync::<Gradients>();
    send_and_sync::<GradFn>();
}

#[test]
fn backward_on_another_thread() {
    let x = tensor([1.0, 2.0, 3.0]).requires_grad();
    let loss = (&x * &x).sum();
    let gradients = thread::spawn(move || loss.backward()).join().unwrap();
    assert_eq!(gradients[&x].array(), &[2.0, 4.0, 6.0]);
}

#[test]
fn two_threads_go_back_through_one_graph() {
    let x = tensor([1.0, 2.0, 3.0]).requires_grad();
    let mut shared = &x * 1.0;
    for _ in 0..1000 {
        shared = shared + 0.0;
    }
    let sum = &thread::scope(|scope| {
        let threads = [2.0, 3.0].map(|factor| {
            let own = shared.clone();
            scope.spawn(move || (own * factor).sum().backward())
        });
        let [twice, thrice] = threads.map(|thread| thread.join().unwrap());
        assert_eq!((twice[&x].array(), thrice[&x].array()), (&[2.0; 3], &[3.0; 3]));
        twice + thrice
    });
    assert_eq!(sum[&x].array(), &[5.0; 3]);
}

#[test]
fn two_threads_drop_one_long_graph() {
    on_two_mebibytes(|| {
        for _ in 0..20 {
            let x = tensor([1.0]).requires_grad();
            let mut y = &x + 0.0;
            for _ in 0..20_000 {
                y = y + 0.0;
            }
            let (one, other) = (&y * 2.0, &y * 3.0);
            drop(y);
            let thread = thread::spawn(move || drop(one));
            drop(other);
            thread.join().unwrap();
        }
    });
}
