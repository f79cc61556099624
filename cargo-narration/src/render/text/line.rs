//! One step as one line, for stories that are still going on.

use super::{BAD, DIM, SERVICES};
use crate::logs::Nanos;
use crate::render::visible::cut;
use crate::render::{clock, pad, span, visible};
use crate::story::Step;

/// Remembers what the lines before said, so that the next one fits below.
#[derive(Debug, Default)]
pub(crate) struct Line {
    services: Vec<String>,
    before: Option<Nanos>,
}

impl Line {
    /// The next line.
    pub(crate) fn of(&mut self, step: &Step) -> String {
        let entry = &step.entry;
        let known = self.services.iter().position(|known| *known == entry.actor);
        let at = known.unwrap_or_else(|| {
            self.services.push(entry.actor.clone());
            self.services.len() - 1
        });
        let style = SERVICES.get(at % SERVICES.len()).copied().unwrap_or_default();
        let before = self.before.replace(step.time);
        let gap = before.map_or("·".to_owned(), |before| span(step.time.saturating_sub(before)));
        let tone = if step.is_failure() { BAD } else { anstyle::Style::new() };
        format!(
            "{DIM}{}{DIM:#}  {gap:>8}  {style}{}{style:#}  {}  {tone}{}{tone:#}\n",
            clock(step.time),
            pad(&cut(&visible(&entry.actor), 20), 20),
            pad(&cut(&visible(&entry.action), 20), 20),
            visible(entry.human())
        )
    }
}
