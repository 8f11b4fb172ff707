//! What can be saved and loaded: a model, or a model and its optimiser.

use super::safetensors::{Check, Collect, Fill};
use crate::autograd::Track;
use crate::nn::{Name, Parameters, Visitor};
use crate::optim::{Entry, Found, Memory, Range, Resume};
use crate::shape::{Rank0, Shape};
use crate::tensor::{Float, Tensor};
use core::marker::PhantomData;

/// What the names of everything that is an optimiser's begin with. No field of a struct has a `/` in its name.
const OPTIMIZER: &str = "optimizer/";

/// Where the optimiser keeps a setting, or the steps and buffers of a parameter: `optimizer/Adam/mean/conv1.weight`.
fn place<O: Resume>(what: &str) -> String {
    format!("{OPTIMIZER}{}/{what}", O::NAME)
}

/// What [`save`](super::save) writes: `&model`, or `(&model, &optimizer)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be saved",
    label = "neither a model nor a model with its optimiser",
    note = "save a model by `save(&model, path)`, and training that is to go on by `save((&model, &optimizer), path)`"
)]
pub trait Saved {
    #[doc(hidden)]
    fn collect(self, collect: &mut Collect);
}

/// What [`load`](super::load) reads: `&mut model`, or `(&mut model, &mut optimizer)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be loaded",
    label = "neither a model nor a model with its optimiser",
    note = "load a model by `load(&mut model, path)`, and training that is to go on by `load((&mut model, &mut optimizer), path)`"
)]
pub trait Loaded {
    /// What is read before anything is changed.
    #[doc(hidden)]
    type Read;
    #[doc(hidden)]
    fn check(&self, check: &mut Check) -> Self::Read;
    #[doc(hidden)]
    fn fill(self, fill: &mut Fill, read: Self::Read);
}

#[diagnostic::do_not_recommend]
impl<M: Parameters> Saved for &M {
    fn collect(self, collect: &mut Collect) {
        self.visit(&mut Name::default(), collect);
    }
}

#[diagnostic::do_not_recommend]
impl<M: Parameters> Loaded for &mut M {
    type Read = ();
    fn check(&self, check: &mut Check) {
        self.visit(&mut Name::default(), check);
        check.leave(|name| name.starts_with(OPTIMIZER));
    }
    fn fill(self, fill: &mut Fill, (): ()) {
        self.visit_mut(&mut Name::default(), fill);
    }
}

/// A model `M` with its optimiser `O`.
///
/// (One condition on the two of them: where they are exchanged, rustc says one thing of the pair and not one of each.)
#[doc(hidden)]
pub trait Training<M, O> {
    type Read;
    fn collect(model: &M, optimizer: &O, collect: &mut Collect);
    fn check(model: &M, check: &mut Check) -> Self::Read;
    fn fill(model: &mut M, optimizer: &mut O, fill: &mut Fill, read: Self::Read);
}

#[diagnostic::do_not_recommend]
impl<M, O> Saved for (&M, &O)
where
    (M, O): Training<M, O>,
{
    fn collect(self, collect: &mut Collect) {
        <(M, O)>::collect(self.0, self.1, collect);
    }
}

#[diagnostic::do_not_recommend]
impl<M, O> Loaded for (&mut M, &mut O)
where
    (M, O): Training<M, O>,
{
    type Read = <(M, O) as Training<M, O>>::Read;
    fn check(&self, check: &mut Check) -> Self::Read {
        <(M, O)>::check(self.0, check)
    }
    fn fill(self, fill: &mut Fill, read: Self::Read) {
        <(M, O)>::fill(self.0, self.1, fill, read);
    }
}

#[diagnostic::do_not_recommend]
impl<M: Parameters, O: Resume> Training<M, O> for (M, O) {
    type Read = (Vec<f64>, Memory);

    fn collect(model: &M, optimizer: &O, collect: &mut Collect) {
        model.collect(collect);
        for (&(name, _), setting) in O::SETTINGS.iter().zip(optimizer.settings()) {
            collect.entries(place::<O>(name), Rank0::DIMS, &[setting]);
        }
        let met = optimizer.memory().names();
        for name in met.filter(|name| !collect.has(name)).collect::<Vec<_>>() {
            collect.problem(format!("the optimiser remembers `{name}`, which the model has not"));
        }
        model.visit(&mut Name::default(), &mut Remembered { optimizer, collect });
    }

