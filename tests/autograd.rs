//! The course's lesson on automatic differentiation, and the graph's own promises.

use tintype::prelude::*;

#[test]
fn the_first_user_s_program() {
    let x = tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad();
    let y = &x - 2.0;
    assert_eq!(y.grad_fn().unwrap().to_string(), "<SubBackward>");
    let z = &y * &y * 3.0;
    let a = z.mean();
    assert_eq!(a.item(), 4.5);
    let grads = a.backward();
    assert_eq!(grads[&x].array(), &[[-1.5, 0.0], [1.5, 3.0]]);
}

#[test]
fn doubling_until_the_norm_passes_a_thousand() {
    let x = tensor([3.0, 4.0, 0.0]).requires_grad();
    let mut y = &x * 2.0;
    let mut doublings = 0;
    while y.square().sum().sqrt().item() < 1000.0 {
        y = y * 2.0;
        doublings += 1;
    }
    assert_eq!(doublings, 7);
    let gradients = y.backward_with(&tensor([0.1, 1.0, 0.0001]));
    assert_eq!(gradients[&x].array(), &[25.6, 256.0, 0.0256]);
}

#[test]
fn either_side_of_a_product_may_be_untracked() {
    let x = tensor([1.0, 2.0, 3.0]);
    let w = Tensor1::<3>::ones().requires_grad();
    let gradients = w.dot(&x).backward();
    assert_eq!(gradients[&w].array(), &[1.0, 2.0, 3.0]);
    assert_eq!(x.dot(&w).backward()[&w].array(), &[1.0, 2.0, 3.0]);
}

#[test]
fn a_long_chain_neither_overflows_on_backward_nor_on_drop() {
    let run = || {
        let x = tensor([1.0, 2.0, 3.0]).requires_grad();
        let mut y = &x + 0.0;
        for _ in 0..1_000_000 {
            y = y + 0.0;
        }
        let gradients = y.clone().sum().backward();
        assert_eq!(gradients[&x].array(), &[1.0; 3]);
        drop(y);
    };
    std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
}
