//! The example's command line.
//!
//! In: a model reference and a digest, or nothing. Out: narrations on standard
//! output, in the format `NARRATION_FORMAT` names; 0 when the model is ready,
//! 1 when it is not, 2 when the command cannot be read.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use narration_quickstart::{Digest, Provisioner, demo};

fn main() -> ExitCode {
    let arguments = command().get_matches();
    let _narration = narration_runtime::init!();
    let done = match arguments.get_one::<String>("model") {
        Some(model) => provide(&reference(model), &arguments),
        None => show(),
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn command() -> Command {
    let folder = |name| Arg::new(name).long(name).value_parser(value_parser!(PathBuf));
    Command::new("quickstart")
        .about("Provides a model: resolves, downloads, reads, hashes and verifies it, and tells you about it")
        .after_help("Without a model it makes a small one in a temporary folder and shows four stories.")
        .arg(
            Arg::new("model")
                .value_name("MODEL_REF")
                .help("file:<path>, hf:<org>/<repo>, or a path"),
        )
        .arg(
            Arg::new("digest")
                .long("digest")
                .requires("model")
                .value_parser(value_parser!(Digest))
                .help("The digest it should have, sha256:<64 digits>"),
        )
        .arg(folder("mirror").default_value("mirror").help("Downloads come from this folder"))
        .arg(folder("models").default_value("models").help("Downloads go to this folder"))
}

/// A path alone is a file; it is told in full.
fn reference(given: &str) -> String {
    if given.starts_with("file:") || given.starts_with("hf:") || given.is_empty() {
        return given.to_owned();
    }
    let path = std::path::absolute(given).unwrap_or_else(|_| PathBuf::from(given));
    format!("file:{}", path.display())
}

fn provide(model: &str, arguments: &ArgMatches) -> bool {
    let folder =
        |name| arguments.get_one::<PathBuf>(name).map_or(Path::new(name), PathBuf::as_path);
    let provisioner = Provisioner::new(folder("mirror"), folder("models"));
    provisioner.provide(model, arguments.get_one("digest").copied()).is_ok()
}

fn show() -> bool {
    let folder = tempfile::Builder::new().prefix("quickstart-").tempdir();
    folder.and_then(|folder| demo::run(folder.path())).is_ok()
}