    fn check(model: &M, check: &mut Check) -> (Vec<f64>, Memory) {
        model.visit(&mut Name::default(), check);
        if let Some(problem) = of_another::<O>(check) {
            check.problem(problem);
            check.leave(|name| name.starts_with(OPTIMIZER));
            return Default::default();
        }
        let settings = O::SETTINGS.iter();
        let settings: Vec<_> = settings
            .filter_map(|&(name, range)| setting(check, &place::<O>(name), range))
            .collect();
        if settings.len() < O::SETTINGS.len() {
            check.leave(|name| name.starts_with(OPTIMIZER));
            return Default::default();
        }
        let mut recall = Recall {
            memory: Memory::default(),
            settings: &settings,
            check,
            optimizer: PhantomData::<O>,
        };
        model.visit(&mut Name::default(), &mut recall);
        let memory = recall.memory;
        (settings, memory)
    }

    fn fill(model: &mut M, optimizer: &mut O, fill: &mut Fill, (settings, memory): (Vec<f64>, Memory)) {
        model.fill(fill, ());
        optimizer.restore(&settings, memory);
    }
}

/// What is wrong with a file that holds nothing of such an optimiser.
fn of_another<O: Resume>(check: &Check) -> Option<String> {
    let mut optimizers = check
        .names()
        .filter_map(|name| name.strip_prefix(OPTIMIZER)?.split('/').next());
    let first = optimizers.next();
    if first == Some(O::NAME) || optimizers.any(|name| name == O::NAME) {
        return None;
    }
    Some(match first {
        Some(other) => format!("the file is of the optimiser `{other}`, and this one is `{}`", O::NAME),
        None => "the file has a model alone, without an optimiser".to_owned(),
    })
}

/// A setting, if it is in the file and in its range.
fn setting(check: &mut Check, name: &str, range: Range) -> Option<f64> {
    let setting = check.entries::<f64>(name, Rank0::DIMS)?[0];
    if !range.contains(setting) {
        check.problem(format!("`{name}` is {setting} in the file, and must be {range}"));
        return None;
    }
    Some(setting)
}

/// Gathers what an optimiser `O` remembers about each parameter of its model: the steps, 0 where it has not met it, and buffers.
struct Remembered<'a, O> {
    optimizer: &'a O,
    collect: &'a mut Collect,
}

impl<O: Resume> Visitor for Remembered<'_, O> {
    fn visit<S: Shape, E: Float, T: Track>(&mut self, name: &str, _: &Tensor<S, E, T>) {
        let of = |what: &str| place::<O>(&format!("{what}/{name}"));
        let nothing = Entry::<E> {
            steps: 0,
            buffers: Vec::new(),
        };
        let entry = match self.optimizer.memory().find::<E>(name, S::NUMEL) {
            Found::Nothing => &nothing,
            Found::Entry(entry) => entry,
            Found::Other(length, element) => {
                self.collect.problem(format!(
                    "`{name}` has {} entries of {} in the model, and the optimiser remembers {length} of {element}",
                    S::NUMEL,
                    E::NAME
                ));
                return;
            }
        };
        self.collect.count(of("steps"), entry.steps);
        if entry.steps == 0 {
            return;
        }
        let zeros = vec![E::zero(); S::NUMEL];
        for (i, buffer) in O::buffers(&self.optimizer.settings()).iter().enumerate() {
            self.collect
                .entries(of(buffer), S::DIMS, entry.buffers.get(i).unwrap_or(&zeros));
        }
    }
}

/// Reads what an optimiser `O` with these settings remembers about each parameter of its model.
struct Recall<'a, 'f, O> {
    memory: Memory,
    settings: &'a [f64],
    check: &'a mut Check<'f>,
    optimizer: PhantomData<O>,
}

impl<O: Resume> Visitor for Recall<'_, '_, O> {
    fn visit<S: Shape, E: Float, T: Track>(&mut self, name: &str, _: &Tensor<S, E, T>) {
        let of = |what: &str| place::<O>(&format!("{what}/{name}"));
        let Some(steps @ 1..) = self.check.count(&of("steps")) else {
            return;
        };
        let names = O::buffers(self.settings).iter();
        let buffers = names.filter_map(|buffer| self.check.entries(&of(buffer), S::DIMS));
        let buffers: Vec<Vec<E>> = buffers.collect();
        self.memory.insert(name, Entry { steps, buffers });
    }
}
