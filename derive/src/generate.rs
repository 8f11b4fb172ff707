//! What the macro writes.

use crate::fields::{Field, Words, fields, state};
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
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
        let frozen = frozen(&fields);
        let generics = where_frozen(&input.generics, &fields);
        written.extend(frozen_twin(input, &twin, &generics, &fields, &frozen));
        written.extend(parameters(&twin, &generics, &frozen));
        if words.sequence {
            written.extend(forward(&twin, &generics, &frozen)?);
            written.extend(direct(&twin, &generics, &frozen));
        }
        written.extend(summary(&twin, &generics, &frozen, &words));
    }
    Ok(written)
}

/// `impl Parameters`: a visit goes into every layer under its name.
fn parameters(name: &Ident, generics: &Generics, fields: &[Field]) -> TokenStream {
    let layers: Vec<&Field> = fields.iter().filter(|field| !field.skipped).collect();
    let members: Vec<_> = layers.iter().map(|field| &field.member).collect();
    let names: Vec<_> = layers.iter().map(|field| field.name()).collect();
    let types: Vec<_> = layers.iter().map(|field| field.as_layer("Parameters")).collect();

    let generics = where_layers_are(generics, &layers, "Parameters");
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::tintype::nn::Parameters for #name #type_generics #where_clause {
            const PARAMETERS: usize = 0 #( + #types::PARAMETERS )*;
            const TRAINABLE: usize = 0 #( + #types::TRAINABLE )*;
            fn visit(&self, name: &mut ::tintype::nn::Name, visitor: &mut impl ::tintype::nn::Visitor) {
                #( name.field(#names, |name| #types::visit(&self.#members, name, visitor)); )*
            }
            fn visit_mut(&mut self, name: &mut ::tintype::nn::Name, visitor: &mut impl ::tintype::nn::VisitorMut) {
                #( name.field(#names, |name| #types::visit_mut(&mut self.#members, name, visitor)); )*
            }
        }
    }
}

