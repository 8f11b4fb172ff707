//! Gradients measured and made smaller before a step.

use crate::autograd::{Gradients, Track, leaf_id};
use crate::kernels::elementwise::map_in_place;
use crate::kernels::number;
use crate::nn::{Name, Parameters, Visitor};
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};
use std::collections::HashSet;

/// Shows a visitor each parameter of a model that it has not met: one that stands at two places has one gradient.
struct Once<'a, V> {
    met: HashSet<u64>,
    visitor: &'a mut V,
}

impl<V: Visitor> Visitor for Once<'_, V> {
    fn visit<S: Shape, E: Float, T: Track>(&mut self, name: &str, parameter: &Tensor<S, E, T>) {
        if leaf_id(parameter).is_some_and(|leaf| self.met.insert(leaf)) {
            self.visitor.visit(name, parameter);
        }
    }
}

fn visit_once(model: &impl Parameters, visitor: &mut impl Visitor) {
    let met = HashSet::new();
    Name::reusing(|name| model.visit(name, &mut Once { met, visitor }));
}

/// The sum of the squares of what it has seen.
struct Squares<'a> {
    gradients: &'a Gradients,
    sum: f64,
}

impl Visitor for Squares<'_> {
    fn visit<S: Shape, E: Float, T: Track>(&mut self, _: &str, parameter: &Tensor<S, E, T>) {
        if let Some(gradient) = self.gradients.of_parameter(parameter) {
            let entries = gradient.as_slice();
            let square = E::dot(entries, entries).to_f64();
            self.sum += square.expect("an f64 holds every number of an element type");
        }
    }
}

/// Multiplies every gradient by a number.
struct Scale<'a> {
    gradients: &'a mut Gradients,
    factor: f64,
}

impl Visitor for Scale<'_> {
    fn visit<S: Shape, E: Float, T: Track>(&mut self, _: &str, parameter: &Tensor<S, E, T>) {
        let factor = number::<E>(self.factor);
        self.gradients
            .update(parameter, |gradient| map_in_place(gradient, |g| g * factor));
    }
}

/// Limits every entry of a gradient.
struct Limit<'a> {
    gradients: &'a mut Gradients,
    limit: f64,
}

impl Visitor for Limit<'_> {
    fn visit<S: Shape, E: Float, T: Track>(&mut self, _: &str, parameter: &Tensor<S, E, T>) {
        let limit = number::<E>(self.limit);
        // Comparisons, which let NaN through.
        let limited = |g| match g {
            g if g > limit => limit,
            g if g < -limit => -limit,
            g => g,
        };
        self.gradients
            .update(parameter, |gradient| map_in_place(gradient, limited));
    }
}

/// The most that is allowed of something.
#[track_caller]
fn checked_limit(what: &str, limit: f64) -> f64 {
    assert!(limit >= 0.0, "{what} must not be negative, and it is {limit}");
    limit
}

/// What is done to gradients between `backward` and a step. Each takes the model, as the step does: only the gradients of its
/// parameters count, and those of inputs and of tensors that were asked to keep theirs are left alone.
impl Gradients {
    /// The Euclidean norm of the gradients of all parameters of a model, as if they were one vector.
    ///
    /// A parameter without a gradient counts as 0, one that stands at two places of the model once.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let net = (tensor([1.0, 1.0]).requires_grad(), tensor([1.0]).requires_grad());
    /// let gradients = ((&net.0 * tensor([3.0, 4.0])).sum() + (&net.1 * 12.0).sum()).backward();
    /// assert_eq!(gradients.norm(&net), 13.0);
    /// assert_eq!(gradients.norm(&net.0), 5.0);
    /// ```
    pub fn norm(&self, model: &impl Parameters) -> f64 {
        let mut squares = Squares {
            gradients: self,
            sum: 0.0,
        };
        visit_once(model, &mut squares);
        squares.sum.sqrt()
    }

    /// Scales the gradients of a model's parameters by one number, so that their [`norm`](Gradients::norm) is at most `max`, and
    /// returns the norm that they had: PyTorch's
    /// [`clip_grad_norm_`](https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html).
    ///
    /// As there, the number is `max / (norm + 1e-6)` where that is less than 1, and a norm that is no finite number is no error:
    /// all gradients become NaN if it is NaN; if it is infinite, finite entries become 0 and infinite ones NaN. The returned
    /// norm tells: `if norm.is_finite() { optimizer.step(…) }`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let mut w = tensor([1.0, 1.0]).requires_grad();
    /// let mut gradients = (&w * tensor([30.0, 40.0])).sum().backward();
    /// assert_eq!(gradients.clip_norm(&w, 1.0), 50.0);
    /// assert!((gradients.norm(&w) - 1.0).abs() < 1e-6);
    /// Sgd::new(0.1).step(&mut w, &gradients);
    /// ```
    ///
    /// # Panics
    /// If `max` is negative or NaN.
    #[doc(alias = "clip_grad_norm_")]
    #[track_caller]
    pub fn clip_norm(&mut self, model: &impl Parameters, max: f64) -> f64 {
        let max = checked_limit("the largest norm of gradients", max);
        let norm = self.norm(model);
        let factor = max / (norm + 1e-6);
        // Not where it is 1 or more, but where it is NaN.
        if factor < 1.0 || factor.is_nan() {
            let gradients = self;
            visit_once(model, &mut Scale { gradients, factor });
        }
        norm
    }

