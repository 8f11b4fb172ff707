//! Running a recorded case.

use safetensors::{Dtype, SafeTensors};
use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;
use std::path::Path;
use tintype::prelude::*;

/// An element type that the cases are run in.
pub trait Real: Float {
    /// How far a number may be from the recorded one, relative to the largest of the recorded number, the root mean square of
    /// its tensor, and 1.
    const TOLERANCE: f64;
    fn nearest(number: f64) -> Self;
    fn widen(self) -> f64;
}

macro_rules! reals {
    ($($element:ident $tolerance:literal;)*) => { $(
        impl Real for $element {
            const TOLERANCE: f64 = $tolerance;
            fn nearest(number: f64) -> Self {
                number as $element
            }
            fn widen(self) -> f64 {
                self.into()
            }
        }
    )* };
}
reals! {
    f32 1e-5;
    f64 1e-9;
}

/// A recorded tensor.
#[derive(Clone)]
struct Record {
    shape: Vec<usize>,
    values: Values,
}

#[derive(Clone)]
enum Values {
    Reals(Vec<f64>),
    Indices(Vec<usize>),
}

/// The tensors of every case of a group.
fn read(group: &str) -> BTreeMap<String, BTreeMap<String, Record>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/oracles/data")
        .join(format!("{group}.safetensors"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut cases = BTreeMap::<_, BTreeMap<_, _>>::new();
    for (name, tensor) in SafeTensors::deserialize(&bytes).unwrap().tensors() {
        let words = tensor.data().chunks_exact(8).map(|word| word.try_into().unwrap());
        let values = match tensor.dtype() {
            Dtype::F64 => Values::Reals(words.map(f64::from_le_bytes).collect()),
            Dtype::I64 => Values::Indices(words.map(|word| i64::from_le_bytes(word).try_into().unwrap()).collect()),
            other => panic!("{name} is of {other:?}"),
        };
        let (case, name) = name.split_once('/').expect("tensors are named <case>/<name>");
        let record = Record {
            shape: tensor.shape().to_vec(),
            values,
        };
        cases
            .entry(case.to_owned())
            .or_default()
            .insert(name.to_owned(), record);
    }
    cases
}

/// A closure that looks up a leaf's gradient.
type Lookup = Box<dyn Fn(&Gradients) -> Option<Vec<f64>>>;

/// One recorded case, run in the element type `E`. It remembers what was used, and [`finish`](Case::finish) demands all.
pub struct Case<E> {
    name: String,
    records: BTreeMap<String, Record>,
    used: BTreeSet<String>,
    leaves: Vec<(String, Lookup)>,
    outputs: usize,
    differentiable: usize,
    element: PhantomData<E>,
}

impl<E: Real> Case<E> {
    /// The case of this name.
    ///
    /// # Panics
    /// If there is none.
    pub fn open(group: &str, name: &str) -> Self {
        let name = name.trim_start_matches("r#");
        let records = read(group).remove(name);
        Case {
            name: format!("{group}/{name} in {}", E::NAME),
            records: records.unwrap_or_else(|| panic!("no case {name} is recorded in {group}")),
            used: BTreeSet::new(),
            leaves: Vec::new(),
            outputs: 0,
            differentiable: 0,
            element: PhantomData,
        }
    }

    fn record<S: Shape>(&mut self, name: &str) -> Values {
        let record = self.records.get(name);
        let record = record.unwrap_or_else(|| panic!("{}: no {name} is recorded", self.name));
        assert_eq!(record.shape, S::DIMS, "{}: the recorded shape of {name}", self.name);
        self.used.insert(name.to_owned());
        record.values.clone()
    }

    fn reals<S: Shape>(&mut self, name: &str) -> Vec<f64> {
        match self.record::<S>(name) {
            Values::Reals(reals) => reals,
            Values::Indices(_) => panic!("{}: {name} holds indices", self.name),
        }
    }

    /// A recorded tensor of numbers, untracked.
    pub fn constant<S: Shape>(&mut self, name: &str) -> Tensor<S, E> {
        let reals = self.reals::<S>(name);
        Tensor::from_fn(|i| E::nearest(reals[i]))
    }

    /// A recorded tensor of indices.
    pub fn indices<S: Shape>(&mut self, name: &str) -> Tensor<S, usize> {
        match self.record::<S>(name) {
            Values::Indices(indices) => Tensor::from_fn(|i| indices[i]),
            Values::Reals(_) => panic!("{}: {name} holds numbers, not indices", self.name),
        }
    }

    /// A recorded tensor of numbers as a leaf, whose gradient [`check`](Case::check) compares with `d.<name>`. If no such
    /// gradient is recorded, there must be none.
    pub fn leaf<S: Shape>(&mut self, name: &str) -> Tensor<S, E, Tracked> {
        let leaf = self.constant::<S>(name).requires_grad();
        let found = leaf.clone();
        let lookup = move |gradients: &Gradients| Some(gradients.get(&found)?.iter().map(|x| x.widen()).collect());
        self.leaves.push((name.to_owned(), Box::new(lookup)));
        leaf
    }

    /// Compares a tensor with the recorded one of this name.
    pub fn compare<S: Shape, G: Track>(&mut self, name: &str, found: &Tensor<S, E, G>) {
        let expected = self.reals::<S>(name);
        let found: Vec<f64> = found.iter().map(|x| x.widen()).collect();
        self.close(name, &found, &expected);
    }

    fn close(&self, name: &str, found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len(), "{}: entries of {name}", self.name);
        // A sum of many terms that nearly cancel is as exact as its terms, not as its result, so an entry of a tensor is not
        // measured by less than what its entries are on the whole: their root mean square. (In f64 that matters to none.)
        let mean_square = expected.iter().map(|entry| entry * entry).sum::<f64>() / expected.len().max(1) as f64;
        let scale = mean_square.sqrt().max(1.0);
        for (i, (&found, &expected)) in found.iter().zip(expected).enumerate() {
            let error = (found - expected).abs() / expected.abs().max(scale);
            assert!(
                error <= E::TOLERANCE,
                "{}: entry {i} of {name} is {found}, and PyTorch has {expected} (relative error {error:e})",
                self.name
            );
        }
    }

    /// Compares the outputs, then goes back from the recorded gradients and compares what arrives at every leaf.
    pub fn check(mut self, outputs: impl Outcome<E>) {
        let mut gradients = Gradients::default();
        outputs.compare(&mut self, &mut gradients);
        for (name, lookup) in std::mem::take(&mut self.leaves) {
            let recorded = format!("d.{name}");
            let expected = match self.records.get(&recorded).map(|record| &record.values) {
                Some(Values::Reals(reals)) => Some(reals.clone()),
                Some(Values::Indices(_)) => panic!("{}: {recorded} holds indices", self.name),
                None => None,
            };
            match (lookup(&gradients), expected) {
                (Some(found), Some(expected)) => self.close(&recorded, &found, &expected),
                (None, None) => {}
                (Some(_), None) => panic!("{}: {name} has a gradient, and PyTorch has none", self.name),
                (None, Some(_)) => panic!("{}: {name} has no gradient", self.name),
            }
            self.used.insert(recorded);
        }
        self.finish();
    }

    /// Ends a case that was run by hand.
    ///
    /// # Panics
    /// If a recorded tensor was neither used nor compared.
    pub fn finish(self) {
        let left: Vec<_> = self.records.keys().filter(|&name| !self.used.contains(name)).collect();
        assert!(left.is_empty(), "{}: {left:?} were recorded and not used", self.name);
    }
}

