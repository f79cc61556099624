//! What was measured, as a table.
//!
//! In: rows of ours, theirs and a bar. Out: Markdown, and the bars that were missed.

use std::fmt;

/// A table of comparisons.
pub(super) struct Table {
    title: String,
    unit: &'static str,
    rows: Vec<Row>,
    note: Option<String>,
}

/// One comparison.
pub(super) struct Row {
    /// What was measured.
    pub(super) what: String,
    /// Ours.
    pub(super) ours: f64,
    /// The peer's.
    pub(super) peer: f64,
    /// How `ours / peer` is held to account.
    pub(super) bar: Bar,
}

/// What a comparison must reach.
#[derive(Clone, Copy)]
pub(super) enum Bar {
    /// Nothing; it is told for its own sake.
    None,
    /// At most so many times the peer's.
    AtMost(f64),
    /// At least so many times better than the peer.
    TimesBetter(f64),
}

impl Row {
    fn missed(&self) -> bool {
        match self.bar {
            Bar::None => false,
            Bar::AtMost(times) => self.ours > self.peer * times,
            Bar::TimesBetter(times) => self.ours * times > self.peer,
        }
    }

    fn ratio(&self) -> String {
        let times = self.ours / self.peer;
        match self.bar {
            Bar::TimesBetter(_) => format!("{:.2} × better", 1.0 / times),
            Bar::None if times < 0.5 => format!("{:.2} × better", 1.0 / times),
            _ => format!("{times:.2} ×"),
        }
    }

    fn verdict(&self) -> String {
        let verdict = if self.missed() { "missed" } else { "met" };
        match self.bar {
            Bar::None => String::new(),
            Bar::AtMost(times) => format!("≤ {times:.1} ×: {verdict}"),
            Bar::TimesBetter(times) => format!("≥ {times} ×: {verdict}"),
        }
    }
}

impl Table {
    /// A table of values of one unit.
    pub(super) fn new(title: impl Into<String>, unit: &'static str, rows: Vec<Row>) -> Self {
        Self { title: title.into(), unit, rows, note: None }
    }

    /// A part that was left out, and why.
    pub(super) fn skipped(title: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            unit: "",
            rows: Vec::new(),
            note: Some(format!("skipped: {}", why.into())),
        }
    }

    /// Says something below the table.
    pub(super) fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The bars that were missed, in words.
    pub(super) fn missed(&self) -> impl Iterator<Item = String> {
        self.rows
            .iter()
            .filter(|row| row.missed())
            .map(|row| format!("{} ({})", row.what, row.ratio()))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { title, unit, rows, note } = self;
        writeln!(f, "\n{title}\n")?;
        if !rows.is_empty() {
            writeln!(
                f,
                "| what | narration, {unit} | peer, {unit} | ratio | bar |\n|---|--:|--:|--:|---|"
            )?;
        }
        for row in rows {
            let Row { what, ours, peer, .. } = row;
            let digits = if *unit == "s" { 2 } else { 0 };
            let (ratio, verdict) = (row.ratio(), row.verdict());
            writeln!(f, "| {what} | {ours:.digits$} | {peer:.digits$} | {ratio} | {verdict} |")?;
        }
        note.iter().try_for_each(|note| writeln!(f, "\n{note}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(ours: f64, peer: f64, bar: Bar) -> Row {
        Row { what: "a case".to_owned(), ours, peer, bar }
    }

    #[test]
    fn a_bar_is_met_at_its_very_edge_and_missed_beyond_it() {
        assert!(!row(10.0, 10.0, Bar::AtMost(1.0)).missed());
        assert!(row(10.1, 10.0, Bar::AtMost(1.0)).missed());
        assert!(!row(10.0, 50.0, Bar::TimesBetter(5.0)).missed());
        assert!(row(10.0, 49.9, Bar::TimesBetter(5.0)).missed());
        assert!(!row(10.0, 1.0, Bar::None).missed());
    }

    #[test]
    fn a_bar_is_printed_as_it_was_set() {
        assert_eq!(row(10.0, 20.0, Bar::TimesBetter(1.5)).verdict(), "≥ 1.5 ×: met");
        assert_eq!(row(10.0, 50.0, Bar::TimesBetter(5.0)).verdict(), "≥ 5 ×: met");
    }
}