    /// Limits every entry of the gradients of a model's parameters to the range from `-max` to `max`: PyTorch's
    /// [`clip_grad_value_`](https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html). NaN stays NaN.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let w = tensor([1.0, 1.0]).requires_grad();
    /// let mut gradients = (&w * tensor([30.0, -0.5])).sum().backward();
    /// gradients.clip_value(&w, 1.0);
    /// assert_eq!(gradients[&w].array(), &[1.0, -0.5]);
    /// ```
    ///
    /// # Panics
    /// If `max` is negative or NaN.
    #[doc(alias = "clip_grad_value_")]
    #[track_caller]
    pub fn clip_value(&mut self, model: &impl Parameters, max: f64) {
        let limit = checked_limit("the largest entry of gradients", max);
        let gradients = self;
        visit_once(model, &mut Limit { gradients, limit });
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    type Mixed = (Tensor1<2, f32, Tracked>, Tensor1<1, f64, Tracked>);

    fn mixed() -> Mixed {
        (Tensor::ones().requires_grad(), Tensor::ones().requires_grad())
    }

    /// The gradients `(x, y)` of such a model.
    fn gradients(net: &Mixed, x: [f32; 2], y: f64) -> Gradients {
        (&net.0 * Tensor::from(x)).sum().backward() + (&net.1 * y).sum().backward()
    }

    /// All as PyTorch 2.15 has it.
    #[test]
    fn norms_are_of_all_parameters_of_any_element_type() {
        let net = mixed();
        let mut gradients = gradients(&net, [3.0, 4.0], 12.0);
        assert_eq!(gradients.clip_norm(&net, 13.5), 13.0);
        assert_eq!(gradients[&net.0].array(), &[3.0, 4.0]);
        assert_eq!(gradients.clip_norm(&net, 6.5), 13.0);
        assert!((&gradients[&net.0] - tensor([1.5, 2.0])).norm().item() < 1e-6);
        assert!((gradients[&net.1][[0]] - 6.0).abs() < 1e-6);
    }

    #[test]
    fn norms_that_are_no_finite_number_go_into_the_gradients() {
        let net = mixed();
        for x in [1e20, f32::INFINITY] {
            let mut gradients = gradients(&net, [x, 3.0], 4.0);
            assert_eq!(gradients.clip_norm(&net, 1.0), f64::INFINITY);
            let [first, second] = *gradients[&net.0].array();
            assert_eq!((first.is_nan(), second), (x.is_infinite(), 0.0));
            assert_eq!(gradients[&net.1].array(), &[0.0]);
        }
        let mut gradients = gradients(&net, [f32::NAN, 3.0], 4.0);
        assert!(gradients.clip_norm(&net, 1.0).is_nan());
        assert!(gradients[&net.0].iter().all(|g| g.is_nan()) && gradients[&net.1][[0]].is_nan());
    }

    /// As PyTorch has it for tied weights.
    #[test]
    fn a_parameter_at_two_places_counts_once() {
        let w = tensor([1.0, 1.0]).requires_grad();
        let tied = (w.clone(), w);
        let mut gradients = (&tied.0 * tensor([1.0, 1.0]) + &tied.1 * tensor([2.0, 3.0]))
            .sum()
            .backward();
        assert_eq!(gradients.clip_norm(&tied, 1.0), 5.0);
        assert!((gradients.norm(&tied) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn values_are_limited_on_both_sides() {
        let net = mixed();
        let mut limited = gradients(&net, [f32::INFINITY, -0.5], -7.0);
        limited.clip_value(&net, 2.0);
        assert_eq!(limited[&net.0].array(), &[2.0, -0.5]);
        assert_eq!(limited[&net.1].array(), &[-2.0]);
        let mut limited = gradients(&net, [f32::NAN, 3.0], 0.0);
        limited.clip_value(&net, 2.0);
        assert!(limited[&net.0][[0]].is_nan() && limited[&net.0][[1]] == 2.0);
    }

    #[test]
    fn only_the_gradients_of_the_model_are_changed() {
        let net = Linear::<2, 1>::new(&mut StdRng::seed_from_u64(0));
        let x = tensor([30.0, 40.0]).requires_grad();
        let mut gradients = net.forward(&x).sum().backward();
        let (of_input, before) = (gradients[&x].clone(), gradients.clone());
        assert!((gradients.clip_norm(&net, 1.0) - f64::hypot(50.0, 1.0)).abs() < 1e-4);
        assert!((gradients.norm(&net) - 1.0).abs() < 1e-5);
        assert_eq!(gradients[&x], of_input);
        assert_eq!(before[&net.weight].array(), &[[30.0, 40.0]]); // a clone keeps its own
        assert_eq!(gradients.clip_norm(&net.clone().freeze(), 0.5), 0.0);
        gradients.clip_norm(&net, 0.0);
        assert_eq!(gradients.norm(&net), 0.0);
    }

    #[test]
    #[should_panic(expected = "the largest norm of gradients must not be negative, and it is -1")]
    fn negative_limits_are_refused() {
        let net = mixed();
        gradients(&net, [3.0, 4.0], 12.0).clip_norm(&net, -1.0);
    }
}
