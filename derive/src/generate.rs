//! What the macro writes.

use crate::fields::{Field, Words, fields, state};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DeriveInput, Fields, GenericParam, Generics, Ident, Result, parse_quote};

/// Everything that the derive of one struct writes.
pub fn module(input: &DeriveInput) -> Result<TokenStream> {
    let fields = fields(input)?;
    let words = Words::read(input, &fields)?;
    let name = &input.ident;

    let mut written = parameters(name, &input.generics, &fields);
    if words.sequence {
        written.extend(forward(name, &input.generics, &fields)?);
        written.extend(direct(name, &input.generics, &fields));
    }
    written.extend(summary(name, &input.generics, &fields, &words));
    let has_types = input.generics.type_params().next().is_some();
    if has_types || fields.iter().all(|field| field.skipped) {
        written.extend(stateful(input, &fields));
    } else {
        let twin = format_ident!("Frozen{name}");
        written.extend(frozen_twin(input, &twin, &fields));
        let frozen = frozen(&fields);
        written.extend(parameters(&twin, &input.generics, &frozen));
        if words.sequence {
            written.extend(forward(&twin, &input.generics, &frozen)?);
            written.extend(direct(&twin, &input.generics, &frozen));
        }
        written.extend(summary(&twin, &input.generics, &frozen, &words));
    }
    Ok(written)
}

