//! What the macro reads: the fields of a struct and its attributes.

use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Data, DeriveInput, Error, Generics, Ident, Member, Result, Token, Type, TypeParamBound, Visibility,
    parenthesized,
};

/// A field of the struct.
pub struct Field {
    pub member: Member,
    pub visibility: Visibility,
    pub ty: Type,
    /// It has `#[module(skip)]`.
    pub skipped: bool,
}

impl Field {
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
        if !skipped && let Some(name) = no_layer(&field.ty) {
            return Err(Error::new_spanned(
                &field.ty,
                format!("`{name}` is no layer: put `#[module(skip)]` on a field that is none"),
            ));
        }
        Ok(Field {
            member,
            visibility: field.vis.clone(),
            ty: field.ty.clone(),
            skipped,
        })
    };
    data.fields.iter().zip(data.fields.members()).map(read).collect()
}

/// The name of a type that is certainly no layer, although the macro knows it by its name alone: rustc would say so too, but
/// once for everything that the macro writes.
fn no_layer(ty: &Type) -> Option<String> {
    const NONE: [&str; 31] = [
        "bool",
        "char",
        "f32",
        "f64",
        "i8",
        "i16",
        "i32",
        "i64",
        "i128",
        "isize",
        "u8",
        "u16",
        "u32",
        "u64",
        "u128",
        "usize",
        "str",
        "String",
        "PathBuf",
        "Duration",
        "Instant",
        "SystemTime",
        "HashMap",
        "HashSet",
        "BTreeMap",
        "BTreeSet",
        "PhantomData",
        "StdRng",
        "SmallRng",
        "Range",
        "Arguments",
    ];
    match ty {
        Type::Path(path) => {
            let name = path.path.segments.last()?.ident.to_string();
            NONE.contains(&name.as_str()).then_some(name)
        }
        Type::Reference(reference) => no_layer(&reference.elem),
        _ => None,
    }
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
        .find(|parameter| parameter.bounds.iter().any(is_track))
        .map(|parameter| &parameter.ident)
}
