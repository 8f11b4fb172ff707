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

#[test]
fn an_update_that_panics_leaves_a_leaf_with_its_entries() {
    let mut x = tensor([1.0, 2.0]).requires_grad();
    let leaf = (&x * 2.0).grad_fn().unwrap().next_functions().remove(0);
    let update = std::panic::AssertUnwindSafe(|| x.update(|_| panic!("on purpose")));
    assert!(std::panic::catch_unwind(update).is_err());
    let variable: Tensor1<2, f32, Tracked> = leaf.variable().unwrap();
    assert_eq!(variable.array(), &[1.0, 2.0]);
    x.update(|entries| entries[1] = 5.0);
    let variable: Tensor1<2, f32, Tracked> = leaf.variable().unwrap();
    assert_eq!(variable.array(), &[1.0, 5.0]);
}

#[test]
fn gradients_that_are_not_there_say_why() {
    let panic = |f: Box<dyn FnOnce() + std::panic::UnwindSafe>| {
        let error = std::panic::catch_unwind(f).unwrap_err();
        error.downcast_ref::<String>().expect("a message with numbers").clone()
    };
    let unused = panic(Box::new(|| {
        let (x, y) = (tensor([1.0, 2.0]).requires_grad(), tensor([3.0]).requires_grad());
        let _ = &x.sum().backward()[&y];
    }));
    assert!(
        unused.contains("[1]") && unused.contains("does not depend on it"),
        "{unused}"
    );
    let computed = panic(Box::new(|| {
        let x = tensor([1.0, 2.0]).requires_grad();
        let y = &x * 2.0;
        let _ = &y.sum().backward()[&y];
    }));
    assert!(
        computed.contains("<MulBackward>") && computed.contains("retain_grad"),
        "{computed}"
    );
}

#[test]
fn backward_on_another_loss_of_the_same_graph() {
    let x = tensor([1.0, 2.0]).requires_grad();
    let y = &x * &x;
    let (sum, mean) = (y.sum(), y.mean());
    let both = sum.backward() + mean.backward();
    assert_eq!(both[&x].array(), &[3.0, 6.0]);
}
