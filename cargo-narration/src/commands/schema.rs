//! `schema`: a vocabulary for machines.
//!
//! In: a vocabulary. Out: JSON Schema, or a registry of semantic conventions.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};

use crate::args::options;
use crate::fault::Fault;
use crate::json_text;
use crate::report::Report;
use crate::schema::{manifest, record, registry};
use crate::vocabularies::{self, Known};

const LONG: &str = "\
Print what a vocabulary says in a form for machines.

`json` is the JSON Schema (2020-12) of one line of the format json. Every line \
that a service with this vocabulary writes fulfils it, those of its dependencies \
(action `log`) included; other names and other types do not.

`otel` is a registry of OpenTelemetry's semantic conventions: fields are \
attributes, actions are events named `actor.action`. With --output FOLDER it is \
written with its manifest, as tools for such registries want it.";

const EXAMPLES: &str = "\
Examples:
  cargo narration schema > record.schema.json
  cargo narration schema --format otel --output registry/
";

pub(crate) fn args(name: &'static str) -> Command {
    Command::new(name)
        .about("Print the JSON Schema of the records, or an OpenTelemetry registry")
        .long_about(LONG)
        .arg(vocabularies::arg())
        .arg(options::format(&["json", "otel"]))
        .arg(options::path("output", "PATH", "Write to a file; for `otel`, to files in a folder"))
        .after_help(EXAMPLES)
}

/// Which schema, and where it goes.
pub(crate) struct Plan {
    known: Known,
    otel: bool,
    output: Option<PathBuf>,
}

impl Plan {
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, Fault> {
        Ok(Self {
            known: vocabularies::one(matches)?.sound()?,
            otel: options::format_of(matches) == "otel",
            output: matches.get_one("output").cloned(),
        })
    }
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    let vocabulary = &plan.known.vocabulary;
    let text = match plan.otel {
        true => registry(vocabulary),
        false => json_text::pretty(&record(vocabulary)) + "\n",
    };
    let Some(output) = plan.output else { return Ok(Report::text(text)) };
    if !plan.otel {
        write(&output, &text)?;
        return Ok(Report::text("").note(format!("{} written", output.display())));
    }
    fs::create_dir_all(&output).map_err(|error| Fault::unwritable(&output, &error))?;
    write(&output.join("registry.yaml"), &text)?;
    write(&output.join("registry_manifest.yaml"), &manifest(vocabulary))?;
    Ok(Report::text("").note(format!("{} written, two files", output.display())))
}

fn write(path: &Path, text: &str) -> Result<(), Fault> {
    fs::write(path, text).map_err(|error| Fault::unwritable(path, &error))
}
