//! ClickHouse itself for tests and measurements: in goes a Python that has the package `chdb`, out
//! come an address that speaks ClickHouse's HTTP interface and answers to SQL.
//!
//! `front.py` is the interface; the engine inside of `chdb` does the rest.

mod places;

use std::ffi::OsStr;
use std::fmt;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

pub use places::without_places;

/// Names a Python that has the package `chdb`; `cargo xtask test` sets it.
pub const PYTHON: &str = "NARRATION_TEST_CHDB_PYTHON";

/// The script of the table as it is deployed.
pub const DEPLOYED: &str = include_str!("../../../deploy/otel_logs.sql");

const FRONT: &str = include_str!("front.py");

/// An engine that goes when this does.
#[derive(Debug)]
pub struct Engine {
    child: Child,
    port: u16,
    _folder: TempDir,
}

/// Why the engine gave no answer.
#[derive(Debug)]
pub enum Refusal {
    /// It could not be started or asked.
    Away(io::Error),
    /// What it says instead.
    Told(String),
}

impl Engine {
    /// Starts an engine that keeps its tables in a folder of its own below `near`.
    ///
    /// `environment` is what the front looks at: `FRONT_PASSWORD` is the password it asks for.
    ///
    /// # Errors
    ///
    /// No folder can be made, the Python does not start or has no engine.
    pub fn start(
        python: &OsStr,
        near: &Path,
        environment: &[(&str, &str)],
    ) -> Result<Self, Refusal> {
        let folder = TempDir::new_in(near)?;
        let mut command = Command::new(python);
        command.args(["-c", FRONT]).arg(folder.path()).envs(environment.iter().copied());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut said = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut said)?;
        }
        let mut engine = Self { child, port: 0, _folder: folder };
        engine.port = said.trim().parse().map_err(|_| Refusal::Told(said))?;
        Ok(engine)
    }

    /// Where it listens on this machine.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What `--from` takes, for the database of the deployed table.
    #[must_use]
    pub fn address(&self) -> String {
        format!("clickhouse://127.0.0.1:{}/otel", self.port)
    }

    /// Runs a script, one statement after the other.
    ///
    /// # Errors
    ///
    /// What the engine says to the first statement that it does not run.
    pub fn script(&self, script: &str) -> Result<(), Refusal> {
        let lines = script.lines().filter(|line| !line.trim_start().starts_with("--"));
        let script = lines.collect::<Vec<_>>().join("\n");
        for statement in script.split(';').filter(|statement| !statement.trim().is_empty()) {
            self.ask(statement)?;
        }
        Ok(())
    }

    /// Runs one statement and gives what it says.
    ///
    /// # Errors
    ///
    /// The engine is away, or refuses.
    pub fn ask(&self, statement: &str) -> Result<String, Refusal> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        // The older protocol has no chunks.
        let head = "POST / HTTP/1.0\r\nHost: localhost\r\n";
        write!(stream, "{head}Content-Length: {}\r\n\r\n{statement}", statement.len())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let fine = head.lines().next().is_some_and(|line| line.contains(" 200 "));
        if fine { Ok(body.to_owned()) } else { Err(Refusal::Told(body.to_owned())) }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // It ends with its standard input; who waits for it leaves nobody behind.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Away(error)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Away(error) => write!(f, "the engine cannot be asked: {error}"),
            Self::Told(said) => write!(f, "the engine refuses: {said}"),
        }
    }
}

impl std::error::Error for Refusal {}