/// What a case computes: a tracked tensor, a tensor of indices, or a tuple of them.
pub trait Outcome<E> {
    fn compare(self, case: &mut Case<E>, gradients: &mut Gradients);
}

impl<S: Shape, E: Real> Outcome<E> for Tensor<S, E, Tracked> {
    fn compare(self, case: &mut Case<E>, gradients: &mut Gradients) {
        case.compare(&format!("out{}", case.outputs), &self);
        let gradient = case.constant::<S>(&format!("g{}", case.differentiable));
        *gradients += self.backward_with(&gradient);
        case.outputs += 1;
        case.differentiable += 1;
    }
}

impl<S: Shape, E: Real> Outcome<E> for Tensor<S, usize> {
    fn compare(self, case: &mut Case<E>, _: &mut Gradients) {
        let name = format!("out{}", case.outputs);
        assert_eq!(self, case.indices::<S>(&name), "{}: {name}", case.name);
        case.outputs += 1;
    }
}

macro_rules! tuples {
    ($(($($part:ident)*))*) => { $(
        #[allow(non_snake_case)]
        impl<E: Real, $($part: Outcome<E>),*> Outcome<E> for ($($part,)*) {
            fn compare(self, case: &mut Case<E>, gradients: &mut Gradients) {
                let ($($part,)*) = self;
                $($part.compare(case, gradients);)*
            }
        }
    )* };
}
tuples!((A B) (A B C));

/// How a case's tensor is loaded: a shape gives a leaf, `Constant<shape>` an untracked tensor, `Indices<shape>` a tensor of
/// `usize`.
pub trait Load<E> {
    type Loaded;
    fn load(case: &mut Case<E>, name: &str) -> Self::Loaded;
}

