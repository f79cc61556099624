//! The figures of a measurement.
//!
//! In: nothing. Out: plain data, the same for every way to print it.

use serde::Serialize;

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Figure {
    pub(crate) covered: usize,
    pub(crate) total: usize,
}

impl Figure {
    /// Counts what is covered among all.
    pub(crate) fn of(all: impl Iterator<Item = bool>) -> Self {
        all.fold(Self::default(), |figure, covered| Self {
            covered: figure.covered + usize::from(covered),
            total: figure.total + 1,
        })
    }

    /// In whole hundredths, rounded down: 99 of 100 and a half are 99. Nothing of nothing is all.
    pub(crate) fn percent(self) -> usize {
        (self.covered * 100).checked_div(self.total).unwrap_or(100)
    }

    /// Whether at least so many hundredths are covered, reckoned without rounding.
    pub(crate) fn reaches(self, percent: usize) -> bool {
        self.covered * 100 >= percent * self.total
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Declared actions that a call site tells and a test run heard.
    Actions,
    /// Call sites that stand in a program that ran.
    Compiled,
    /// Call sites that were executed.
    Reached,
    /// Call sites whose event went to the layers.
    Emitted,
    /// Declared actions that an assertion made sure of.
    Asserted,
    /// Failed outcomes that were told.
    Failures,
    /// Fields of exercised actions that had a value.
    Fields,
    /// Emitted call sites that had a correlation id.
    Correlation,
}

impl Kind {
    /// All of them, the one that gates first.
    pub(crate) const ALL: [Self; 8] = [
        Self::Actions,
        Self::Compiled,
        Self::Reached,
        Self::Emitted,
        Self::Asserted,
        Self::Failures,
        Self::Fields,
        Self::Correlation,
    ];

    /// As it is typed, and as it is called in JSON.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Actions => "actions",
            Self::Compiled => "compiled",
            Self::Reached => "reached",
            Self::Emitted => "emitted",
            Self::Asserted => "asserted",
            Self::Failures => "failures",
            Self::Fields => "fields",
            Self::Correlation => "correlation",
        }
    }

    /// What it means, for a reader.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Actions => "declared actions exercised",
            Self::Compiled => "call sites in what ran",
            Self::Reached => "call sites reached",
            Self::Emitted => "call sites emitted",
            Self::Asserted => "declared actions asserted on",
            Self::Failures => "failed outcomes told",
            Self::Fields => "fields given a value",
            Self::Correlation => "emitted call sites correlated",
        }
    }
}

/// A measurement.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Coverage {
    /// Each figure under its name.
    pub(crate) figures: Figures,
    /// The declared actions, by actor.
    pub(crate) actors: Vec<Actor>,
    /// What was not covered, in the order of its ids.
    pub(crate) missing: Vec<Missing>,
    /// Callsites that ran and stand nowhere in the sources: they changed since.
    pub(crate) unknown: Vec<String>,
    /// Callsites in the programs that stand nowhere in the sources: built from other sources, or
    /// written by a macro or a build script.
    pub(crate) unwritten: Vec<String>,
    /// How many programs were looked into for their callsites.
    pub(crate) programs: usize,
    /// How many processes recorded.
    pub(crate) processes: usize,
    /// How many lines of the recordings could not be read.
    pub(crate) unreadable: usize,
}

/// The figures by name.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Figures {
    pub(crate) actions: Figure,
    /// Of none, where no program could be looked into.
    pub(crate) compiled: Figure,
    pub(crate) reached: Figure,
    pub(crate) emitted: Figure,
    pub(crate) asserted: Figure,
    pub(crate) failures: Figure,
    pub(crate) fields: Figure,
    pub(crate) correlation: Figure,
}

impl Coverage {
    /// One figure.
    pub(crate) fn figure(&self, kind: Kind) -> Figure {
        match kind {
            Kind::Actions => self.figures.actions,
            Kind::Compiled => self.figures.compiled,
            Kind::Reached => self.figures.reached,
            Kind::Emitted => self.figures.emitted,
            Kind::Asserted => self.figures.asserted,
            Kind::Failures => self.figures.failures,
            Kind::Fields => self.figures.fields,
            Kind::Correlation => self.figures.correlation,
        }
    }
}

impl Coverage {
    /// Counts another vocabulary in.
    pub(crate) fn add(&mut self, other: Self) {
        let Self { figures, actors, missing, unknown, unwritten, programs, processes, unreadable } =
            other;
        self.figures.add(figures);
        self.actors.extend(actors);
        self.missing.extend(missing);
        self.missing.sort();
        self.unknown.extend(unknown);
        self.unwritten.extend(unwritten);
        // The run is the same for all.
        self.programs = programs;
        (self.processes, self.unreadable) = (processes, unreadable);
    }
}

impl Figures {
    fn add(&mut self, other: Self) {
        let Self { actions, compiled, reached, emitted, asserted, failures, fields, correlation } =
            other;
        let pairs = [
            (&mut self.actions, actions),
            (&mut self.compiled, compiled),
            (&mut self.reached, reached),
            (&mut self.emitted, emitted),
            (&mut self.asserted, asserted),
            (&mut self.failures, failures),
            (&mut self.fields, fields),
            (&mut self.correlation, correlation),
        ];
        for (own, other) in pairs {
            own.covered += other.covered;
            own.total += other.total;
        }
    }
}

/// The actions of one actor.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Actor {
    pub(crate) name: String,
    pub(crate) exercised: Figure,
    pub(crate) actions: Vec<Action>,
}

/// A declared action.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Action {
    pub(crate) name: String,
    /// How many call sites tell it.
    pub(crate) call_sites: usize,
    pub(crate) exercised: bool,
    pub(crate) asserted: bool,
    /// Whitelisted fields that never had a value.
    pub(crate) fields_missing: Vec<String>,
}

/// Something that was not covered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Missing {
    /// The same as long as it is called the same, wherever its lines move.
    pub(crate) id: String,
    /// File and line, now.
    pub(crate) place: String,
    /// What is wrong with it.
    pub(crate) why: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_is_not_rounded_up() {
        let almost = Figure { covered: 199, total: 200 };
        assert_eq!(almost.percent(), 99);
        assert!(almost.reaches(99) && !almost.reaches(100));
        assert!(!Figure { covered: 79, total: 99 }.reaches(80));
        assert!(Figure::default().reaches(100));
    }
}
