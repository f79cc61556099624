//! The demo: five scenarios, one after the other, and what became of them.
//!
//! In: a folder. Out: what happened, in words; logs in its `logs`.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::api::{Progress, Stage};
use crate::service::Fault;
use crate::system::{Setup, System, own_folder, scenarios, story};

/// Runs the demo as its arguments say.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = command().get_matches();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    let run = async {
        tokio::select! {
            run = run(&arguments) => run,
            interrupted = tokio::signal::ctrl_c() => Err(interrupted.map_or_else(Fault::from, |()| "interrupted".into())),
        }
    };
    match runtime.block_on(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => failed(&fault),
    }
}

fn failed(fault: &dyn Display) -> ExitCode {
    let _ = writeln!(io::stderr(), "the demo cannot go on: {fault}");
    ExitCode::FAILURE
}

fn command() -> Command {
    let path = |name| Arg::new(name).long(name).value_parser(value_parser!(PathBuf));
    Command::new("llama-orch-demo")
        .about("Runs five scenarios through five services and shows the story of the stuck one")
        .arg(path("folder").required(true).help("Where to work; logs go to its `logs`"))
        .arg(path("reader").help("cargo-narration, to read the story of the stuck request with"))
}

async fn run(arguments: &ArgMatches) -> Result<(), Fault> {
    let folder = arguments.get_one::<PathBuf>("folder").ok_or("--folder is missing")?;
    let folder = std::path::absolute(folder)?;
    let logs = folder.join("logs");
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let system = System::start(&Setup::new(own_folder()?, folder.join("work"), &logs)).await?;
    let shown = scenes(&system, &logs, arguments.get_one("reader")).await;
    system.stop().await;
    shown
}

/// The five scenarios; the stuck one goes on meanwhile.
async fn scenes(system: &System, logs: &Path, reader: Option<&PathBuf>) -> Result<(), Fault> {
    scenarios::stuck(system).await?;
    say("req-stuck   is on its way to pool 'stuck', where a step of the build waits for ever");
    for id in ["req-digest", "req-digest-2", "req-digest-3"] {
        scenarios::tampered(system, id).await?;
    }
    say("req-digest  asks pool 'default' for a model with another digest, and so do two more");
    let happy = scenarios::happy(system).await?;
    ended(
        "req-xyz",
        "waits behind these three, then is answered by an engine that is built for it",
        &happy,
    );
    let shown = if happy.stage == Stage::Completed {
        ended(
            "req-crash",
            "loses its engine in the middle of the answer",
            &scenarios::crash(system).await?,
        );
        ended("req-cancel", "is given up by its client", &scenarios::cancel(system).await?);
        "req-stuck"
    } else {
        say("            without an engine there is no more to show; the logs tell what was tried");
        "req-xyz"
    };
    read(shown, logs, reader).await
}

fn ended(id: &str, what: &str, progress: &Progress) {
    let stage = format!("{:?}", progress.stage).to_lowercase();
    say(format_args!("{id:<11} {what}: {stage} after {} tokens", progress.tokens));
    if let Some(error) = &progress.error {
        say(format_args!("            {error}"));
    }
}

/// Shows the story of one request: by the reader where there is one, else as it stands in the logs.
async fn read(id: &str, logs: &Path, reader: Option<&PathBuf>) -> Result<(), Fault> {
    say(format_args!("\n== the story of {id}, while it goes on"));
    if let Some(reader) = reader {
        let mut story = tokio::process::Command::new(reader);
        story.args(["narration", "story", id]).arg(logs).kill_on_drop(true);
        say(format_args!("$ cargo narration story {id} {}\n", logs.display()));
        if story.status().await.is_ok_and(|status| status.success()) {
            return Ok(());
        }
    }
    for line in story(Some(id), logs)? {
        let time = line.text("timestamp").get(11..23).unwrap_or_default();
        say(format_args!(
            "{time} [{}] {}: {}",
            line.text("actor"),
            line.text("action"),
            line.text("human")
        ));
    }
    Ok(())
}

/// A closed pipe is no reason to fail: whoever closed it has seen enough.
fn say(text: impl Display) {
    let _ = writeln!(io::stdout(), "{text}");
}
