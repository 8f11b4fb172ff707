//! Automatic differentiation: the second half of the course, with its numbers, which the program checks.
//!
//! `cargo run --example autograd`

use tintype::prelude::*;

fn main() -> std::io::Result<()> {
    the_graph_behind_a_number()?;
    a_graph_that_depends_on_data();
    either_side_may_be_a_constant();
    leaving_the_graph();
    Ok(())
}

/// x → y = x − 2 → z = 3y² → a = mean(z), and back.
fn the_graph_behind_a_number() -> std::io::Result<()> {
    let x = tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad(); // Tensor2<2, 2, f32, Tracked>
    println!("x = {x}");

    let y = &x - 2.0;
    println!("y = x - 2 = {y}");
    let grad_fn = y.grad_fn().expect("y is computed from a leaf");
    println!("y.grad_fn() = {grad_fn}, and before it {:?}", grad_fn.next_functions());
    assert_eq!(grad_fn.to_string(), "<SubBackward>");
    let leaf: Tensor2<2, 2, f32, Tracked> = grad_fn.next_functions()[0].variable().expect("that is where x is");
    assert_eq!(leaf, x);
    assert!(x.grad_fn().is_none(), "a leaf has no function behind it");

    let z = &y * &y * 3.0;
    let a = z.mean();
    println!("z = 3y² = {z}");
    println!("a = mean(z) = {a}");
    assert_eq!(a.item(), 4.5);

    let file = std::env::temp_dir().join("tintype-graph.svg");
    std::fs::write(&file, a.to_svg())?;
    println!("the graph behind a is drawn in {}", file.display());

    let grads = a.backward();
    println!("∂a/∂x = 3(x - 2)/2 = {}\n", grads[&x]);
    assert_eq!(grads[&x].array(), &[[-1.5, 0.0], [1.5, 3.0]]);
    // `a` is gone: going back a second time does not compile.
    Ok(())
}

/// The graph is what the program did, so a loop may depend on the numbers.
fn a_graph_that_depends_on_data() {
    let x = tensor([3.0, 4.0, 0.0]).requires_grad();
    let mut y = &x * 2.0;
    let mut doublings = 0;
    while y.norm().item() < 1000.0 {
        y = y * 2.0;
        doublings += 1;
    }
    println!("x = {x}, doubled once and then {doublings} times until its norm passed 1000: {y}");
    assert_eq!(doublings, 7);

    // y is not one number, so the gradient to start from is given.
    let grads = y.backward_with(&tensor([0.1, 1.0, 0.0001]));
    println!("the gradient is {}\n", grads[&x]);
    assert_eq!(grads[&x].array(), &[25.6, 256.0, 0.0256]);
}

/// What is tracked stands in the type; a constant costs nothing, and its gradient does not compile.
fn either_side_may_be_a_constant() {
    let x = tensor([1.0, 2.0, 3.0]); // Tensor1<3>
    let w = Tensor1::<3>::ones().requires_grad(); // Tensor1<3, f32, Tracked>
    let grads = w.matmul(&x).backward();
    println!("∂(w·x)/∂w = {} where x is a constant", grads[&w]);
    assert_eq!(grads[&w].array(), &[1.0, 2.0, 3.0]);
    // grads[&x]: "no gradient flows here: this tensor is `Untracked`"

    let x = x.requires_grad();
    let w = w.detach();
    let grads = w.matmul(&x).backward();
    println!("∂(w·x)/∂x = {} where w is a constant\n", grads[&x]);
    assert_eq!(grads[&x].array(), &[1.0; 3]);
}

/// `no_grad` gives the same numbers without the graph.
fn leaving_the_graph() {
    let x = tensor([1.0, 2.0, 3.0]).requires_grad();
    let y: Tensor0 = no_grad(&x).sum(); // Untracked, and so has no `backward`
    println!("no_grad(x).sum() = {y}, computed by {:?}", y.grad_fn());
    assert!(y.grad_fn().is_none());

    // Here the second factor is a constant that happens to equal x.
    let grads = (&x * no_grad(&x)).sum().backward();
    println!("∂Σ(x · no_grad(x))/∂x = {}", grads[&x]);
    assert_eq!(grads[&x].array(), &[1.0, 2.0, 3.0]);
}
