//! Names of fields that came from other processes.
//!
//! In: a name as a message has it. Out: the same name for the life of the
//! process, as tracing wants it; nothing where it cannot be a field here.

use std::sync::{Mutex, PoisonError};

use crate::builtin;

/// The most names this process keeps. They come from vocabularies, which are small; what a
/// sender makes up shall not fill the memory.
const MOST: usize = 256;

/// The longest name, in bytes.
const LONGEST: usize = 64;

/// The built-in fields a context may bring along. All others are said by whoever narrates.
const WELCOME: [&str; 3] = ["session_id", "job_id", "task_id"];

/// Names that were seen once, each leaked once.
struct Names(Mutex<Vec<&'static str>>);

static KNOWN: Names = Names(Mutex::new(Vec::new()));

/// The name, if it can be a field's here.
pub(super) fn known(name: &str) -> Option<&'static str> {
    if let Some(welcome) = WELCOME.into_iter().find(|welcome| *welcome == name) {
        return Some(welcome);
    }
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let sound = name.len() <= LONGEST
        && name.bytes().next().is_some_and(|first| first.is_ascii_lowercase())
        && name.bytes().all(letters)
        && builtin::rank(name) == u8::MAX;
    if !sound {
        return None;
    }
    KNOWN.keep(name)
}

impl Names {
    fn keep(&self, name: &str) -> Option<&'static str> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = names.iter().find(|known| **known == name) {
            return Some(known);
        }
        (names.len() < MOST).then(|| {
            let name: &'static str = String::leak(name.to_owned());
            names.push(name);
            name
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_field_is_no_name() {
        assert_eq!(known("session_id"), Some("session_id"));
        assert_eq!(known("pool_id"), Some("pool_id"));
        for wrong in
            ["", "Pool", "7up", "pool-id", "pool id", "trace_id", "error", "correlation_id"]
        {
            assert_eq!(known(wrong), None, "{wrong}");
        }
        assert_eq!(known(&"a".repeat(65)), None);
    }

    #[test]
    fn a_sender_cannot_fill_the_memory() {
        let names = Names(Mutex::new(Vec::new()));
        let taken = (0..10_000).filter(|n| names.keep(&format!("made_up_{n}")).is_some()).count();
        assert_eq!(taken, MOST);
        assert_eq!(names.keep("made_up_0"), Some("made_up_0"), "those that are known stay known");
    }
}
