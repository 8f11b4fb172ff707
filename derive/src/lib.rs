//! `#[derive(Module)]` for tintype.

mod fields;
mod generate;
mod mistakes;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct of layers a layer: names its parameters, and freezes and unfreezes it.
///
/// ```ignore
/// #[derive(Module)]
/// struct Net<T: Track = Tracked> {
///     conv1: In<Conv2d<1, 8, 5>, T>,
///     fc: In<Linear<1152, 10>, T>,
///     #[module(skip)]
///     name: String,
/// }
/// ```
///
/// It implements `Parameters` (the names are the fields', as PyTorch's: `conv1.weight`) and `Stateful` (`freeze`, `unfreeze`):
///
/// * a struct with a type parameter bounded by `Track`, such as `Net<T>` above, freezes to itself with another state;
/// * a struct that is generic over its layers freezes to itself with frozen layers, which stand alone, in a tuple, an array, a
///   `Residual`, an `Option` or a `Box`, and have no bounds on the struct;
/// * a struct that has neither gets a twin of the same visibility whose fields are frozen: `FrozenNet` for `Net`. Fields that are
///   frozen from the start stay so.
///
/// `forward` is the user's to write, by `impl Module<…> for Net`. For a struct whose layers simply follow one another in the
/// order of its fields, `#[module(sequence)]` on the struct writes it. (The layers of such a struct are as public as it is, since
/// their types stand in the type of what it gives, and they borrow nothing.)
///
/// It also says what `summary` shows. Beside a `forward` of one's own, `#[module(path(conv1, bn1))]` on the struct says through
/// which layers the input goes, once for each path, and `#[module(own_summary)]` leaves `Inspect` to the user.
///
/// `#[derive(Clone)]` beside it copies layers with weights of their own, but a tensor that is a field shares its gradient with its
/// clone: a copy that learns by itself is `Net::from_frozen(net.clone().freeze())` (of the trait `Stateful`).
///
/// A field with `#[module(skip)]` is no layer: it keeps its value and has no parameters. What is written names the crate `::tintype`,
/// so that a dependency on it must have that name.
#[proc_macro_derive(Module, attributes(module))]
pub fn derive_module(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    generate::module(&input)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
