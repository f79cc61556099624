//! A courier that waits for each of its steps.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStderr, ChildStdin, Stdio};

use crate::courier::{Report, courier};

/// A courier that tells as many lines as it is asked for, step by step.
pub(crate) struct Steps {
    child: Child,
    input: Option<ChildStdin>,
    answers: BufReader<ChildStderr>,
}

impl Steps {
    pub(crate) fn start(settings: &[&str]) -> Self {
        let mut child = courier("steps", settings)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take(), child.stderr.take().unwrap());
        Self { child, input, answers: BufReader::new(output) }
    }

    /// Takes a step, and answers when its lines are flushed.
    pub(crate) fn step(&mut self, what: &str) -> Report {
        writeln!(self.input.as_mut().unwrap(), "{what}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        Report::read(&answer)
    }

    /// Takes a step, and gives the words of the answer.
    pub(crate) fn say(&mut self, what: &str) -> String {
        writeln!(self.input.as_mut().unwrap(), "{what}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        answer
    }

    pub(crate) fn end(mut self) {
        drop(self.input.take());
        assert!(self.child.wait().unwrap().success());
    }
}
