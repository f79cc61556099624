//! `narrate!`, `#[narrated]` and `taxonomy!`.
//!
//! In: a caller's tokens. Out: ordinary tracing events, or compile errors at
//! the wrong tokens. This crate finds the vocabulary and expands; what is
//! allowed is decided in `narration-syntax`. Users name these macros through
//! `narration-runtime`.

use proc_macro::TokenStream;

mod expand;
mod paths;
mod pipeline;
mod vocabulary;

use vocabulary::Governing;

/// Tells one narration.
///
/// ```text
/// narrate!(
///     actor  = "pool-managerd",      // or from the enclosing #[narrated], or from Cargo.toml
///     action = "spawn",
///     target = device,
///     human  = "Spawning engine {engine} for pool '{pool_id}' on {device}",
///     replica_id,                    // a local variable of a whitelisted name
///     queue_position = queue.len(),  // any expression of the field's type
///     note = %err,                   // % by Display, ? by Debug
/// );
/// narrate!("spawn", "Spawning engine {engine} for pool '{pool_id}' on {device}");
/// narrate!("cmake-build", pool_id, jobs);   // the vocabulary's own text
/// ```
///
/// Actor, action and fields are checked against the vocabulary while compiling.
/// Nothing is evaluated unless somebody listens.
#[proc_macro]
pub fn narrate(tokens: TokenStream) -> TokenStream {
    pipeline::narrate(tokens.into(), &Governing::find()).into()
}

/// Tells a fn's start and, exactly once, how it ended; or gives everything
/// inside an item its actor.
///
/// ```text
/// #[narrated(actor = "model-provisioner", action = "download", target = model_ref)]
/// async fn download(&self, model_ref: &ModelRef) -> Result<PathBuf, DownloadError> { … }
/// ```
///
/// Arguments in the action's whitelist are recorded by class on a span around
/// the body; nothing else is. The outcome is `ok`, `failed`, `cancelled` or
/// `panicked`, told with `duration_ms`.
#[proc_macro_attribute]
pub fn narrated(attribute: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::narrated(attribute.into(), item.into(), &Governing::find()).into()
}

/// Opens a scope: a `tracing` span whose fields every narration inside it inherits.
///
/// ```text
/// let request = scope!(correlation_id = id, session_id, pool_id = pool.id());
/// request.in_scope(|| …);            // or: future.instrument(request).await
/// ```
///
/// Any field of the vocabulary may be handed down, and any built-in one; values
/// are typed and made safe by their class as in `narrate!`.
#[proc_macro]
pub fn scope(tokens: TokenStream) -> TokenStream {
    pipeline::scope(tokens.into(), &Governing::find()).into()
}

/// The vocabulary as a static table: an expression of type
/// `&'static narration_runtime::taxonomy::Table`.
#[proc_macro]
pub fn taxonomy(tokens: TokenStream) -> TokenStream {
    pipeline::taxonomy(tokens.into(), &Governing::find()).into()
}

/// The vocabulary's `[redaction]`, or nothing where there is none.
#[doc(hidden)]
#[proc_macro]
pub fn policy(_: TokenStream) -> TokenStream {
    pipeline::policy(&Governing::find()).into()
}

/// How much of which action is told, or nothing where all is.
#[doc(hidden)]
#[proc_macro]
pub fn sampling(_: TokenStream) -> TokenStream {
    pipeline::sampling(&Governing::find()).into()
}

/// The runtime's own table of built-in fields.
#[doc(hidden)]
#[proc_macro]
pub fn builtin(_: TokenStream) -> TokenStream {
    pipeline::builtin().into()
}
