//! How a model is asked for.
//!
//! In: `file:/models/tiny.gguf` or `hf:org/repo`. Out: a [`ModelRef`].

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// A model as it was asked for.
#[derive(Clone, Eq, PartialEq)]
pub(crate) enum ModelRef {
    /// A file on this machine.
    File(PathBuf),
    /// A repository of the hub, as `org/repo`.
    HuggingFace(String),
}

/// A text that is no model reference.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct NoModelRef(String);

impl FromStr for ModelRef {
    type Err = NoModelRef;

    fn from_str(given: &str) -> Result<Self, NoModelRef> {
        match given.split_once(':') {
            Some(("file", path)) if !path.is_empty() => Ok(Self::File(path.into())),
            Some(("hf", name)) if is_repository(name) => Ok(Self::HuggingFace(name.to_owned())),
            _ => Err(NoModelRef(given.to_owned())),
        }
    }
}

/// `org/repo`. The name becomes a path, so none of its parts may lead out of it.
fn is_repository(name: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    name.split_once('/').is_some_and(|(org, repo)| is_part(org) && is_part(repo))
}

/// The kind alone: what is in it was told when it was resolved.
impl fmt::Debug for ModelRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File(_) => "ModelRef::File(...)",
            Self::HuggingFace(_) => "ModelRef::HuggingFace(...)",
        })
    }
}

impl fmt::Display for NoModelRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is neither `file:<path>` nor `hf:<org>/<repo>`", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_are_read_and_nothing_leads_out_of_the_folder() {
        assert!(matches!("file:/m/tiny.gguf".parse(), Ok(ModelRef::File(_))));
        assert!(matches!("hf:org/repo-7B_v1.2".parse(), Ok(ModelRef::HuggingFace(_))));
        for text in ["hf:../etc", "hf:org/..", "hf:org/a/b", "hf:org", "file:", "ftp:a/b", ""] {
            assert!(text.parse::<ModelRef>().is_err(), "{text}");
        }
    }
}
