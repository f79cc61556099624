//! `narrate!(…)` as written.
//!
//! In: the tokens between the parentheses. Out: [`NarrateCall`], duplicates and
//! unknown names included; what it means is for `check` to say.

use proc_macro2::TokenStream;

use crate::arguments::Arguments;
use crate::catalog;
use crate::errors::{Errors, Fault};
use crate::parse::{self, Form};

/// A `narrate!` call as written.
#[derive(Clone)]
pub struct NarrateCall {
    /// Its arguments.
    pub arguments: Arguments,
}

impl NarrateCall {
    /// Reads a call. A call is given out in any case, so that a faulty one can
    /// still use its values.
    pub fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let before = errors.iter().len();
        let arguments = parse::arguments(tokens, Form::Call, errors);
        // An unread argument may have been the action: one fault is enough.
        if arguments.action.is_empty() && errors.iter().len() == before {
            errors.push(without_action(&arguments));
        }
        Self { arguments }
    }

    /// Every expression the user wrote, for recovery.
    pub fn expressions(&self) -> impl Iterator<Item = &TokenStream> {
        self.arguments.expressions()
    }

    /// `crate = path`: where the runtime is, if the call says so.
    #[must_use]
    pub fn runtime(&self) -> Option<&TokenStream> {
        self.arguments.runtime.first().map(|setting| &setting.value)
    }
}

fn without_action(arguments: &Arguments) -> Fault {
    let message = "no action is named";
    match arguments.misspelt(&["action"]).next() {
        Some(name) => Fault::new(
            &catalog::MALFORMED_CALL,
            name,
            format!("{message}, and `{name}` is no argument"),
        )
        .note("did you mean `action`?".to_owned()),
        None => Fault::new(&catalog::MALFORMED_CALL, &TokenStream::new(), message),
    }
}
