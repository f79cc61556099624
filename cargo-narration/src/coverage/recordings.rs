//! What the processes of a test run recorded.
//!
//! In: a folder of recordings, one file a process. Out: all of them as one:
//! what each callsite showed, which actions were asserted on, which stories were
//! held against their files, and which programs ran. A line that a killed
//! process left unfinished is counted and left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use narration_record::{Record, Value, read};

/// The recordings of a run.
#[derive(Debug, Default)]
pub(crate) struct Recordings {
    /// What each callsite showed.
    pub(crate) sites: BTreeMap<Site, Shown>,
    /// Actor and action of what was asserted on.
    pub(crate) asserted: BTreeSet<(String, String)>,
    /// The stories that were held against their files.
    pub(crate) held: BTreeSet<Held>,
    /// The programs that recorded.
    pub(crate) programs: BTreeSet<PathBuf>,
    /// How many files were read.
    pub(crate) processes: usize,
    /// How many lines could not be read.
    pub(crate) unreadable: usize,
}

/// A story's file that told what a test had captured.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Held {
    pub(crate) file: PathBuf,
    /// What the file held then.
    pub(crate) sha256: String,
    /// The test, where the recording knows it.
    pub(crate) test: Option<String>,
    /// The scenario whose step held it, where the recording knows it.
    pub(crate) scenario: Option<String>,
    /// Where the source asserts it: file and line.
    pub(crate) at: String,
}

/// A callsite of a program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Site {
    pub(crate) actor: String,
    pub(crate) action: String,
    /// As rustc names it, with forward slashes; empty for a narration whose
    /// names were given at run time.
    pub(crate) file: String,
    pub(crate) line: u64,
}

/// What a callsite showed in all processes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    pub(crate) facets: BTreeSet<String>,
    /// The fields that had a value.
    pub(crate) fields: BTreeSet<String>,
}

impl Shown {
    pub(crate) fn has(&self, facet: &str) -> bool {
        self.facets.contains(facet)
    }
}

impl Recordings {
    /// Where a run records, unless it is told otherwise.
    pub(crate) fn folder(target: &Path) -> PathBuf {
        target.join("narration-coverage")
    }

    /// Reads every recording of a folder; a folder that is not there holds none.
    pub(crate) fn read(folder: &Path) -> io::Result<Self> {
        let mut all = Self::default();
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(all),
            entries => entries?,
        };
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "jsonl") {
                let bytes = fs::read(&path)?;
                all.processes += 1;
                String::from_utf8_lossy(&bytes).lines().for_each(|line| all.add(line));
            }
        }
        Ok(all)
    }

    /// Removes the recordings of an earlier run.
    pub(crate) fn clear(folder: &Path) -> io::Result<()> {
        if !folder.exists() {
            return Ok(());
        }
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "jsonl") {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, line: &str) {
        match read(line) {
            Ok(record) => self.take(record),
            Err(_) => self.unreadable += 1,
        }
    }

    fn take(&mut self, record: Record) {
        let facets = words(&record, "facets");
        if facets.iter().any(|facet| facet == "process") {
            self.programs.extend(text(&record, "file").map(PathBuf::from));
            return;
        }
        if facets.iter().any(|facet| facet == "story") {
            self.held.extend(held(&record));
            return;
        }
        let fields = words(&record, "with");
        let file = text(&record, "file").map(|file| file.replace('\\', "/"));
        let line = match record.field("line") {
            Some(Value::U64(line)) => *line,
            _ => 0,
        };
        if facets.iter().any(|facet| facet == "asserted") {
            self.asserted.insert((record.actor, record.action));
        } else if facets.is_empty() && fields.is_empty() {
            self.unreadable += 1;
        } else {
            let site = Site {
                actor: record.actor,
                action: record.action,
                file: file.unwrap_or_default(),
                line,
            };
            let shown = self.sites.entry(site).or_default();
            shown.facets.extend(facets);
            shown.fields.extend(fields);
        }
    }
}

fn held(record: &Record) -> Option<Held> {
    Some(Held {
        file: PathBuf::from(text(record, "file")?),
        sha256: text(record, "sha256")?.to_owned(),
        test: text(record, "test").map(str::to_owned),
        scenario: text(record, "scenario").map(str::to_owned),
        at: text(record, "at")?.to_owned(),
    })
}

fn text<'r>(record: &'r Record, field: &str) -> Option<&'r str> {
    record.field(field).and_then(Value::as_str)
}

fn words(record: &Record, field: &str) -> Vec<String> {
    let list = text(record, field).unwrap_or_default();
    list.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = r#"{"timestamp":"2026-11-22T00:08:05.467020Z","level":"info","actor":"scanner","action":"scan","human":"Covered","#;

    #[test]
    fn processes_are_read_as_one_and_a_torn_line_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let site = r#""file":"src\\a.rs","line":7}"#;
        let first = format!("{HEAD}\"facets\":\"reached,emitted\",\"with\":\"parcel_id\",{site}\n");
        // What is new may be a field alone.
        let field = format!("{HEAD}\"facets\":\"\",\"with\":\"weight\",{site}\n");
        let second = format!("{field}{HEAD}\"facets\":\"correlated\",{site}\n{HEAD}\"face");
        let third = format!(
            "{HEAD}\"facets\":\"asserted\"}}\n{HEAD}\"facets\":\"process\",\"file\":\"/a b\"}}\n\
             {HEAD}\"facets\":\"story\",\"sha256\":\"5a\",\"at\":\"t.rs:3\",\"file\":\"/s.story\",\"line\":0}}\n"
        );
        for (name, text) in [("1.jsonl", first), ("2.jsonl", second), ("3.jsonl", third)] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        fs::write(folder.path().join("notes.txt"), "not ours").unwrap();
        let all = Recordings::read(folder.path()).unwrap();
        let (site, shown) = all.sites.first_key_value().unwrap();
        assert_eq!((site.file.as_str(), site.line), ("src/a.rs", 7));
        assert!(["reached", "emitted", "correlated"].iter().all(|facet| shown.has(facet)));
        assert!(["parcel_id", "weight"].iter().all(|field| shown.fields.contains(*field)));
        assert_eq!((all.processes, all.unreadable, all.asserted.len()), (3, 1, 1));
        assert_eq!(all.programs, BTreeSet::from([PathBuf::from("/a b")]));
        let held = all.held.first().map(|held| (held.sha256.as_str(), held.at.as_str()));
        assert_eq!(held, Some(("5a", "t.rs:3")));
        Recordings::clear(folder.path()).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn no_folder_is_no_recording() {
        let folder = tempfile::tempdir().unwrap();
        let all = Recordings::read(&folder.path().join("none")).unwrap();
        assert_eq!(all.processes, 0);
    }
}
