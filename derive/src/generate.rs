//! What the macro writes.

use crate::fields::{Field, Words, fields, mentions, state};
use crate::mistakes;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Data, DeriveInput, Fields, GenericParam, Generics, Ident, Member, Result, parse_quote};

/// Everything that the derive of one struct writes.
pub fn module(input: &DeriveInput) -> Result<TokenStream> {
    let fields = fields(input)?;
    let words = Words::read(input, &fields)?;
    mistakes::unbounded_layers(&input.generics, &fields)?;
    if mistakes::are_said_of_the_struct(input, &fields) {
        return Ok(TokenStream::new());
    }
    mistakes::state_in_another_place(&input.generics, &fields)?;
    let name = &input.ident;

    let mut written = parameters(name, &input.generics, &fields);
    if words.sequence {
        written.extend(forward(name, &input.generics, &fields)?);
        written.extend(sequence(name, &input.generics, &fields));
    }
    written.extend(summary(name, &input.generics, &fields, &words));
    let has_types = input.generics.type_params().next().is_some();
    if has_types || fields.iter().all(|field| field.skipped) {
        written.extend(stateful(input, &fields));
    } else {
        let twin = format_ident!("Frozen{name}");
        let (frozen, generics) = frozen(input, &fields);
        written.extend(frozen_layers(input, &fields, &words));
        written.extend(frozen_twin(input, &twin, &generics, &fields, &frozen));
        written.extend(parameters(&twin, &generics, &frozen));
        if words.sequence {
            written.extend(forward(&twin, &generics, &frozen)?);
            written.extend(sequence(&twin, &generics, &frozen));
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
    let as_layer = |field: &&Field| {
        let (ty, layer) = (&field.ty, field.layer_trait("Parameters"));
        quote!(<#ty as #layer>)
    };
    let types: Vec<_> = layers.iter().map(as_layer).collect();

    let generics = where_layers_are(generics, &layers, "Parameters");
    let (impl_generics, type_generics, _) = generics.split_for_impl();
    let where_clause = conditions(&generics);
    quote! {
        #[automatically_derived]
        impl #impl_generics ::tintype::nn::Parameters for #name #type_generics #where_clause {
            const PARAMETERS: usize = 0 #( + #types::PARAMETERS )*;
            const TRAINABLE: usize = 0 #( + #types::TRAINABLE )*;
            fn visit(&self, name: &mut ::tintype::nn::Name, visitor: &mut impl ::tintype::nn::Visitor) {
                #( #types::visit_field(&self.#members, #names, name, visitor); )*
            }
            fn visit_mut(&mut self, name: &mut ::tintype::nn::Name, visitor: &mut impl ::tintype::nn::VisitorMut) {
                #( #types::visit_field_mut(&mut self.#members, #names, name, visitor); )*
            }
        }
    }
}

/// The conditions of an implementation behind a `where`, even if there are none: where that is the macro's, rustc does not propose to
/// write a condition, which would be of things that the user does not see.
fn conditions(generics: &Generics) -> TokenStream {
    let conditions = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    quote!(where #( #conditions ),*)
}

/// The generics of an implementation, with the condition that type parameters which are layers have a trait.
fn where_layers_are(generics: &Generics, layers: &[&Field], what: &str) -> Generics {
    let mut generics = generics.clone();
    let what = format_ident!("{what}");
    let conditions = layers.iter().flat_map(|field| {
        // What a layer in a tuple needs is that the tuple is a `Layer`.
        let traits = match field.parameter {
            Some(_) => quote!(::tintype::nn::#what),
            None => quote!(::tintype::nn::Parameters + ::tintype::nn::Stateful),
        };
        let condition = move |layer: &Ident| -> syn::WherePredicate { parse_quote!(#layer: #traits) };
        field.layers.iter().map(condition)
    });
    generics.make_where_clause().predicates.extend(conditions);
    generics
}

/// `impl Stateful` for a struct that is generic over its state or its layers: the same struct, other arguments.
fn stateful(input: &DeriveInput, fields: &[Field]) -> TokenStream {
    let name = &input.ident;
    let layers: Vec<&Field> = fields.iter().filter(|field| !field.skipped).collect();
    let state = state(&input.generics);
    let generics = where_layers_are(&input.generics, &layers, "Stateful");
    let of_layers: Vec<&Ident> = layers.iter().flat_map(|layer| &layer.layers).collect();
    let arguments = input.generics.params.iter().map(|parameter| match parameter {
        GenericParam::Type(parameter) if Some(&parameter.ident) == state => quote!(TintypeState),
        GenericParam::Type(parameter) if of_layers.contains(&&parameter.ident) => {
            let layer = &parameter.ident;
            quote!(<#layer as ::tintype::nn::Stateful>::In<TintypeState>)
        }
        parameter => argument(parameter),
    });
    let arguments = quote!(<#(#arguments),*>);
    let values = fields.iter().map(|field| {
        let (member, ty, layer) = (&field.member, &field.ty, field.layer_trait("Stateful"));
        if field.skipped {
            return quote!(#member: self.#member);
        }
        let (first, last) = ends(ty);
        let open = quote_spanned!(first=> <);
        let call = match field.parameter {
            Some(_) => quote_spanned!(last=> as #layer>::into_state::<TintypeState>(self.#member)),
            None => quote_spanned!(last=> as #layer>::into_field::<TintypeState, _>(self.#member)),
        };
        quote!(#member: #open #ty #call)
    });
    // What the type of a layer says of its state, the state of the struct or its layers, is what changes.
    let changing: Vec<&Ident> = state.into_iter().chain(of_layers.iter().copied()).collect();
    let back = |field: &Field| {
        let (member, ty, layer) = (&field.member, &field.ty, field.layer_trait("Stateful"));
        if field.skipped || !mentions(ty, &changing) {
            quote!(#member: frozen.#member)
        } else {
            quote!(#member: <#ty as #layer>::from_frozen(frozen.#member))
        }
    };
    let from_frozen = match state {
        _ if !of_layers.is_empty() => {
            let values = fields.iter().map(back);
            quote!(#name { #( #values ),* })
        }
        Some(state) => quote!(::tintype::nn::Stateful::into_state::<#state>(frozen)),
        None => quote!(frozen),
    };
    let (impl_generics, type_generics, _) = generics.split_for_impl();
    let where_clause = conditions(&generics);
    quote! {
        #[automatically_derived]
        impl #impl_generics ::tintype::nn::Stateful for #name #type_generics #where_clause {
            type In<TintypeState: ::tintype::Track> = #name #arguments;
            fn into_state<TintypeState: ::tintype::Track>(self) -> Self::In<TintypeState> {
                #name::#arguments { #( #values ),* }
            }
            fn from_frozen(frozen: Self::In<::tintype::Untracked>) -> Self {
                #from_frozen
            }
        }
    }
}

/// A parameter of the struct as an argument: without its bounds.
fn argument(parameter: &GenericParam) -> TokenStream {
    match parameter {
        GenericParam::Type(parameter) => parameter.ident.to_token_stream(),
        GenericParam::Const(parameter) => parameter.ident.to_token_stream(),
        GenericParam::Lifetime(parameter) => parameter.lifetime.to_token_stream(),
    }
}

/// The trait that names the layers of a struct, frozen, with the arguments of the struct.
fn frozen_layers_trait(input: &DeriveInput) -> TokenStream {
    let name = frozen_layers_name(&input.ident);
    let arguments = input.generics.params.iter().map(argument);
    quote!(#name<#(#arguments,)* ::tintype::nn::TakenForGiven>)
}

fn frozen_layers_name(name: &Ident) -> Ident {
    format_ident!("Frozen{name}Layers")
}

/// The name of a layer's type in it.
fn frozen_layer(i: usize) -> Ident {
    format_ident!("Layer{i}")
}

/// That trait, with a type for each layer.
///
/// It is there for what is written for the frozen struct: on the condition that the struct which learns has this trait, rustc takes
/// the layers there as they are named, and says of a field that is no layer nothing but what it says of the struct which learns.
/// (`TakenForGiven` is why it takes them so.) One condition for all layers also is much less work for it than one for each.
fn frozen_layers(input: &DeriveInput, fields: &[Field], words: &Words) -> TokenStream {
    let name = &input.ident;
    // A sequence shows its layers in what it gives; of another struct they may be private, and the trait with them.
    let visibility = words.sequence.then_some(&input.vis);
    let layers: Vec<&Field> = fields.iter().filter(|field| !field.skipped).collect();
    let names: Vec<_> = (0..layers.len()).map(frozen_layer).collect();
    let types: Vec<_> = layers.iter().map(|layer| &layer.ty).collect();
    let frozen = types.iter().zip(&names).map(|(ty, name)| {
        let (first, last) = ends(ty);
        let (item, open) = (quote_spanned!(first=> type), quote_spanned!(first=> <));
        let name = Ident::new(&name.to_string(), last);
        let frozen = quote_spanned!(last=> as ::tintype::nn::Layer>::Frozen;);
        quote!(#item #name = #open #ty #frozen)
    });
    let mut generics = input.generics.clone();
    generics.params.push(parse_quote!(TintypeGiven));
    let of_trait = frozen_layers_name(name);
    let in_impl = frozen_layers_trait(input);
    let own = words.sequence.then(|| quote!(+ 'static));
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    quote! {
        #[doc(hidden)]
        #visibility trait #of_trait #generics #where_clause {
            #( type #names: ::tintype::nn::FrozenFrom<#types> #own; )*
        }
        #[automatically_derived]
        impl #impl_generics #in_impl for #name #type_generics #where_clause {
            #( #frozen )*
        }
    }
}

/// The fields with the types of frozen layers, and the generics of the frozen struct.
fn frozen(input: &DeriveInput, fields: &[Field]) -> (Vec<Field>, Generics) {
    let name = &input.ident;
    let (_, type_generics, _) = input.generics.split_for_impl();
    let of_trait = frozen_layers_trait(input);
    let mut layers = 0_usize..;
    let freeze = |field: &Field| {
        let mut frozen = field.clone();
        if !field.skipped {
            let layer = frozen_layer(layers.next().expect("a number"));
            frozen.ty = parse_quote!(<#name #type_generics as #of_trait>::#layer);
        }
        frozen
    };
    let frozen = fields.iter().map(freeze).collect();
    let mut generics = input.generics.clone();
    let condition = parse_quote!(#name #type_generics: #of_trait);
    generics.make_where_clause().predicates.push(condition);
    (frozen, generics)
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

    let stateful = |of: &Ident, tracked: TokenStream, untracked: TokenStream, from_frozen: TokenStream| {
        quote! {
            #[automatically_derived]
            impl #impl_generics ::tintype::nn::Stateful for #of #type_generics #where_clause {
                type In<TintypeState: ::tintype::Track> =
                    <TintypeState as ::tintype::Track>::Select<#name #type_generics, #twin #type_generics>;
                fn into_state<TintypeState: ::tintype::Track>(self) -> Self::In<TintypeState> {
                    <TintypeState as ::tintype::Track>::choose_by_state(self, |this| #tracked, |this| #untracked)
                }
                fn from_frozen(this: Self::In<::tintype::Untracked>) -> Self {
                    #from_frozen
                }
            }
        }
    };
    let turned = |how: TokenStream| {
        let values = fields.iter().zip(frozen).map(|(field, Field { ty: frozen, .. })| {
            let member = &field.member;
            if field.skipped {
                quote!(#member: this.#member)
            } else {
                quote!(#member: <#frozen as ::tintype::nn::FrozenFrom<_>>::#how(this.#member))
            }
        });
        quote!(#( #values ),*)
    };
    let (freezing, learning) = (turned(quote!(frozen)), turned(quote!(learn)));
    let of_learning = stateful(
        name,
        quote!(this),
        quote!(#twin { #freezing }),
        quote!(#name { #learning }),
    );
    let learning = quote!(<#name #type_generics as ::tintype::nn::Stateful>::from_frozen(this));
    let of_frozen = stateful(twin, learning, quote!(this), quote!(this));
    let generics = &input.generics;
    quote! {
        #[doc = #doc]
        #[allow(missing_docs)]
        #visibility struct #twin #generics #body
        #of_learning
        #of_frozen
    }
}

/// Where a type begins and ends. What is written about it stands there too, for rustc: of errors that say the same of one place it
/// shows one.
fn ends(ty: &syn::Type) -> (Span, Span) {
    let mut spans = ty.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
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

/// `(a, (b, (c,)))`, a list.
fn list(layers: &[&Field], of: impl Fn(&Field) -> TokenStream) -> Option<TokenStream> {
    layers.iter().rev().fold(None, |list, layer| {
        let layer = of(layer);
        Some(match list {
            None => quote!((#layer,)),
            Some(list) => quote!((#layer, #list)),
        })
    })
}

/// `impl Sequence`: the layers as a list, which runs without a graph where all of them do.
fn sequence(name: &Ident, generics: &Generics, fields: &[Field]) -> TokenStream {
    let layers: Vec<&Field> = fields.iter().filter(|field| !field.skipped).collect();
    let types = list(&layers, |layer| layer.ty.to_token_stream());
    let references = list(&layers, |Field { member, .. }| quote!(&self.#member));
    let references_mut = list(&layers, |Field { member, .. }| quote!(&mut self.#member));
    let names = layers.iter().map(|layer| layer.name());
    let mut generics = generics.clone();
    let own = generics.type_params().map(|parameter| -> syn::WherePredicate {
        let name = &parameter.ident;
        parse_quote!(#name: 'static)
    });
    let own: Vec<_> = own.collect();
    generics.make_where_clause().predicates.extend(own);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::tintype::nn::Sequence for #name #type_generics #where_clause {
            type List = #types;
            const NAMES: &'static [&'static str] = &[#( #names ),*];
            #[inline(always)]
            fn layers(&self) -> <Self::List as ::tintype::nn::List>::References<'_> {
                #references
            }
            #[inline(always)]
            fn layers_mut(&mut self) -> <Self::List as ::tintype::nn::List>::ReferencesMut<'_> {
                #references_mut
            }
        }
    }
}

/// `impl Inspect`: what a summary shows inside. Along the paths, what flows is known; of other layers, the parameters are.
fn summary(name: &Ident, generics: &Generics, fields: &[Field], words: &Words) -> TokenStream {
    if words.own_summary {
        return TokenStream::new();
    }
    let layers: Vec<&Field> = fields.iter().filter(|field| !field.skipped).collect();
    let paths: Vec<Vec<&Field>> = if words.sequence {
        vec![layers.clone()]
    } else {
        let on_path = |member: &Member| {
            *layers
                .iter()
                .find(|layer| layer.member == *member)
                .expect("a layer that was looked up")
        };
        words
            .paths
            .iter()
            .map(|path| path.iter().map(on_path).collect())
            .collect()
    };

    let mut generics_of_impl = where_layers_are(generics, &layers, "Parameters");
    generics_of_impl.params.push(parse_quote!(TintypeInput));
    let mut shown: Vec<&Member> = Vec::new();
    let mut rows = TokenStream::new();
    for path in &paths {
        let types = list(path, |layer| layer.ty.to_token_stream());
        generics_of_impl
            .make_where_clause()
            .predicates
            .push(parse_quote!(TintypeInput: ::tintype::nn::ShownThrough<#types>));
        // A layer without a name stands in a path before.
        let names = path.iter().map(|layer| {
            if shown.contains(&&layer.member) {
                String::new()
            } else {
                layer.name()
            }
        });
        rows.extend(quote!(<TintypeInput as ::tintype::nn::ShownThrough<#types>>::rows(rows, &[#( #names ),*]);));
        shown.extend(path.iter().map(|layer| &layer.member));
    }
    for layer in layers.iter().filter(|layer| !shown.contains(&&layer.member)) {
        let (ty, name) = (&layer.ty, layer.name());
        rows.extend(match layer.parameter {
            Some(_) => quote!(rows.part::<#ty>(#name);),
            None => quote!(<#ty as ::tintype::nn::Layer>::row(rows, #name);),
        });
    }
    let (impl_generics, _, where_clause) = generics_of_impl.split_for_impl();
    let (_, type_generics, _) = generics.split_for_impl();
    let counted = (paths.is_empty()).then(|| quote!(rows.not_counted();));
    quote! {
        #[automatically_derived]
        impl #impl_generics ::tintype::nn::Inspect<TintypeInput> for #name #type_generics #where_clause {
            fn inspect(rows: &mut ::tintype::nn::Rows) {
                #counted
                #rows
            }
        }
    }
}
