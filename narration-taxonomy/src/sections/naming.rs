//! Names as they are declared.
//!
//! In: a key that names something. Out: the name; where it may not be given,
//! a problem beside it, so that its uses raise no faults of their own.

use crate::findings::quoted;
use crate::model::{Deprecated, Placed};
use crate::names::{MAX_NAME_LEN, NameFault, NameKind};
use crate::problem::Problem;
use crate::reader::{Key, Reader, Value, entries};
use crate::rules;

const DEPRECATED_KEYS: &[&str] = &["since", "use", "note"];

impl Reader<'_> {
    pub(super) fn name(&mut self, key: &Key<'_>, kind: NameKind) -> Placed<String> {
        let name = Placed { value: key.get_ref().to_string(), place: self.place(key.span()) };
        if let Some(fault) = kind.fault(&name.value) {
            self.refuse(&name, kind, fault);
        }
        name
    }

    fn refuse(&mut self, name: &Placed<String>, kind: NameKind, fault: NameFault) {
        let word = quoted(&name.value);
        let (rule, reason) = match fault {
            NameFault::Start => (&rules::BAD_NAME, "it must begin with a letter".to_owned()),
            NameFault::Character(c) => {
                (&rules::BAD_NAME, format!("{} is not allowed in it", quoted(&c.to_string())))
            }
            NameFault::Length => {
                (&rules::BAD_NAME, format!("it has more than {MAX_NAME_LEN} characters"))
            }
            NameFault::RecordKey => {
                (&rules::RESERVED_NAME, "every record has a key of this name".to_owned())
            }
            NameFault::Keyword => {
                (&rules::RESERVED_NAME, "it is a word of the Rust language".to_owned())
            }
        };
        let message = format!("{word} cannot name {} {}: {reason}", kind.article(), kind.name());
        let corrected = kind.corrected(&name.value);
        let help = corrected.map(|corrected| format!("write `{corrected}`"));
        self.findings.push(Problem::new(rule, name.place, message).with_help(help));
    }

    pub(super) fn deprecated(&mut self, value: &Value<'_>) -> Option<Deprecated> {
        let mut deprecated = Deprecated::default();
        for (key, value) in entries(self.table(value, "deprecated")?) {
            match key.get_ref().as_ref() {
                "since" => deprecated.since = self.text(value, "since"),
                "use" => deprecated.replacement = self.string(value, "use"),
                "note" => deprecated.note = self.text(value, "note"),
                _ => self.unknown_key(key, "`deprecated`", DEPRECATED_KEYS),
            }
        }
        Some(deprecated)
    }

    /// `expose = "reason"`: without a reason it is no opt-out.
    pub(super) fn expose(&mut self, value: &Value<'_>) -> Option<Placed<String>> {
        let reason = self.string(value, "expose")?;
        if reason.value.trim().is_empty() {
            let message = "`expose` gives no reason".to_owned();
            self.findings.add(&rules::REASON_MISSING, reason.place, message);
            return None;
        }
        Some(reason)
    }
}
