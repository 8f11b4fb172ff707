//! A model's parameters in files.
//!
//! [`save`] writes them, by name, in the [safetensors](https://github.com/huggingface/safetensors) format, which PyTorch, JAX
//! and candle read and write too; [`load`] reads them back into a model of the same names and shapes. The names are PyTorch's
//! (`conv1.weight`), so where the fields of a struct are named as in a PyTorch module, a file that
//! `safetensors.torch.save_file(module.state_dict(), path)` wrote loads as it is.
//!
//! ```
//! use tintype::io::{load, save};
//! use tintype::prelude::*;
//! # let folder = tempfile::TempDir::new()?;
//! # let path = folder.path().join("model.safetensors");
//!
//! let trained = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
//! save(&trained, &path)?;
//!
//! let mut model = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(1));
//! load(&mut model, &path)?;
//! assert_eq!(model.weight, trained.weight);
//!
//! let mut other = Linear::<5, 2>::without_bias(&mut StdRng::seed_from_u64(1));
//! let error = load(&mut other, &path).unwrap_err().to_string();
//! assert!(error.ends_with("`weight` is [2, 4] in the file and [2, 5] in the model; the file has `bias`, which the model has not"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Training that goes on
//!
//! A model saved with its optimiser goes on to learn as if it had never stopped, bit for bit. In PyTorch these are two
//! `state_dict`s; here it is one file, so that the two are always of the same step. The optimiser's settings come back too.
//!
//! ```
//! use tintype::io::{load, save};
//! use tintype::prelude::*;
//! # let folder = tempfile::TempDir::new()?;
//! # let path = folder.path().join("training.safetensors");
//!
//! fn step(model: &mut Linear<4, 2>, optimizer: &mut Adam) {
//!     let gradients = model.forward(&tensor([1.0, 2.0, 3.0, 4.0])).square().sum().backward();
//!     optimizer.step(model, &gradients);
//! }
//! let mut model = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
//! let mut optimizer = Adam::new(0.01).amsgrad(true);
//! step(&mut model, &mut optimizer);
//! save((&model, &optimizer), &path)?;
//! step(&mut model, &mut optimizer);
//!
//! let mut resumed = (Linear::<4, 2>::new(&mut StdRng::seed_from_u64(1)), Adam::new(0.5));
//! load((&mut resumed.0, &mut resumed.1), &path)?;
//! assert_eq!(resumed.1.learning_rate(), 0.01);
//! step(&mut resumed.0, &mut resumed.1);
//! assert_eq!(resumed.0.weight, model.weight);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod safetensors;
mod training;
mod whole;

pub use safetensors::{load, save};
pub use training::{Loaded, Saved};
