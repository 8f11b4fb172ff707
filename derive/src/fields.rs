//! What the macro reads: the fields of a struct and its attributes.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Data, DeriveInput, Error, GenericArgument, Generics, Ident, Member, PathArguments, Result, Token, Type,
    TypeParam, TypeParamBound, Visibility, WherePredicate, parenthesized,
};

/// A field of the struct.
#[derive(Clone)]
pub struct Field {
    pub member: Member,
    pub visibility: Visibility,
    pub ty: Type,
    /// It has `#[module(skip)]`.
    pub skipped: bool,
    /// The type parameter of the struct that is its type.
    pub parameter: Option<Ident>,
    /// The type parameters that are layers in it: that one, or those in a tuple, an array or a residual connection.
    pub layers: Vec<Ident>,
}

impl Field {
    /// The trait `Layer`, or the one that is asked of a type parameter.
    pub fn layer_trait(&self, of_parameter: &str) -> TokenStream {
        let name = format_ident!("{}", self.parameter.as_ref().map_or("Layer", |_| of_parameter));
        quote!(::tintype::nn::#name)
    }

    /// The field's name in the names of parameters: without `r#`.
    pub fn name(&self) -> String {
        match &self.member {
            Member::Named(name) => name.to_string().trim_start_matches("r#").to_owned(),
            Member::Unnamed(index) => index.index.to_string(),
        }
    }
}

/// All fields, or why there are none.
pub fn fields(input: &DeriveInput) -> Result<Vec<Field>> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(
            &input.ident,
            "#[derive(Module)] is for structs whose fields are layers, not for enums or unions",
        ));
    };
    let read = |(field, member): (&syn::Field, Member)| {
        let mut skipped = false;
        words(&field.attrs, |word| {
            skipped = true;
            word.path
                .is_ident("skip")
                .then_some(())
                .ok_or_else(|| word.error("expected `skip` here"))
        })?;
        let is_type = |parameter: &&TypeParam| is_parameter(&field.ty, &parameter.ident);
        let parameter = input.generics.type_params().find(is_type);
        Ok(Field {
            member,
            visibility: field.vis.clone(),
            ty: field.ty.clone(),
            skipped,
            parameter: parameter.map(|parameter| parameter.ident.clone()),
            layers: layers(&field.ty, &input.generics),
        })
    };
    data.fields.iter().zip(data.fields.members()).map(read).collect()
}

/// What stands in `#[module(…)]` on the struct.
#[derive(Default)]
pub struct Words {
    /// The layers follow one another, and the macro writes `forward`.
    pub sequence: bool,
    /// What flows through which layers, for a summary: fields one after the other, from the input of the module.
    pub paths: Vec<Vec<Member>>,
    /// The author writes the summary.
    pub own_summary: bool,
}

impl Words {
    pub fn read(input: &DeriveInput, fields: &[Field]) -> Result<Words> {
        let mut read = Words::default();
        words(&input.attrs, |word| {
            if word.path.is_ident("sequence") {
                read.sequence = true;
            } else if word.path.is_ident("own_summary") {
                read.own_summary = true;
            } else if word.path.is_ident("path") {
                let names;
                parenthesized!(names in word.input);
                let path = Punctuated::<Member, Token![,]>::parse_terminated(&names)?;
                for name in &path {
                    if !fields.iter().any(|field| !field.skipped && field.member == *name) {
                        return Err(Error::new_spanned(name, "expected the name of a layer of this struct"));
                    }
                }
                read.paths.push(path.into_iter().collect());
            } else {
                return Err(word.error("expected `sequence`, `path(…)` or `own_summary` here"));
            }
            Ok(())
        })?;
        Ok(read)
    }
}

/// Reads each word in the `#[module(…)]` of an item.
fn words(attributes: &[Attribute], mut read: impl FnMut(ParseNestedMeta) -> Result<()>) -> Result<()> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("module"))
        .try_for_each(|attribute| attribute.parse_nested_meta(&mut read))
}

/// The type parameter bounded by `Track`, which is the state of the struct.
pub fn state(generics: &Generics) -> Option<&Ident> {
    let is_track = |bound: &TypeParamBound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last().is_some_and(|last| last.ident == "Track"),
        _ => false,
    };
    generics
        .type_params()
        .map(|parameter| &parameter.ident)
        .find(|parameter| bounds(generics, parameter).any(is_track))
}

/// The bounds of a type parameter, wherever they stand: behind its name or in the `where` clause.
pub fn bounds<'a>(generics: &'a Generics, parameter: &'a Ident) -> impl Iterator<Item = &'a TypeParamBound> {
    let behind_the_name = generics
        .type_params()
        .filter(move |of| of.ident == *parameter)
        .flat_map(|of| &of.bounds);
    let conditions = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let in_the_clause = conditions
        .filter_map(move |condition| match condition {
            WherePredicate::Type(condition) if is_parameter(&condition.bounded_ty, parameter) => {
                Some(&condition.bounds)
            }
            _ => None,
        })
        .flatten();
    behind_the_name.chain(in_the_clause)
}

/// Whether a type is this parameter.
fn is_parameter(ty: &Type, parameter: &Ident) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident(parameter))
}

/// The type parameters of the struct that are layers in a field of this type.
fn layers(ty: &Type, generics: &Generics) -> Vec<Ident> {
    let of = |types: &mut dyn Iterator<Item = &Type>| types.flat_map(|ty| layers(ty, generics)).collect();
    match ty {
        Type::Tuple(tuple) => of(&mut tuple.elems.iter()),
        Type::Array(array) => layers(&array.elem, generics),
        Type::Path(path) => match (path.path.get_ident(), path.path.segments.last()) {
            (Some(name), _) => {
                let parameters = generics.type_params().map(|parameter| &parameter.ident);
                parameters.filter(|parameter| *parameter == name).cloned().collect()
            }
            (None, Some(last)) if ["Residual", "Option", "Box"].iter().any(|around| last.ident == around) => {
                match &last.arguments {
                    PathArguments::AngleBracketed(arguments) => of(&mut arguments.args.iter().filter_map(as_type)),
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn as_type(argument: &GenericArgument) -> Option<&Type> {
    match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

/// Whether one of these parameters stands in a type.
pub fn mentions(ty: &impl ToTokens, parameters: &[&Ident]) -> bool {
    fn mentions(tokens: TokenStream, parameters: &[&Ident]) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => parameters.contains(&&ident),
            TokenTree::Group(group) => mentions(group.stream(), parameters),
            _ => false,
        })
    }
    mentions(ty.to_token_stream(), parameters)
}
