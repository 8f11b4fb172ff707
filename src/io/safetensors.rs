//! The safetensors format: a JSON header of names, element types, shapes and places, then the entries, little-endian.

use super::training::{Loaded, Saved};
use super::whole;
use crate::autograd::Track;
use crate::error::{Error, Result};
use crate::nn::{Visitor, VisitorMut};
use crate::shape::Shape;
use crate::tensor::{Element, Float, Tensor};
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

/// Writes all parameters of a model to a safetensors file, each under its name and in its element type, and what its layers
/// remember beside them (the running means and variances of batch normalisation).
///
/// Of a model and its optimiser, `save((&model, &optimizer), path)`, the file has all that training needs to go on: the settings
/// of the optimiser too and what it remembers about each parameter, under names such as `optimizer/Adam/mean/conv1.weight`.
///
/// The file takes the place of one that is there only when it is complete: it is written under another name in the same folder
/// and then renamed. A link is followed, and a file that is replaced hands on its permissions. Its metadata say `format: pt`, as
/// PyTorch's files do.
///
/// # Errors
/// [`Error::Io`] if the file cannot be written, or the path is that of a folder, a device or anything else that is no file;
/// [`Error::Parameters`] if two parameters have one name, or the optimiser is another model's.
#[doc(alias = "state_dict")]
pub fn save(what: impl Saved, path: impl AsRef<Path>) -> Result<()> {
    let path = path.as_ref();
    let mut collect = Collect::default();
    what.collect(&mut collect);
    if !collect.problems.is_empty() {
        return Err(Error::Parameters {
            path: path.to_owned(),
            problems: collect.problems.into_iter().collect(),
        });
    }
    let mut views = Vec::with_capacity(collect.tensors.len());
    for (name, (dtype, shape, bytes)) in &collect.tensors {
        let view = TensorView::new(*dtype, shape.to_vec(), bytes).map_err(|error| unusable(path, &error))?;
        views.push((name, view));
    }
    let metadata = HashMap::from([("format".to_owned(), "pt".to_owned())]);
    let content = serialize(views, Some(metadata)).map_err(|error| unusable(path, &error))?;
    whole::write(path, &content).map_err(|source| Error::Io {
        path: path.to_owned(),
        source,
    })
}

/// Reads the parameters of a model from a safetensors file.
///
/// Everything is checked before anything is changed: the file must hold exactly the parameters that the model has, each with
/// the model's shape, in an element type whose numbers the model's type holds exactly (`F32`, `F16` and `BF16` for an `f32`
/// parameter, and `F64` too for an `f64` one). What else the file says about itself is not read. (PyTorch's
/// `num_batches_tracked` beside running means may be there and is not read.)
///
/// The parameters keep their state: those of a model in training stay the same leaves.
///
/// With `load((&mut model, &mut optimizer), path)`, training goes on as if it had not stopped: what the optimiser remembered
/// comes back, and its settings with it, as in PyTorch (the learning rate, momenta and decays; change them afterwards). The
/// random numbers of a program, such as the order of its batches, are its own to seed again. A model alone loads from such a
/// file too.
///
/// # Errors
/// [`Error::Io`] if the file cannot be read; [`Error::File`] if it is no safetensors file or is damaged; [`Error::Parameters`]
/// if it does not fit the model and the optimiser, with every name that is missing, is too much, or has another shape or element
/// type. Both are then as they were.
#[doc(alias = "load_state_dict")]
pub fn load<L: Loaded>(what: L, path: impl AsRef<Path>) -> Result<()> {
    let path = path.as_ref();
    let content = fs::read(path).map_err(|source| Error::Io {
        path: path.to_owned(),
        source,
    })?;
    let file = SafeTensors::deserialize(&content).map_err(|error| unusable(path, &error))?;

    let mut check = Check {
        file: &file,
        known: BTreeSet::new(),
        problems: Vec::new(),
    };
    let read = what.check(&mut check);
    let unknown: BTreeSet<&str> = file
        .iter()
        .map(|(name, _)| name)
        .filter(|&name| !check.known.contains(name) && !check.counts_batches(name))
        .collect();
    let mut problems = check.problems;
    problems.extend(
        unknown
            .iter()
            .map(|name| format!("the file has `{name}`, which the model has not")),
    );
    if !problems.is_empty() {
        return Err(Error::Parameters {
            path: path.to_owned(),
            problems,
        });
    }

    what.fill(&mut Fill { file: &file }, read);
    Ok(())
}

/// What the format itself refuses.
fn unusable(path: &Path, error: &safetensors::SafeTensorError) -> Error {
    Error::File {
        path: path.to_owned(),
        problem: format!("not a safetensors file, or a damaged one: {error}"),
    }
}

