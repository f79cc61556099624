//! Other programs.
//!
//! In: a program and its arguments. Out: success, or its output, or a failure
//! that shows the command as it would be typed.

use std::ffi::OsStr;
use std::process::{Command, Output, Stdio};

use crate::console;
use crate::failure::{Failure, Telling};
use crate::workspace::Workspace;

/// The cargo that runs this, with the workspace as its folder.
pub(crate) fn cargo(workspace: &Workspace) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(&workspace.root).stdin(Stdio::null());
    cargo
}

/// Whether cargo has a command of this name.
pub(crate) fn cargo_has(workspace: &Workspace, name: &str) -> bool {
    let mut version = cargo(workspace);
    version.args([name, "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    version.status().is_ok_and(|status| status.success())
}

/// Shows a command, runs it, and lets its output through.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    let typed = typed(command);
    console::say(format_args!("$ {typed}"));
    let status = command.status().told(|| format!("cannot start `{typed}`"))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{typed}` ended with {status}")))
    }
}

/// Runs a command and gives its standard output; what it says about faults is let through.
pub(crate) fn output(command: &mut Command) -> Result<String, Failure> {
    let typed = typed(command);
    let Output { status, stdout, .. } =
        command.stderr(Stdio::inherit()).output().told(|| format!("cannot start `{typed}`"))?;
    if !status.success() {
        return Err(Failure::new(format!("`{typed}` ended with {status}")));
    }
    String::from_utf8(stdout).told(|| format!("the output of `{typed}` is no text"))
}

/// The command as it would be typed.
pub(crate) fn typed(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(program.as_os_str());
    let set = command.get_envs().filter_map(|(key, value)| Some((key, value?)));
    let set = set.map(|(key, value)| format!("{}={}", key.display(), quoted(value)));
    let words = std::iter::once(name).chain(command.get_args()).map(quoted);
    set.chain(words).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    if word.contains(char::is_whitespace) { format!("\"{word}\"") } else { word.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_it_would_be_typed() {
        let mut command = Command::new("/opt/bin/cargo");
        command.args(["doc", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings").env_remove("HOME");
        assert_eq!(typed(&command), r#"RUSTDOCFLAGS="-D warnings" cargo doc --no-deps"#);
    }
}
