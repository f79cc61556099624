//! The parts of a page: its sections, code blocks and tables.
//!
//! In: Markdown. Out: what a reader would do with it.

/// A code block and what it asks for.
pub(crate) enum Block<'t> {
    /// `sh`: lines to type.
    Run(&'t str),
    /// `<language> write <file>`.
    Write(&'t str, &'t str),
    /// `<language> append <file>`.
    Append(&'t str, &'t str),
    /// What the last line typed has shown.
    Shown(&'t str),
}

/// The section under a heading of the second level.
pub(crate) fn section<'t>(page: &'t str, heading: &str) -> &'t str {
    let from = page.split_once(&format!("\n## {heading}\n")).unwrap().1;
    from.split("\n## ").next().unwrap()
}

/// The code blocks of a section, in order.
pub(crate) fn blocks(section: &str) -> impl Iterator<Item = Block<'_>> {
    section.split("```").skip(1).step_by(2).map(|block| {
        let (head, text) = block.split_once('\n').unwrap();
        match head.split_whitespace().collect::<Vec<_>>()[..] {
            ["sh"] => Block::Run(text),
            [_, "write", file] => Block::Write(file, text),
            [_, "append", file] => Block::Append(file, text),
            ["text" | "json"] => Block::Shown(text),
            _ => panic!("a block of an unknown kind: {head}"),
        }
    })
}

/// The rows of a section's table, code marks taken off.
pub(crate) fn table(section: &str) -> impl Iterator<Item = Vec<&str>> {
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| {
        row.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect()
    })
}

/// The same lines without the times they were written at.
pub(crate) fn timeless(text: &str) -> String {
    text.trim_end().lines().map(without_time).collect::<Vec<_>>().join("\n")
}

fn without_time(line: &str) -> String {
    for (before, after) in [("{\"timestamp\":\"", "\""), ("timestamp=", " ")] {
        if let Some((_, rest)) = line.strip_prefix(before).and_then(|rest| rest.split_once(after)) {
            return format!("{before}TIME{after}{rest}");
        }
    }
    match line.split_once(' ') {
        Some((time, rest))
            if time.len() == "18:34:05.123".len() && time.matches(':').count() == 2 =>
        {
            format!("TIME {rest}")
        }
        _ => line.to_owned(),
    }
}
