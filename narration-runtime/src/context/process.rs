//! Child processes in the same context.
//!
//! In: a command that is about to be started. Out: the same command, with the
//! context in the child's environment, where its `init!()` finds it.

use std::ffi::OsStr;
use std::process::Command;

use super::{Environment, inject};

/// Commands that take the context along.
pub trait InContext {
    /// Puts the current context into the child's environment: `NARRATION_CORRELATION_ID`,
    /// `TRACEPARENT`, `TRACESTATE` and `NARRATION_FIELDS`. The child's
    /// [`init!`](crate::init) goes on with it, and hands it down to everything it narrates.
    ///
    /// Of the fields, those go along whose class is `public` or `id`: numbers, words, ids.
    /// A variable that was set on the command stays. Outside any context nothing is set.
    ///
    /// ```no_run
    /// use std::process::Command;
    ///
    /// use narration_runtime::InContext as _;
    ///
    /// let status = Command::new("engine-provisioner").arg("llamacpp-v1").in_context().status()?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    fn in_context(&mut self) -> &mut Self;
}

impl InContext for Command {
    fn in_context(&mut self) -> &mut Self {
        for (name, value) in current() {
            if self.get_envs().any(|(known, _)| known == OsStr::new(name)) {
                continue;
            }
            match value {
                Some(value) => self.env(name, value),
                // What this process was started in is not what it does now.
                None => self.env_remove(name),
            };
        }
        self
    }
}

#[cfg(feature = "tokio")]
impl InContext for tokio::process::Command {
    fn in_context(&mut self) -> &mut Self {
        self.as_std_mut().in_context();
        self
    }
}

/// Every variable of the current context; none outside any.
fn current() -> Vec<(&'static str, Option<String>)> {
    let mut environment = Environment::new();
    inject(&mut environment);
    if environment.is_empty() {
        return Vec::new();
    }
    environment.all().map(|(name, value)| (name, value.map(str::to_owned))).collect()
}
