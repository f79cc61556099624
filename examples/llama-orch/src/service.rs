//! What every service of the system is around its own work.
//!
//! In: a [`Service`]. Out: a process that listens on this machine, says where
//! on its standard output, and ends at a signal or with whoever started it.

use std::error::Error;
use std::io::{self, Read as _, Write as _};
use std::process::ExitCode;

use axum::Router;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use narration_runtime::Builder;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::wire;

/// Any error, told once and then the end.
pub type Fault = Box<dyn Error + Send + Sync>;

/// One of the system's services.
pub trait Service: Sized + Send + Sync {
    /// Its name: the actor of what other crates log in it.
    const NAME: &'static str;
    /// What it is, for `--help`.
    const ABOUT: &'static str;

    /// Its own arguments.
    fn arguments(command: Command) -> Command;

    /// Made from its arguments.
    ///
    /// # Errors
    ///
    /// Why it cannot serve.
    fn open(arguments: &ArgMatches) -> Result<Self, Fault>;

    /// What it answers.
    fn routes(&self) -> Router;

    /// Told when it listens.
    fn started(&self, _address: &str) {}

    /// Told before it ends.
    fn stopping(&self) {}
}

/// Runs a service until it is asked to end.
pub fn run<S: Service>() -> ExitCode {
    let arguments = command::<S>().get_matches();
    let _narration = Builder::new(S::NAME).stderr().init();
    // What is in flight ends, and is told, when the runtime is dropped: before narration is.
    match tokio::runtime::Runtime::new()
        .map_err(Fault::from)
        .and_then(|runtime| runtime.block_on(serve::<S>(&arguments)))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            tracing::error!("{} cannot serve: {fault}", S::NAME);
            ExitCode::FAILURE
        }
    }
}

fn command<S: Service>() -> Command {
    let command = Command::new(S::NAME).about(S::ABOUT);
    S::arguments(command)
        .arg(
            Arg::new("port")
                .long("port")
                .default_value("0")
                .value_parser(value_parser!(u16))
                .help("Where to listen on this machine; 0 for any port that is free"),
        )
        .arg(
            Arg::new("with-parent")
                .long("with-parent")
                .action(ArgAction::SetTrue)
                .help("End when standard input does"),
        )
}

/// An argument that must be given.
#[must_use]
pub fn required(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).required(true).help(help)
}

/// The text of an argument; every one has a default or is required.
#[must_use]
pub fn text(arguments: &ArgMatches, name: &str) -> String {
    arguments.get_one::<String>(name).cloned().unwrap_or_default()
}

async fn serve<S: Service>(arguments: &ArgMatches) -> Result<(), Fault> {
    let service = S::open(arguments)?;
    let port = arguments.get_one::<u16>("port").copied().unwrap_or_default();
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| {
        format!("port {port} cannot be listened on: {error}; choose another with --port, or 0")
    })?;
    let address = format!("http://{}", listener.local_addr()?);
    service.started(&address);
    publish(&address)?;
    let ended = ending(arguments.get_flag("with-parent"));
    tokio::select! {
        served = axum::serve(listener, wire::serving(service.routes())) => served?,
        ended = ended => ended?,
    }
    service.stopping();
    Ok(())
}

/// The first line of standard output is the address.
fn publish(address: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{address}")?;
    output.flush()
}

/// Ready when the service shall end: a signal, or the end of standard input.
async fn ending(with_parent: bool) -> io::Result<()> {
    let (parent_gone, gone) = oneshot::channel();
    if with_parent {
        // A thread of its own: reading standard input cannot be given up.
        std::thread::spawn(move || {
            let mut rest = [0; 64];
            while io::stdin().read(&mut rest).is_ok_and(|read| read > 0) {}
            let _ = parent_gone.send(());
        });
        tokio::select! {
            signal = signalled() => signal,
            _ = gone => Ok(()),
        }
    } else {
        signalled().await
    }
}

#[cfg(unix)]
async fn signalled() -> io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn signalled() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