/// The generics of an implementation, with the condition that type parameters which are layers have a trait.
fn where_layers_are(generics: &Generics, layers: &[&Field], what: &str) -> Generics {
    let mut generics = generics.clone();
    let what = format_ident!("{what}");
    let parameters = layers.iter().filter_map(|layer| layer.parameter.as_ref());
    let conditions = parameters.map(|layer| -> syn::WherePredicate { parse_quote!(#layer: ::tintype::nn::#what) });
    generics.make_where_clause().predicates.extend(conditions);
    generics
}

/// The generics of a frozen struct and of what is written for it, with the condition that its fields are layers.
///
/// They are, or rustc says so of the struct that learns. With the condition it says no more: it takes it for given here, where
/// without the lifetime it would refuse a condition that is plainly false.
fn where_frozen(generics: &Generics, fields: &[Field]) -> Generics {
    let mut generics = generics.clone();
    let predicates = &mut generics.make_where_clause().predicates;
    for Field { ty, .. } in fields.iter().filter(|field| !field.skipped) {
        predicates.push(parse_quote!(for<'tintype> #ty: ::tintype::nn::Layer));
        let frozen = quote!(<#ty as ::tintype::nn::Layer>::In<::tintype::Untracked>);
        predicates.push(parse_quote!(for<'tintype> #frozen: ::tintype::nn::Layer<In<::tintype::Tracked> = #ty>));
    }
    generics
}

/// `impl Stateful` for a struct that is generic over its state or its layers: the same struct, other arguments.
fn stateful(input: &DeriveInput, fields: &[Field]) -> TokenStream {
    let name = &input.ident;
    let layers: Vec<&Field> = fields.iter().filter(|field| !field.skipped).collect();
    let state = state(&input.generics);
    let generics = where_layers_are(&input.generics, &layers, "Stateful");
    let is_layer = |parameter: &syn::TypeParam| {
        layers
            .iter()
            .any(|layer| layer.parameter.as_ref() == Some(&parameter.ident))
    };
    let arguments = input.generics.params.iter().map(|parameter| match parameter {
        GenericParam::Type(parameter) if Some(&parameter.ident) == state => quote!(TintypeState),
        GenericParam::Type(parameter) if is_layer(parameter) => {
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
    let values = into_state(fields, &quote!(self), &quote!(TintypeState));
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::tintype::nn::Stateful for #name #type_generics #where_clause {
            type In<TintypeState: ::tintype::Track> = #name<#(#arguments),*>;
            fn into_state<TintypeState: ::tintype::Track>(self) -> Self::In<TintypeState> {
                #name { #values }
            }
        }
    }
}

/// The fields with the types of frozen layers.
fn frozen(fields: &[Field]) -> Vec<Field> {
    let freeze = |field: &Field| {
        let layer = field.as_layer("Stateful");
        let ty = if field.skipped {
            field.ty.clone()
        } else {
            parse_quote!(#layer::In<::tintype::Untracked>)
        };
        Field { ty, ..field.clone() }
    };
    fields.iter().map(freeze).collect()
}

/// A second struct, for a struct whose fields have fixed types: the same with its layers frozen.
fn frozen_twin(
    input: &DeriveInput,
    twin: &Ident,
    generics: &Generics,
    fields: &[Field],
    frozen: &[Field],
) -> TokenStream {
    let (name, visibility) = (&input.ident, &input.vis);
    let doc = format!("[`{name}`], frozen: its weights are constants.");
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let types = frozen.iter().map(|field| &field.ty);
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
    let freezing = into_state(fields, &quote!(this), &quote!(::tintype::Untracked));
    let learning = into_state(frozen, &quote!(this), &quote!(::tintype::Tracked));
    let of_learning = stateful(name, quote!(this), quote!(#twin { #freezing }));
    let of_frozen = stateful(twin, quote!(#name { #learning }), quote!(this));
    let generics = &input.generics;
    quote! {
        #[doc = #doc]
        #visibility struct #twin #generics #body
        #of_learning
        #of_frozen
    }
}

/// The fields of a struct, each layer in another state.
fn into_state(fields: &[Field], this: &TokenStream, state: &TokenStream) -> TokenStream {
    let values = fields.iter().map(|field| {
        let member = &field.member;
        if field.skipped {
            quote!(#member: #this.#member)
        } else {
            let layer = field.as_layer("Stateful");
            let call = at(&field.ty, quote!(#layer::into_state::<#state>), quote!(#this.#member));
            quote!(#member: #call)
        }
    });
    quote!(#( #values ),*)
}

/// A call of `<Type as …>::…` that stands, for rustc, where the type stands: of errors that say the same of one place it shows one.
fn at(ty: &syn::Type, function: TokenStream, argument: TokenStream) -> TokenStream {
    let spans: Vec<Span> = ty.to_token_stream().into_iter().map(|token| token.span()).collect();
    let mut call: Vec<TokenTree> = function.into_iter().collect();
    call.push(Group::new(Delimiter::Parenthesis, argument).into());
    call[0].set_span(spans[0]);
    for token in &mut call[1 + spans.len()..] {
        token.set_span(spans[spans.len() - 1]);
    }
    call.into_iter().collect()
}

/// The longest tuple that is a sequence of layers.
const LONGEST_TUPLE: usize = 12;

/// `impl Module` for a sequence: what an input gives that passes through the tuple of the layers.
fn forward(name: &Ident, generics: &Generics, fields: &[Field]) -> Result<TokenStream> {
    let layers: Vec<&Field> = fields.iter().filter(|field| !field.skipped).collect();
    if layers.is_empty() {
        return Err(syn::Error::new_spanned(name, "a sequence needs at least one layer"));
    }
    let mut generics_of_impl = generics.clone();
    generics_of_impl.params.push(parse_quote!(TintypeInput));
    let tuple = |layers: &[&Field]| {
        let (types, members) = (
            layers.iter().map(|layer| &layer.ty),
            layers.iter().map(|layer| &layer.member),
        );
        (quote!((#(#types,)*)), quote!((#(&self.#members,)*)))
    };
    let (types, references) = layers
        .rchunks(LONGEST_TUPLE)
        .map(tuple)
        .reduce(|(then, then_references), (types, references)| {
            (
                quote!(::tintype::nn::Chain<#types, #then>),
                quote!((#references, #then_references)),
            )
        })
        .expect("a sequence has a layer");
    let predicate = parse_quote!(TintypeInput: ::tintype::nn::Meets<#types>);
    generics_of_impl.make_where_clause().predicates.push(predicate);
    let (impl_generics, _, where_clause) = generics_of_impl.split_for_impl();
    let (_, type_generics, _) = generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #impl_generics ::tintype::nn::Module<TintypeInput> for #name #type_generics #where_clause {
            type Output = <TintypeInput as ::tintype::nn::PassesThrough<#types>>::Output;
            fn apply(&self, x: &TintypeInput) -> Self::Output {
                ::tintype::nn::PassesThrough::<#types>::pass(x, #references)
            }
        }
    })
}

/// `impl DirectSequence`: the list of the layers, which runs without a graph where all of them do.
fn direct(name: &Ident, generics: &Generics, fields: &[Field]) -> TokenStream {
    let layers: Vec<&Field> = fields.iter().filter(|field| !field.skipped).collect();
    let types: Vec<_> = layers.iter().map(|layer| &layer.ty).collect();
    let list = types.iter().rev().fold(None, |list: Option<TokenStream>, ty| {
        Some(list.map_or_else(|| quote!((#ty,)), |list| quote!((#ty, #list))))
    });
    let members = layers.iter().map(|layer| &layer.member);
    let names = layers.iter().map(|layer| layer.name());
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::tintype::nn::direct::DirectSequence for #name #type_generics #where_clause {
            ::tintype::__direct_sequence!(#list, [#(#members)*] [#(#names)*]);
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

    let mut generics_of_impl = where_layers_are(generics, &layers, "Parameters");
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
                    predicates.push(parse_quote!(for<'tintype> #ty: ::tintype::nn::Parameters));
                    predicates.push(parse_quote!(#output: ::tintype::nn::Outputs));
                    generics_of_impl.params.push(parse_quote!(#output));
                    output
                }
            };
            met.push((layer, core::mem::replace(&mut input, output.clone()), output));
        }
    }
    generics_of_impl.make_where_clause().predicates.extend(predicates);

    let rows = layers.iter().map(|layer| {
        let (ty, name) = (&layer.ty, layer.name());
        match met.iter().find(|(other, ..)| other.member == layer.member) {
            Some((_, input, _)) => quote!(rows.layer::<#ty, #input>(#name);),
            None if layer.parameter.is_some() => quote!(rows.part::<#ty>(#name);),
            None => quote!(<#ty as ::tintype::nn::Layer>::row(rows, #name);),
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