/// `impl Parameters`: a visit goes into every layer under its name.
fn parameters(name: &Ident, generics: &Generics, fields: &[Field]) -> TokenStream {
    let layers: Vec<&Field> = fields.iter().filter(|field| !field.skipped).collect();
    let members: Vec<_> = layers.iter().map(|field| &field.member).collect();
    let names: Vec<_> = layers.iter().map(|field| field.name()).collect();
    let types: Vec<_> = layers.iter().map(|field| &field.ty).collect();

    let mut generics = generics.clone();
    let generic_layers = generic_types(&generics, &layers);
    generics.make_where_clause().predicates.extend(
        generic_layers
            .iter()
            .map(|layer| -> syn::WherePredicate { parse_quote!(#layer: ::tintype::nn::Parameters) }),
    );
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::tintype::nn::Parameters for #name #type_generics #where_clause {
            const PARAMETERS: usize = 0 #( + <#types as ::tintype::nn::Parameters>::PARAMETERS )*;
            const TRAINABLE: usize = 0 #( + <#types as ::tintype::nn::Parameters>::TRAINABLE )*;
            fn visit(&self, name: &mut ::tintype::nn::Name, visitor: &mut impl ::tintype::nn::Visitor) {
                #( name.field(#names, |name| ::tintype::nn::Parameters::visit(&self.#members, name, visitor)); )*
            }
            fn visit_mut(&mut self, name: &mut ::tintype::nn::Name, visitor: &mut impl ::tintype::nn::VisitorMut) {
                #( name.field(#names, |name| ::tintype::nn::Parameters::visit_mut(&mut self.#members, name, visitor)); )*
            }
        }
    }
}

/// The type parameters that are themselves layers: those that a field has as its type.
fn generic_types(generics: &Generics, layers: &[&Field]) -> Vec<Ident> {
    let is_layer = |parameter: &Ident| {
        layers
            .iter()
            .any(|field| matches!(&field.ty, syn::Type::Path(path) if path.path.is_ident(parameter)))
    };
    generics
        .type_params()
        .map(|parameter| parameter.ident.clone())
        .filter(is_layer)
        .collect()
}

/// `impl Stateful` for a struct that is generic over its state or its layers: the same struct, other arguments.
fn stateful(input: &DeriveInput, fields: &[Field]) -> TokenStream {
    let name = &input.ident;
    let layers: Vec<&Field> = fields.iter().filter(|field| !field.skipped).collect();
    let generic_layers = generic_types(&input.generics, &layers);
    let state = state(&input.generics);

    let mut generics = input.generics.clone();
    generics.make_where_clause().predicates.extend(
        generic_layers
            .iter()
            .map(|layer| -> syn::WherePredicate { parse_quote!(#layer: ::tintype::nn::Stateful) }),
    );
    let arguments = input.generics.params.iter().map(|parameter| match parameter {
        GenericParam::Type(parameter) if Some(&parameter.ident) == state => quote!(TintypeState),
        GenericParam::Type(parameter) if generic_layers.contains(&parameter.ident) => {
            let layer = &parameter.ident;
            quote!(<#layer as ::tintype::nn::Stateful>::In<TintypeState>)
        }
        GenericParam::Type(parameter) => {
            let ident = &parameter.ident;
            quote!(#ident)
        }
        GenericParam::Const(parameter) => {
            let ident = &parameter.ident;
            quote!(#ident)
        }
        GenericParam::Lifetime(parameter) => {
            let lifetime = &parameter.lifetime;
            quote!(#lifetime)
        }
    });
    let members = fields.iter().map(|field| &field.member);
    let values = fields.iter().map(|field| {
        let member = &field.member;
        if field.skipped {
            quote!(self.#member)
        } else {
            quote!(::tintype::nn::Stateful::into_state::<TintypeState>(self.#member))
        }
    });
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::tintype::nn::Stateful for #name #type_generics #where_clause {
            type In<TintypeState: ::tintype::Track> = #name<#(#arguments),*>;
            fn into_state<TintypeState: ::tintype::Track>(self) -> Self::In<TintypeState> {
                #name { #( #members: #values ),* }
            }
        }
    }
}

/// The fields with the types of frozen layers.
fn frozen(fields: &[Field]) -> Vec<Field> {
    let freeze = |field: &Field| {
        let Field {
            member,
            visibility,
            ty,
            skipped,
        } = field;
        let frozen = parse_quote!(<#ty as ::tintype::nn::Stateful>::In<::tintype::Untracked>);
        let ty = if *skipped { ty.clone() } else { frozen };
        Field {
            member: member.clone(),
            visibility: visibility.clone(),
            ty,
            skipped: *skipped,
        }
    };
    fields.iter().map(freeze).collect()
}

/// A second struct, for a struct whose fields have fixed types: the same with its layers frozen.
fn frozen_twin(input: &DeriveInput, twin: &Ident, fields: &[Field]) -> TokenStream {
    let (name, visibility, generics) = (&input.ident, &input.vis, &input.generics);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let doc = format!("[`{name}`], frozen: its weights are constants.");
    let frozen_fields = frozen(fields);
    let types = frozen_fields.iter().map(|field| &field.ty);
    let visibilities = fields.iter().map(|field| &field.visibility);
    let Data::Struct(data) = &input.data else {
        unreachable!("`fields` has refused what is no struct")
    };
    let body = match &data.fields {
        Fields::Named(_) => {
            let names = fields.iter().map(|field| &field.member);
            quote!(#where_clause { #( #visibilities #names: #types ),* })
        }
        _ => quote!(( #( #visibilities #types ),* ) #where_clause;),
    };

    let members: Vec<_> = fields.iter().map(|field| &field.member).collect();
    let into_state = |state: TokenStream| -> Vec<TokenStream> {
        fields
            .iter()
            .map(|field| {
                let member = &field.member;
                if field.skipped {
                    quote!(this.#member)
                } else {
                    quote!(::tintype::nn::Stateful::into_state::<#state>(this.#member))
                }
            })
            .collect()
    };
    let frozen = into_state(quote!(::tintype::Untracked));
    let learning = into_state(quote!(::tintype::Tracked));
    let stateful = |of: &Ident, tracked: TokenStream, untracked: TokenStream| {
        quote! {
            #[automatically_derived]
            impl #impl_generics ::tintype::nn::Stateful for #of #type_generics #where_clause {
                type In<TintypeState: ::tintype::Track> =
                    <TintypeState as ::tintype::Track>::Select<#name #type_generics, #twin #type_generics>;
                fn into_state<TintypeState: ::tintype::Track>(self) -> Self::In<TintypeState> {
                    <TintypeState as ::tintype::Track>::select(self, |this| #tracked, |this| #untracked)
                }
            }
        }
    };
    let of_learning = stateful(name, quote!(this), quote!(#twin { #( #members: #frozen ),* }));
    let of_frozen = stateful(twin, quote!(#name { #( #members: #learning ),* }), quote!(this));
    quote! {
        #[doc = #doc]
        #visibility struct #twin #generics #body
        #of_learning
        #of_frozen
    }
}

/// `impl Module` for a sequence: every layer takes what the one before it gives.
fn forward(name: &Ident, generics: &Generics, fields: &[Field]) -> Result<TokenStream> {
    let layers: Vec<&Field> = fields.iter().filter(|field| !field.skipped).collect();
    let Some((first, rest)) = layers.split_first() else {
        return Err(syn::Error::new_spanned(name, "a sequence needs at least one layer"));
    };
    let outputs: Vec<Ident> = (0..layers.len()).map(|i| format_ident!("TintypeOutput{i}")).collect();
    let last = &outputs[layers.len() - 1];

    let mut generics_of_impl = generics.clone();
    generics_of_impl.params.push(parse_quote!(TintypeInput));
    generics_of_impl
        .params
        .extend(outputs.iter().map(|output| -> GenericParam { parse_quote!(#output) }));
    let (first_type, first_output) = (&first.ty, &outputs[0]);
    let predicates = &mut generics_of_impl.make_where_clause().predicates;
    predicates.push(parse_quote!(#first_type: ::tintype::nn::Module<TintypeInput, Output = #first_output>));
    for (i, layer) in rest.iter().enumerate() {
        let (before, ty, from, to) = (&layers[i].ty, &layer.ty, &outputs[i], &outputs[i + 1]);
        let input = format_ident!("TintypeInput");
        let earlier = i.checked_sub(1).map_or(&input, |earlier| &outputs[earlier]);
        predicates.push(parse_quote!(#ty: ::tintype::nn::Follows<#before, #from, #earlier, Output = #to>));
    }
    let (impl_generics, _, where_clause) = generics_of_impl.split_for_impl();
    let (_, type_generics, _) = generics.split_for_impl();
    let first_member = &first.member;
    let members = rest.iter().map(|layer| &layer.member);
    Ok(quote! {
        #[automatically_derived]
        impl #impl_generics ::tintype::nn::Module<TintypeInput> for #name #type_generics #where_clause {
            type Output = #last;
            fn apply(&self, x: &TintypeInput) -> #last {
                let y = ::tintype::nn::Module::apply(&self.#first_member, x);
                #( let y = ::tintype::nn::Follows::after(&self.#members, &y); )*
                y
            }
        }
    })
}

/// `impl Direct` for a sequence, which runs without a graph where all its layers do.
fn direct(name: &Ident, generics: &Generics, fields: &[Field]) -> TokenStream {
    let layers: Vec<&Field> = fields.iter().filter(|field| !field.skipped).collect();
    let shapes: Vec<Ident> = (0..layers.len()).map(|i| format_ident!("TintypeShape{i}")).collect();
    let types: Vec<_> = layers.iter().map(|layer| &layer.ty).collect();

    let mut generics_of_impl = generics.clone();
    generics_of_impl
        .params
        .push(parse_quote!(TintypeInput: ::tintype::Shape));
    generics_of_impl.params.extend(
        shapes
            .iter()
            .map(|shape| -> GenericParam { parse_quote!(#shape: ::tintype::Shape) }),
    );
    generics_of_impl
        .params
        .push(parse_quote!(TintypeElement: ::tintype::Float));
    let predicates = &mut generics_of_impl.make_where_clause().predicates;
    for (i, ty) in types.iter().enumerate() {
        let to = &shapes[i];
        predicates.push(match i.checked_sub(1) {
            None => parse_quote!(#ty: ::tintype::nn::Direct<TintypeInput, TintypeElement, Output = #to>),
            Some(before) => {
                let (before, from) = (types[before], &shapes[before]);
                parse_quote!(#ty: ::tintype::nn::direct::FollowsDirectly<#before, #from, TintypeElement, Output = #to>)
            }
        });
    }
    let list = types.iter().rev().fold(None, |list: Option<TokenStream>, ty| {
        Some(list.map_or_else(|| quote!((#ty,)), |list| quote!((#ty, #list))))
    });
    let members = layers.iter().map(|layer| &layer.member);
    let names = layers.iter().map(|layer| layer.name());
    let (impl_generics, _, where_clause) = generics_of_impl.split_for_impl();
    let (_, type_generics, _) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::tintype::nn::Direct<TintypeInput, TintypeElement> for #name #type_generics #where_clause {
            ::tintype::__direct_by_list!(#list, TintypeElement, TintypeInput, [#(#members)*] [#(#names)*]);
        }
    }
}

/// `impl Inspect`: what a summary shows inside. Along the paths, what flows is known; of other layers, the parameters are.
fn summary(name: &Ident, generics: &Generics, fields: &[Field], words: &Words) -> TokenStream {
    if words.own_summary {
        return TokenStream::new();
    }
    let layers: Vec<&Field> = fields.iter().filter(|field| !field.skipped).collect();
    let paths = if words.sequence {
        vec![layers.iter().map(|layer| layer.member.clone()).collect()]
    } else {
        words.paths.clone()
    };

    let mut generics_of_impl = generics.clone();
    generics_of_impl.params.push(parse_quote!(TintypeInput));
    let mut predicates: Vec<syn::WherePredicate> = Vec::new();
    let written = |ty: &syn::Type| quote!(#ty).to_string();
    // Layers of the paths, what goes into them, and what comes out: of two layers of one type with one input it has one name,
    // or rustc could not tell which is meant.
    let mut met: Vec<(&Field, Ident, Ident)> = Vec::new();
    for path in &paths {
        let mut input = format_ident!("TintypeInput");
        for member in path {
            let layer = *layers
                .iter()
                .find(|layer| layer.member == *member)
                .expect("a layer that was looked up");
            let alike = met
                .iter()
                .find(|(other, from, _)| written(&other.ty) == written(&layer.ty) && *from == input);
            let output = match alike {
                Some((.., output)) => output.clone(),
                None => {
                    let (ty, output) = (&layer.ty, format_ident!("TintypeOutput{}", met.len()));
                    predicates.push(parse_quote!(#ty: ::tintype::nn::Module<#input, Output = #output>));
                    predicates.push(parse_quote!(#ty: ::tintype::nn::Inspect<#input>));
                    predicates.push(parse_quote!(#output: ::tintype::nn::Outputs));
                    generics_of_impl.params.push(parse_quote!(#output));
                    output
                }
            };
            met.push((layer, core::mem::replace(&mut input, output.clone()), output));
        }
    }
    let generic_layers = generic_types(generics, &layers);
    predicates.extend(
        generic_layers
            .iter()
            .map(|layer| -> syn::WherePredicate { parse_quote!(#layer: ::tintype::nn::Parameters) }),
    );
    generics_of_impl.make_where_clause().predicates.extend(predicates);

    let rows = layers.iter().map(|layer| {
        let (ty, name) = (&layer.ty, layer.name());
        match met.iter().find(|(other, ..)| other.member == layer.member) {
            Some((_, input, _)) => quote!(rows.layer::<#ty, #input>(#name);),
            None => quote!(rows.part::<#ty>(#name);),
        }
    });
    let (impl_generics, _, where_clause) = generics_of_impl.split_for_impl();
    let (_, type_generics, _) = generics.split_for_impl();
    let counted = (paths.is_empty()).then(|| quote!(rows.not_counted();));
    quote! {
        #[automatically_derived]
        impl #impl_generics ::tintype::nn::Inspect<TintypeInput> for #name #type_generics #where_clause {
            fn inspect(rows: &mut ::tintype::nn::Rows) {
                #counted
                #( #rows )*
            }
        }
    }
}
