//! The line a sink would get, on its way to its capture.
//!
//! In: what the runtime's own layer writes. Out: the line of the event that is
//! being told on this thread. So there is one definition of a record, and a test
//! sees what a log has.

use std::cell::RefCell;
use std::io::{self, Write};
use std::sync::LazyLock;

use memchr::memmem;
use tracing_subscriber::fmt::MakeWriter;

thread_local! {
    static LINE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Where the runtime's layer writes to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line;

impl MakeWriter<'_> for Line {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        *self
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = str::from_utf8(bytes).map_err(io::Error::other)?;
        LINE.try_with(|line| {
            let mut line = line.borrow_mut();
            line.clear();
            line.push_str(text);
        })
        .map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Looks at the line that was written last on this thread, and forgets it.
pub(crate) fn take(look: impl FnOnce(&str)) {
    // Taken out meanwhile: what is woken by the line may tell something itself.
    let Ok(mut line) = LINE.try_with(RefCell::take) else { return };
    if !line.is_empty() {
        look(&line);
    }
    line.clear();
    let _ = LINE.try_with(|spare| spare.replace(line));
}

/// The correlation id in a JSON line. A quote inside of a value is escaped, so
/// that the key can be found without reading the rest.
pub(crate) fn correlation_id(line: &str) -> Option<&str> {
    const KEY: &str = r#","correlation_id":""#;
    static FINDER: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(KEY));
    let start = FINDER.find(line.as_bytes())? + KEY.len();
    let rest = line.get(start..)?;
    let id = rest.get(..memchr::memchr(b'"', rest.as_bytes())?)?;
    (!id.is_empty()).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_found_where_it_is_a_key_and_nowhere_else() {
        assert_eq!(
            correlation_id(r#"{"human":"x","correlation_id":"req-1","a":1}"#),
            Some("req-1")
        );
        assert_eq!(correlation_id(r#"{"human":"\",\"correlation_id\":\"req-1\""}"#), None);
        assert_eq!(correlation_id(r#"{"human":"x","correlation_id":7}"#), None);
        assert_eq!(correlation_id(r#"{"human":"x","correlation_id":""}"#), None);
    }
}
