//! Stories of what ran elsewhere.
//!
//! In: logs, and the output of other processes. Out: their story. What is no
//! record is kept aside, see [`Story::other_lines`].

use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::process::Output;
use std::thread;

use crate::directory;
use crate::recording::{Recording, Site};
use crate::story::Story;

/// Gives each record of a log to the capture, or scenario, that knows its correlation id; for
/// services that several tests, or several scenarios, share. What belongs to none is told by
/// the next assertion that fails.
///
/// ```no_run
/// # fn submit(_: impl AsRef<str>) {}
/// # fn main() -> std::io::Result<()> {
/// let story = narration_testing::capture();
/// submit(story.correlation_id()); // a service does something, and logs it
/// narration_testing::hear_file("logs/pool-managerd.log")?;
/// story.assert_narration_includes("Engine ready");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// The file cannot be read.
pub fn hear_file(path: impl AsRef<Path>) -> io::Result<()> {
    hear_bytes(&read(path.as_ref())?);
    Ok(())
}

/// The same for what a program told on its standard output and its standard error.
pub fn hear_child_output(output: &Output) {
    hear_bytes(&output.stdout);
    hear_bytes(&output.stderr);
}

/// The same for a program that runs: reads its stream in the background, until it is closed.
pub fn hear_stream(stream: impl Read + Send + 'static) {
    each_line(stream, hear_bytes);
}

fn hear_bytes(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    text.lines().filter(|line| !line.trim().is_empty()).for_each(directory::deliver);
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

/// Hands over line by line, on a thread that ends with the stream: a program that is gone has
/// closed it.
fn each_line(stream: impl Read + Send + 'static, mut take: impl FnMut(&[u8]) + Send + 'static) {
    let lines = move || {
        BufReader::new(stream).split(b'\n').map_while(Result::ok).for_each(|line| take(&line));
    };
    drop(thread::spawn(lines));
}

impl Story {
    /// The story of a log, of records in JSON or logfmt.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn from_file(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::from_files([path])
    }

    /// One story of several services' logs, by time.
    ///
    /// # Errors
    ///
    /// A file cannot be read.
    pub fn from_files(paths: impl IntoIterator<Item = impl AsRef<Path>>) -> io::Result<Self> {
        let story = Self::empty();
        for path in paths {
            story.add_file(path)?;
        }
        Ok(story)
    }

    /// The story that lines tell, by time.
    #[must_use]
    pub fn from_lines(lines: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let story = Self::empty();
        story.add_lines(lines);
        story
    }

    /// The story that a program told on its standard output and its standard error.
    #[must_use]
    pub fn from_child_output(output: &Output) -> Self {
        let story = Self::empty();
        story.add_child_output(output);
        story
    }

    fn empty() -> Self {
        Self { recording: Recording::new(None, false, 0), is_capture: false }
    }

    /// Adds the records of a log, in their places by time.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn add_file(&self, path: impl AsRef<Path>) -> io::Result<()> {
        self.add_bytes(&read(path.as_ref())?);
        Ok(())
    }

    /// Adds lines, in their places by time. Empty ones are left out.
    pub fn add_lines(&self, lines: impl IntoIterator<Item = impl AsRef<str>>) {
        let lines: Vec<_> = lines.into_iter().collect();
        let lines = lines.iter().map(AsRef::as_ref).flat_map(str::lines);
        let told = lines.filter(|line| !line.trim().is_empty());
        self.recording.insert(told.map(|line| (line, Site::default())));
    }

    /// Adds what a program told on its standard output and its standard error.
    pub fn add_child_output(&self, output: &Output) {
        self.add_bytes(&output.stdout);
        self.add_bytes(&output.stderr);
    }

    /// Reads lines from a running program, in the background, until it closes the stream.
    ///
    /// ```no_run
    /// # fn main() -> std::io::Result<()> {
    /// use std::process::{Command, Stdio};
    /// use std::time::Duration;
    ///
    /// let mut child = Command::new("pool-managerd").stdout(Stdio::piped()).spawn()?;
    /// let story = narration_testing::Story::from_lines([""; 0]);
    /// if let Some(stdout) = child.stdout.take() {
    ///     story.follow(stdout);
    /// }
    /// story.wait_for_blocking("Engine ready", Duration::from_secs(10));
    /// # Ok(())
    /// # }
    /// ```
    pub fn follow(&self, stream: impl Read + Send + 'static) {
        let story = self.clone();
        each_line(stream, move |line| story.add_bytes(line));
    }

    fn add_bytes(&self, bytes: &[u8]) {
        self.add_lines([String::from_utf8_lossy(bytes)]);
    }
}
