//! Broken places of which it is known that no test notices them, and why.
//!
//! In: `xtask/mutants.txt`: a place as the run names it, and indented below it
//! the reason. Out: whether a place is among them, and which of them are no
//! more.

use std::path::Path;

use crate::failure::Failure;
use crate::workspace::Workspace;

/// Where they are listed.
pub(super) const FILE: &str = "xtask/mutants.txt";

/// The list.
pub(super) struct Known(Vec<String>);

impl Known {
    /// Reads it. A place without a reason is a failure.
    pub(super) fn read(workspace: &Workspace) -> Result<Self, Failure> {
        Self::parse(&workspace.read(Path::new(FILE))?)
    }

    fn parse(text: &str) -> Result<Self, Failure> {
        let mut known = Vec::new();
        let mut lines = text.lines().filter(|line| !line.starts_with('#')).peekable();
        while let Some(line) = lines.next() {
            if line.trim().is_empty() {
                continue;
            }
            if lines.next_if(|reason| reason.starts_with("    ")).is_none() {
                return Err(Failure::new(format!(
                    "{FILE} gives no reason below this line: {line}"
                )));
            }
            while lines.next_if(|reason| reason.starts_with("    ")).is_some() {}
            known.push(line.to_owned());
        }
        Ok(Self(known))
    }

    /// Whether a place is among them.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|known| known == name)
    }

    /// Those of the files that were broken which did not survive, or are not there any more.
    pub(super) fn stale<'k>(
        &'k self,
        survived: &'k [String],
        wanted: &'k [&str],
    ) -> impl Iterator<Item = &'k String> {
        let is_wanted = |name: &&String| wanted.iter().any(|wanted| name.starts_with(wanted));
        self.0.iter().filter(is_wanted).filter(|name| !survived.contains(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_reason_and_what_is_no_more_is_told() {
        let text = "# a remark\na.rs: f: lost `Some(1)`\n    faster, and\n    the same\n\nb.rs: g: x\n    why\n";
        let known = Known::parse(text).unwrap();
        assert!(known.has("a.rs: f: lost `Some(1)`") && known.has("b.rs: g: x"));
        let survived = ["a.rs: f: lost `Some(1)`".to_owned()];
        let stale: Vec<_> = known.stale(&survived, &["a.rs", "b.rs"]).collect();
        assert_eq!(stale, ["b.rs: g: x"]);
        assert!(Known::parse("a.rs: f: x\n\n").is_err());
    }

    #[test]
    fn the_list_is_sound() {
        assert!(Known::read(&Workspace::find().unwrap()).is_ok());
    }
}
