//! What the macro reads: the fields of a struct and its attributes.

use syn::{Attribute, Data, DeriveInput, Error, Generics, Ident, Member, Result, Type, TypeParamBound, Visibility};

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
        let skipped = has_flag(&field.attrs, "skip")?;
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

/// Whether an item has `#[module(flag)]`. Any other word there is refused.
pub fn has_flag(attributes: &[Attribute], flag: &str) -> Result<bool> {
    let mut found = false;
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("module"))
    {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident(flag) {
                return Err(meta.error(format!("expected `{flag}` here")));
            }
            found = true;
            Ok(())
        })?;
    }
    Ok(found)
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