/// Loads an untracked tensor of numbers.
pub struct Constant<S>(PhantomData<S>);

/// Loads a tensor of indices.
pub struct Indices<S>(PhantomData<S>);

impl<S: Shape, E: Real> Load<E> for S {
    type Loaded = Tensor<S, E, Tracked>;
    fn load(case: &mut Case<E>, name: &str) -> Self::Loaded {
        case.leaf(name)
    }
}
impl<S: Shape, E: Real> Load<E> for Constant<S> {
    type Loaded = Tensor<S, E>;
    fn load(case: &mut Case<E>, name: &str) -> Self::Loaded {
        case.constant(name)
    }
}
impl<S: Shape, E: Real> Load<E> for Indices<S> {
    type Loaded = Tensor<S, usize>;
    fn load(case: &mut Case<E>, name: &str) -> Self::Loaded {
        case.indices(name)
    }
}

/// A test for each case, in `f64` and in `f32`: see the top of `main.rs`.
macro_rules! oracles {
    (
        $group:literal without [$($other:ident),* $(,)?];
        $($case:ident($($input:ident: $shape:ty),* $(,)?) => $compute:expr;)*
    ) => {
        $(
            #[test]
            fn $case() {
                $crate::harness::oracles!(@run f64 $group $case ($($input: $shape),*) $compute);
                $crate::harness::oracles!(@run f32 $group $case ($($input: $shape),*) $compute);
            }
        )*

        #[test]
        fn every_recorded_case_is_tested_or_named() {
            $crate::harness::assert_covered($group, &[$(stringify!($case)),*], &[$(stringify!($other)),*]);
        }
    };
    (@run $element:ident $group:literal $case:ident ($($input:ident: $shape:ty),*) $compute:expr) => {{
        #[allow(dead_code)]
        type E = $element;
        let mut case = $crate::harness::Case::<E>::open($group, stringify!($case));
        $( let $input = <$shape as $crate::harness::Load<E>>::load(&mut case, stringify!($input)); )*
        let outputs = $compute;
        case.check(outputs);
    }};
}
pub(crate) use oracles;

/// Checks that the tested cases and the others are all that is recorded in a group, and no case is both.
pub fn assert_covered(group: &str, tested: &[&str], others: &[&str]) {
    let recorded = read(group);
    for case in recorded.keys() {
        let times = tested
            .iter()
            .chain(others)
            .filter(|name| name.trim_start_matches("r#") == case)
            .count();
        assert_eq!(
            times, 1,
            "{group}/{case} is tested or named as not tested {times} times"
        );
    }
    for &case in tested.iter().chain(others) {
        assert!(
            recorded.contains_key(case.trim_start_matches("r#")),
            "no case {case} is recorded in {group}"
        );
    }
}

/// The harness must not pass what is wrong.
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "no case nonsense is recorded in elementwise")]
    fn an_unknown_case_fails() {
        Case::<f64>::open("elementwise", "nonsense");
    }

    #[test]
    #[should_panic(expected = "elementwise/square in f64: entry 0 of out0 is")]
    fn a_wrong_output_fails() {
        let mut case = Case::<f64>::open("elementwise", "square");
        let x = case.leaf::<Rank2<3, 4>>("in0");
        case.check(&x * 2.0);
    }

    #[test]
    #[should_panic(expected = "elementwise/square in f64: entry 0 of d.in0 is")]
    fn a_wrong_gradient_fails() {
        let mut case = Case::<f64>::open("elementwise", "square");
        let x = case.leaf::<Rank2<3, 4>>("in0");
        case.check(&x * x.detach());
    }

    #[test]
    #[should_panic(expected = "[\"d.in1\", \"in1\"] were recorded and not used")]
    fn a_gradient_that_is_not_compared_fails() {
        let mut case = Case::<f64>::open("elementwise", "binary_add");
        let a = case.leaf::<Rank2<3, 4>>("in0");
        let b = Case::<f64>::open("elementwise", "binary_add").constant::<Rank2<3, 4>>("in1");
        case.check(a + b);
    }

    #[test]
    #[should_panic(expected = "the recorded shape of in0")]
    fn a_wrong_shape_fails() {
        let _ = Case::<f64>::open("elementwise", "square").leaf::<Rank2<4, 3>>("in0");
    }

    #[test]
    #[should_panic(expected = "loss/mse is tested or named as not tested 0 times")]
    fn a_forgotten_case_fails() {
        let mut recorded: Vec<_> = read("loss").into_keys().collect();
        recorded.retain(|case| case != "mse");
        assert_covered("loss", &recorded.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
    }
}