/// Element type, shape and bytes of a tensor.
type Bytes = (Dtype, &'static [usize], Vec<u8>);

/// Gathers the parameters as bytes.
#[derive(Default)]
pub struct Collect {
    tensors: BTreeMap<String, Bytes>,
    problems: BTreeSet<String>,
}

impl Collect {
    /// A tensor.
    pub(super) fn entries<E: Float>(&mut self, name: String, shape: &'static [usize], entries: &[E]) {
        let (dtype, bytes) = encode(entries);
        self.bytes(name, (dtype, shape, bytes));
    }

    /// One integer.
    pub(super) fn count(&mut self, name: String, count: u64) {
        self.bytes(name, (Dtype::U64, &[], count.to_le_bytes().to_vec()));
    }

    fn bytes(&mut self, name: String, bytes: Bytes) {
        if self.tensors.contains_key(&name) {
            self.problem(format!("two parameters are named `{name}`"));
        }
        self.tensors.insert(name, bytes);
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.tensors.contains_key(name)
    }

    pub(super) fn problem(&mut self, problem: String) {
        self.problems.insert(problem);
    }
}

impl Visitor for Collect {
    fn visit<S: Shape, E: Float, T: Track>(&mut self, name: &str, parameter: &Tensor<S, E, T>) {
        self.entries(name.to_owned(), S::DIMS, parameter.as_slice());
    }

    fn visit_buffer<S: Shape, E: Float>(&mut self, name: &str, buffer: &Tensor<S, E>) {
        self.visit(name, buffer);
    }
}

/// Compares a file with a model.
pub struct Check<'a> {
    file: &'a SafeTensors<'a>,
    known: BTreeSet<String>,
    problems: Vec<String>,
}

impl Visitor for Check<'_> {
    fn visit<S: Shape, E: Float, T: Track>(&mut self, name: &str, parameter: &Tensor<S, E, T>) {
        if !self.known.insert(name.to_owned()) {
            self.problems.push(format!("two parameters are named `{name}`"));
        }
        if !parameter.is_leaf() {
            self.problems
                .push(format!("`{name}` is computed from other tensors, and cannot be set"));
        }
        self.fits::<E>(name, S::DIMS);
    }

    fn visit_buffer<S: Shape, E: Float>(&mut self, name: &str, buffer: &Tensor<S, E>) {
        self.visit(name, buffer);
    }
}

impl<'a> Check<'a> {
    fn find(&mut self, name: &str) -> Option<TensorView<'a>> {
        let found = self.file.tensor(name).ok();
        if found.is_none() {
            self.problem(format!("the file has no `{name}`"));
        }
        found
    }

    /// The bytes of a tensor of this shape, and how to read them as numbers of this type.
    fn fits<E: Float>(&mut self, name: &str, shape: &[usize]) -> Option<(&'a [u8], Decode<E>)> {
        let found = self.find(name)?;
        let (of_shape, decode) = (found.shape() == shape, decoder(found.dtype()));
        if !of_shape {
            let found = found.shape();
            self.problem(format!("`{name}` is {found:?} in the file and {shape:?} in the model"));
        }
        if decode.is_none() {
            self.problem(format!(
                "`{name}` is of {} in the file, which {} in the model does not hold exactly",
                found.dtype(),
                E::NAME
            ));
        }
        Some((found.data(), decode.filter(|_| of_shape)?))
    }

    /// A tensor that is no parameter of the model.
    pub(super) fn entries<E: Float>(&mut self, name: &str, shape: &[usize]) -> Option<Vec<E>> {
        self.known.insert(name.to_owned());
        let (bytes, decode) = self.fits(name, shape)?;
        let mut entries = vec![E::zero(); shape.iter().product()];
        decode(bytes, &mut entries);
        Some(entries)
    }

    /// One integer.
    pub(super) fn count(&mut self, name: &str) -> Option<u64> {
        self.known.insert(name.to_owned());
        let found = self.find(name)?;
        let bytes = found.data().try_into().ok().filter(|_| found.dtype() == Dtype::U64);
        if bytes.is_none() {
            let (dtype, shape) = (found.dtype(), found.shape());
            self.problem(format!(
                "`{name}` is {shape:?} of {dtype} in the file and one U64 in the optimiser"
            ));
        }
        bytes.map(u64::from_le_bytes)
    }

    pub(super) fn problem(&mut self, problem: String) {
        self.problems.push(problem);
    }

    /// Of names that the model has not, these are no mistake.
    pub(super) fn leave(&mut self, left: impl Fn(&str) -> bool) {
        let names = self.file.iter().map(|(name, _)| name.to_owned());
        self.known.extend(names.filter(|name| left(name)));
    }

    /// The names in the file.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.file.iter().map(|(name, _)| name)
    }

    /// Whether a name that the model has not is PyTorch's count of a normalisation's batches, which only its own average
    /// without a momentum needs.
    fn counts_batches(&self, name: &str) -> bool {
        name.strip_suffix("num_batches_tracked")
            .is_some_and(|layer| self.known.contains(&format!("{layer}running_mean")))
    }
}

