//! Every derivative of the tables against central differences, and the check itself against derivatives that are wrong.

use tintype::autograd::GradcheckError;
use tintype::prelude::*;

/// A square whose backward function is wrong in one entry.
struct WrongSquare;

impl Function<Tensor2<2, 3, f64, Tracked>> for WrongSquare {
    const NAME: &'static str = "WrongSquare";
    type Output = Tensor2<2, 3, f64>;
    type Saved = Tensor2<2, 3, f64>;
    fn forward(&self, x: Tensor2<2, 3, f64>) -> (Tensor2<2, 3, f64>, Self::Saved) {
        (&x * &x, x)
    }
    fn backward<G: Track>(&self, x: &Self::Saved, gradient: Tensor2<2, 3, f64, G>) -> Tensor2<2, 3, f64, G> {
        let mut factor = x * 2.0;
        factor[[1, 2]] += 0.5;
        gradient * factor
    }
}

fn ramp() -> Tensor2<2, 3, f64> {
    Tensor2::from([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]])
}

#[test]
fn a_wrong_derivative_is_found_and_its_entry_is_named() {
    let error = gradcheck(|x| WrongSquare.apply(x), ramp()).unwrap_err();
    let GradcheckError {
        input,
        ref input_index,
        ref output_index,
        analytic,
        numeric,
    } = error;
    assert_eq!(
        (input, &input_index[..], &output_index[..]),
        (0, &[1, 2][..], &[1, 2][..])
    );
    assert!((analytic - 1.7).abs() < 1e-9 && (numeric - 1.2).abs() < 1e-6);
    let message = error.to_string();
    assert!(
        message.starts_with("the derivative of output entry [1, 2] with respect to entry [1, 2] of input 0 is 1.7 "),
        "{message}"
    );
}

#[test]
fn the_wrong_one_of_several_inputs_is_named() {
    let right = Tensor2::<3, 2, f64>::from([[0.3, -0.2], [0.1, 0.9], [-0.5, 0.4]]);
    let error = gradcheck(
        |(x, right)| WrongSquare.apply(x.clone()).matmul(right),
        (ramp(), right.clone()),
    )
    .unwrap_err();
    assert_eq!(
        (error.input, &error.input_index[..], &error.output_index[..]),
        (0, &[1, 2][..], &[1, 0][..])
    );
    let error = gradcheck(|(right, x)| WrongSquare.apply(x.clone()).matmul(right), (right, ramp())).unwrap_err();
    assert_eq!((error.input, &error.input_index[..]), (1, &[1, 2][..]));
}

#[test]
fn a_gradient_that_is_missing_is_found() {
    let error = gradcheck(|x| x.sin() + x.detach(), ramp()).unwrap_err();
    assert_eq!(
        (&error.input_index[..], &error.output_index[..]),
        (&[0, 0][..], &[0, 0][..])
    );
}

/// A test for each function, at the points 0.1 to 0.6.
macro_rules! functions {
    ($($name:ident |$x:ident| $value:expr;)*) => { $(
        #[test]
        fn $name() {
            gradcheck(|$x: &Tensor2<2, 3, f64, Tracked>| $value, ramp()).unwrap();
        }
    )* };
}
functions! {
    neg |x| -x;
    abs |x| x.abs() + (-x).abs();
    exp |x| x.exp();
    exp_m1 |x| x.exp_m1();
    ln |x| x.ln();
    log2 |x| x.log2();
    log10 |x| x.log10();
    ln_1p |x| x.ln_1p();
    sqrt |x| x.sqrt();
    rsqrt |x| x.rsqrt();
    square |x| x.square();
    recip |x| x.recip();
    powi |x| x.powi(3) + x.powi(-2) + x.powi(0);
    powf |x| x.powf(1.7);
    sin |x| x.sin();
    cos |x| x.cos();
    tan |x| x.tan();
    asin |x| x.asin();
    acos |x| x.acos();
    atan |x| x.atan();
    sinh |x| x.sinh();
    cosh |x| x.cosh();
    tanh |x| x.tanh();
    sigmoid |x| x.sigmoid();
    erf |x| x.erf();
    gelu |x| (x - 0.35).gelu();
    gelu_tanh |x| (x - 0.35).gelu_tanh();
    silu |x| (x - 0.35).silu();
    leaky_relu |x| (x - 0.35).leaky_relu(0.1);
    floor |x| x.floor();
    ceil |x| x.ceil();
    round |x| (x + 0.05).round();
    sign |x| x.sign();
    relu |x| (x - 0.35).relu();
    clamp |x| x.clamp(0.15, 0.45);
    number_on_the_right |x| ((x + 2.0) * 3.0 - 1.0) / 4.0;
    number_on_the_left |x| (2.0 + (1.0 - 3.0 * x)) + 2.0 / x;
    sum |x| x.square().sum();
    mean |x| x.square().mean();
    sum_axis |x| x.square().sum_axis::<0>();
    mean_axis |x| x.square().mean_axis::<1>();
    broadcast |x| x.broadcast::<Rank3<2, 2, 3>>();
    expand |x| x.unsqueeze::<1>().expand::<1, 2>();
    reshape |x| x.reshape::<Rank2<3, 2>>();
    flatten |x| x.flatten();
    permute |x| x.permute::<Axes2<1, 0>>();
    transpose |x| x.transpose::<0, 1>();
}

#[test]
fn arithmetic_of_two_tensors() {
    let other = Tensor2::<2, 3, f64>::from([[0.9, -0.2, 1.3], [-0.4, 0.7, 2.6]]);
    gradcheck(|(a, b)| a + b, (ramp(), other.clone())).unwrap();
    gradcheck(|(a, b)| a - b, (ramp(), other.clone())).unwrap();
    gradcheck(|(a, b)| a * b, (ramp(), other.clone())).unwrap();
    gradcheck(|(a, b)| a / b, (ramp(), other)).unwrap();
    gradcheck(|a| a * a + a / (a + a * a), ramp()).unwrap();
}

#[test]
fn products_of_matrices_and_vectors() {
    let vector = Tensor1::<3, f64>::from([0.9, -0.2, 1.3]);
    let matrix = Tensor2::<3, 2, f64>::from([[0.3, -0.2], [0.1, 0.9], [-0.5, 0.4]]);
    gradcheck(|(a, b)| a.dot(b), (vector.clone(), vector.clone())).unwrap();
    gradcheck(|(a, b)| a.matmul(b), (ramp(), vector.clone())).unwrap();
    gradcheck(|(a, b)| a.matmul(b), (vector, matrix.clone())).unwrap();
    gradcheck(|(a, b)| a.matmul(b), (ramp(), matrix.clone())).unwrap();
    gradcheck(
        |(a, b)| a.unsqueeze::<0>().matmul(&b.unsqueeze::<0>()),
        (ramp(), matrix.clone()),
    )
    .unwrap();
    gradcheck(|(a, b)| a.unsqueeze::<0>().matmul(b), (ramp(), matrix)).unwrap();
}

#[test]
fn the_zeroth_power_has_the_derivative_zero_everywhere() {
    let x = tensor([0.0, 2.0]).requires_grad();
    assert_eq!(x.powi(0).sum().backward()[&x].array(), &[0.0, 0.0]);
    assert_eq!(x.powf(0.0).sum().backward()[&x].array(), &[0.0, 0.0]);
}
