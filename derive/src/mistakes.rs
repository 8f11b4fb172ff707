//! Mistakes that the macro sees, since rustc would speak of them once for each thing that the macro writes.

use crate::fields::{Field, bounds, mentions, state};
use quote::ToTokens;
use syn::{DeriveInput, Error, GenericArgument, Generics, Ident, Path, PathArguments, Result, Type};

/// The crate's layers in which the element type or another parameter stands where the state of other types does: how many numbers
/// come first, and what then.
const LAYERS: [(&str, usize, &str); 10] = [
    ("Linear", 2, ELEMENT),
    ("Embedding", 2, ELEMENT),
    ("LayerNorm", 1, ELEMENT),
    ("RmsNorm", 1, ELEMENT),
    ("BatchNorm1d", 1, ELEMENT),
    ("BatchNorm2d", 1, ELEMENT),
    ("CausalSelfAttention", 2, ELEMENT),
    ("MultiheadAttention", 2, "mask"),
    ("Conv1d", 3, "stride"),
    ("Conv2d", 4, "stride"),
];
const ELEMENT: &str = "element type";

/// Whether rustc says of the struct itself what is wrong with it: then the macro writes nothing for it.
pub fn are_said_of_the_struct(input: &DeriveInput, fields: &[Field]) -> bool {
    let mut layers = fields.iter().flat_map(|field| paths(&field.ty));
    layers.any(|layer| {
        state_misplaced(layer, &input.generics).is_some_and(|place| place == ELEMENT)
            || sizes_unknown(layer, &input.generics)
    })
}

/// Layers that are parameters of the struct have no bounds on it, which in another state they need not meet.
pub fn unbounded_layers(generics: &Generics, fields: &[Field]) -> Result<()> {
    let layers = fields
        .iter()
        .filter(|field| !field.skipped)
        .flat_map(|field| &field.layers);
    let state = state(generics);
    let layers = layers.filter(|layer| Some(*layer) != state);
    let mut bounds = layers.flat_map(|layer| bounds(generics, layer).map(move |bound| (layer, bound)));
    match bounds.next() {
        None => Ok(()),
        Some((layer, bound)) => Err(Error::new_spanned(
            bound,
            format!(
                "a layer that is a parameter of a struct takes no bound there, since `{layer}` frozen need not meet it: put the bound \
                 on the `impl` or the function that needs it"
            ),
        )),
    }
}

/// A state that stands in the place of a parameter which may be any type.
pub fn state_in_another_place(generics: &Generics, fields: &[Field]) -> Result<()> {
    for layer in fields.iter().flat_map(|field| paths(&field.ty)) {
        if let (Some(place), Some(state)) = (state_misplaced(layer, generics), state(generics)) {
            let layer = layer.to_token_stream();
            let numbers = layer.to_string().replace(" ", "").replace(",", ", ");
            let without = numbers.replace(&format!(", {state}"), "");
            let message = format!(
                "`{state}`, the state, stands in the place of the {place}: the state is the last parameter of a layer, \
                 `In<{without}, {state}>`"
            );
            return Err(Error::new_spanned(layer, message));
        }
    }
    Ok(())
}

/// What stands in a layer's type where the state was put, if it was put there.
fn state_misplaced(layer: &Path, generics: &Generics) -> Option<&'static str> {
    let (state, last) = (state(generics)?, layer.segments.last()?);
    let &(_, numbers, place) = LAYERS.iter().find(|(name, ..)| last.ident == name)?;
    match arguments(&last.arguments).nth(numbers)? {
        GenericArgument::Type(Type::Path(path)) if path.path.is_ident(state) => Some(place),
        _ => None,
    }
}

/// Whether a layer is attention over a width, or a convolution in groups, that is a parameter of a struct without any bound.
fn sizes_unknown(layer: &Path, generics: &Generics) -> bool {
    let Some(last) = layer.segments.last().filter(|_| generics.where_clause.is_none()) else {
        return false;
    };
    let parameters: Vec<&Ident> = generics.const_params().map(|parameter| &parameter.ident).collect();
    let unknown = |argument: &GenericArgument| mentions(argument, &parameters);
    let mut arguments = arguments(&last.arguments);
    match last.ident.to_string().as_str() {
        "CausalSelfAttention" | "MultiheadAttention" => arguments.any(unknown),
        "Conv1d" | "Conv2d" => {
            let inputs_unknown = arguments.next().is_some_and(unknown);
            arguments.any(|argument| is_groups(argument) && (inputs_unknown || unknown(argument)))
        }
        _ => false,
    }
}

fn is_groups(argument: &GenericArgument) -> bool {
    let GenericArgument::Type(Type::Path(path)) = argument else {
        return false;
    };
    path.path.segments.last().is_some_and(|last| last.ident == "Groups")
}

fn arguments(arguments: &PathArguments) -> impl Iterator<Item = &GenericArgument> {
    match arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    }
    .into_iter()
    .flatten()
}

/// The named types in a type.
fn paths(ty: &Type) -> Vec<&Path> {
    match ty {
        Type::Tuple(tuple) => tuple.elems.iter().flat_map(paths).collect(),
        Type::Array(array) => paths(&array.elem),
        Type::Path(path) => {
            let of_arguments = path
                .path
                .segments
                .iter()
                .flat_map(|segment| arguments(&segment.arguments));
            let types = of_arguments.filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            });
            types.flat_map(paths).chain([&path.path]).collect()
        }
        _ => Vec::new(),
    }
}
