//! A file's text, and places in it.
//!
//! In: a path and what the file holds. Out: offsets as lines and columns, and
//! the other way round.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde::Serialize;

/// A text with its path.
#[derive(Debug)]
pub(crate) struct Text {
    /// Where it was read.
    pub(crate) path: PathBuf,
    /// The same as a developer would write it: relative to the workspace.
    pub(crate) shown: String,
    /// Without a byte order mark.
    pub(crate) content: String,
    /// Whether there was one.
    pub(crate) marked: bool,
    /// The offset of each line.
    lines: Vec<usize>,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Position {
    /// Counted from 1.
    pub(crate) line: usize,
    /// In characters, counted from 1.
    pub(crate) column: usize,
}

/// A stretch of a text.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    /// The text.
    pub(crate) text: Rc<Text>,
    /// The stretch in bytes.
    pub(crate) range: Range<usize>,
}

impl Text {
    pub(crate) fn new(path: &Path, root: &Path, content: &str) -> Self {
        let unmarked = content.strip_prefix('\u{feff}');
        let marked = unmarked.is_some();
        let content = unmarked.unwrap_or(content).to_owned();
        let ends = content.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        let inside = path.strip_prefix(root).unwrap_or(path);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let shown =
            if inside.is_absolute() { inside.display().to_string() } else { parts.join("/") };
        Self { path: path.to_owned(), shown, content, marked, lines }
    }

    /// Line and column of an offset.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.content.get(start..offset.min(self.content.len())).unwrap_or_default();
        Position { line, column: before.chars().count() + 1 }
    }

    /// The word at a line and column: a string with its quotes, a name, or one character.
    pub(crate) fn word_at(&self, line: usize, column: usize) -> Range<usize> {
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(self.content.len());
        let rest = self.content.get(start..).unwrap_or_default();
        let skipped =
            rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
        let at = (start + skipped).min(self.content.len());
        at..at + word_len(self.content.get(at..).unwrap_or_default())
    }
}

fn word_len(rest: &str) -> usize {
    let Some(first) = rest.chars().next() else { return 0 };
    if first == '"' || first == '\'' {
        let inside = rest.get(1..).unwrap_or_default();
        let line = inside.split('\n').next().unwrap_or_default();
        return line.find(first).map_or(1, |end| end + 2);
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let len = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    if len == 0 { first.len_utf8() } else { len }
}

impl Spot {
    /// Where it begins.
    pub(crate) fn start(&self) -> Position {
        self.text.position(self.range.start)
    }

    /// Where it ends, behind its last character.
    pub(crate) fn end(&self) -> Position {
        self.text.position(self.range.end)
    }

    /// What stands there.
    pub(crate) fn written(&self) -> &str {
        self.text.content.get(self.range.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(content: &str) -> Text {
        Text::new(Path::new("/w/src/a.rs"), Path::new("/w"), content)
    }

    #[test]
    fn offsets_are_lines_and_columns() {
        let text = text("\u{feff}é = 1\nb = \"c d\"\n");
        assert_eq!((text.shown.as_str(), text.marked), ("src/a.rs", true));
        assert_eq!(text.position(0), Position { line: 1, column: 1 });
        assert_eq!(text.position(3), Position { line: 1, column: 3 });
        assert_eq!(text.position(7), Position { line: 2, column: 1 });
        assert_eq!(&text.content[text.word_at(2, 5)], "\"c d\"");
        assert_eq!(&text.content[text.word_at(1, 1)], "é");
        assert!(text.word_at(9, 9).is_empty());
    }
}