/// Writes what has been checked.
pub struct Fill<'a> {
    file: &'a SafeTensors<'a>,
}

impl VisitorMut for Fill<'_> {
    fn visit<S: Shape, E: Float, T: Track>(&mut self, name: &str, parameter: &mut Tensor<S, E, T>) {
        let found = self.file.tensor(name).expect("the names have been checked");
        let decode = decoder::<E>(found.dtype()).expect("the element types have been checked");
        parameter.update(|entries| decode(found.data(), entries));
    }

    fn visit_buffer<S: Shape, E: Float>(&mut self, name: &str, buffer: &mut Tensor<S, E>) {
        self.visit(name, buffer);
    }
}

fn encode<E: Float>(entries: &[E]) -> (Dtype, Vec<u8>) {
    match E::NAME {
        f32::NAME => (
            Dtype::F32,
            entries
                .iter()
                .flat_map(|entry| same::<f32>(entry).to_le_bytes())
                .collect(),
        ),
        f64::NAME => (
            Dtype::F64,
            entries
                .iter()
                .flat_map(|entry| same::<f64>(entry).to_le_bytes())
                .collect(),
        ),
        other => unreachable!("floating-point elements are f32 and f64, not {other}"),
    }
}

/// A number as the type that it is of.
fn same<F: Float>(entry: &impl Float) -> F {
    F::from(*entry).expect("it is of this type")
}

/// Reads little-endian bytes into as many entries.
type Decode<E> = fn(&[u8], &mut [E]);

/// How to read numbers of a type, if all of them are numbers of `E` too.
fn decoder<E: Float>(dtype: Dtype) -> Option<Decode<E>> {
    match dtype {
        Dtype::BF16 => Some(|bytes, out| {
            decode(bytes, out, |bytes| {
                f32::from_bits(u32::from(u16::from_le_bytes(bytes)) << 16)
            });
        }),
        Dtype::F16 => Some(|bytes, out| decode(bytes, out, |bytes| half(u16::from_le_bytes(bytes)))),
        Dtype::F32 => Some(|bytes, out| decode(bytes, out, f32::from_le_bytes)),
        Dtype::F64 if E::NAME == f64::NAME => Some(|bytes, out| decode(bytes, out, f64::from_le_bytes)),
        _ => None,
    }
}

fn decode<E: Float, F: Float, const WIDTH: usize>(bytes: &[u8], out: &mut [E], number: impl Fn([u8; WIDTH]) -> F) {
    let (words, rest) = bytes.as_chunks::<WIDTH>();
    assert!(words.len() == out.len() && rest.is_empty());
    for (out, &word) in out.iter_mut().zip(words) {
        *out = E::from(number(word)).expect("every number of a narrower type is one of a wider");
    }
}

/// A number of IEEE 754's binary16: one bit of sign, 5 of exponent, 10 of fraction.
fn half(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let (exponent, fraction) = (u32::from(bits >> 10) & 0x1f, u32::from(bits) & 0x3ff);
    match exponent {
        // Zero and the subnormal numbers: `fraction` times the smallest of them, 2⁻²⁴.
        0 => f32::from_bits(sign | (fraction as f32 / (1 << 24) as f32).to_bits()),
        0x1f => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 127 - 15) << 23 | fraction << 13),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_what_the_standard_says() {
        for (bits, number) in [
            (0x0000, 0.0),
            (0x8000, -0.0),
            (0x0001, 2.0_f32.powi(-24)),
            (0x03ff, 1023.0 * 2.0_f32.powi(-24)),
            (0x0400, 2.0_f32.powi(-14)),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x7c00, f32::INFINITY),
            (0xfc00, f32::NEG_INFINITY),
        ] {
            assert_eq!(half(bits).to_bits(), number.to_bits(), "{bits:#06x}");
        }
        assert!(half(0x7e00).is_nan());
    }

    #[test]
    fn entries_keep_every_bit() {
        let numbers = [
            1.0,
            -0.0,
            f32::MIN_POSITIVE / 2.0,
            f32::INFINITY,
            f32::from_bits(0x7fc0_1234),
        ];
        let (dtype, bytes) = encode(&numbers);
        let mut back = [0.0_f32; 5];
        decoder(dtype).unwrap()(&bytes, &mut back);
        assert_eq!(back.map(f32::to_bits), numbers.map(f32::to_bits));
        let mut wide = [0.0_f64; 5];
        decoder(dtype).unwrap()(&bytes, &mut wide);
        assert!(
            wide.iter()
                .zip(numbers)
                .take(4)
                .all(|(&wide, number)| wide == f64::from(number))
        );
        assert!(decoder::<f32>(Dtype::F64).is_none());
        assert!(decoder::<f64>(Dtype::I64).is_none());
    }
}
