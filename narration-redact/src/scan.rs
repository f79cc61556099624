//! The one pass: text goes in, the secrets in it come out, left to right and never overlapping.

use std::mem::take;

use crate::{
    anchors::{Clue, MAX_PLACES},
    bytes::{self, ALNUM},
    confirm::{self, Memory, scheme, site},
    doubts::Doubts,
    gate::{self, Hit, Step},
    marker,
    repeats::Repeats,
};

/// A secret: the bytes to replace and the rule that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) rule: &'static str,
}

/// Who has the last word on a secret that was found.
pub(crate) trait Judge {
    /// Whether it is to be replaced.
    fn condemns(&self, text: &str, found: Found) -> bool;
}

/// Walks over a text from anchor to anchor.
///
/// Places only ever move forward, and what a confirmer looks at beyond its anchor is either
/// bounded or remembered in [`Memory`], so that the time is linear in the text's length.
pub(crate) struct Scanner<'t> {
    text: &'t str,
    judge: Option<&'t dyn Judge>,
    /// The next place for the gate.
    place: usize,
    memory: Memory,
    /// A secret whose name lies behind the last place but which itself is still ahead.
    ahead: Option<Found>,
    /// A secret that stopped the search.
    found: Option<Found>,
    /// Whether the last name that was judged has a secret.
    named: bool,
    /// The anchors that were judged to give nothing away.
    doubts: Doubts,
    /// The places of these.
    repeats: Repeats,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str, judge: Option<&'t dyn Judge>) -> Self {
        Self::starting_at(0, text, judge)
    }

    /// Starts at a place before which the gate found nothing.
    pub(crate) fn starting_at(place: usize, text: &'t str, judge: Option<&'t dyn Judge>) -> Self {
        let (memory, doubts, repeats) = (Memory::default(), Doubts::default(), Repeats::default());
        Self { text, judge, place, memory, ahead: None, found: None, named: false, doubts, repeats }
    }

    /// The anchors that gave nothing away so far, but might do so once what was found is replaced.
    pub(crate) fn doubts(&mut self) -> &mut Doubts {
        &mut self.doubts
    }

    /// Whether any of the anchors that gave nothing away in another text does so in this one.
    pub(crate) fn gives_away(&mut self, doubts: &Doubts) -> bool {
        doubts.iter().any(|(clue, start)| self.confirm(clue, start).is_some())
    }

    fn confirm(&mut self, clue: Clue, start: usize) -> Option<Found> {
        if start < self.memory.done || self.ahead.is_some_and(|ahead| start >= ahead.start) {
            return None;
        }
        // What a header's name gave away is not judged again for the scheme before it.
        if clue == Clue::Bearer && self.ahead.is_some_and(|ahead| scheme::announces(start, ahead)) {
            return None;
        }
        // All anchors in one name have one verdict.
        if clue == Clue::Name && start < self.memory.name_end {
            if !self.named {
                self.doubts.push(clue, start);
            }
            return None;
        }
        let found = confirm::confirm(self.text.as_bytes(), clue, start, &mut self.memory)
            .filter(|found| !marker::covers(self.text, found.start));
        if clue == Clue::Name {
            self.named = found.is_some();
        }
        let Some(found) = found else {
            self.doubts.push(clue, start);
            return None;
        };
        if self.judge.is_some_and(|judge| !judge.condemns(self.text, found)) {
            return None;
        }
        // What stands between a name and its value is looked at first: a user's name before a
        // password may be a token itself.
        if let Some(ahead) = self.ahead.filter(|ahead| found.end > ahead.start) {
            if found.start != ahead.start {
                self.doubts.push(clue, start);
            }
            return None;
        }
        if take(&mut self.memory.changed) || self.may_give_away_more(clue, start) {
            self.doubts.push(clue, start);
        }
        Some(found)
    }

    /// Whether what gave a secret away may give away another beside the first one's marker: a client
    /// that was given a token may be given a password as well, and a tag may be named like a scheme.
    fn may_give_away_more(&self, clue: Clue, start: usize) -> bool {
        let tag = || matches!(bytes::before(self.text.as_bytes(), start), b'<' | b':');
        clue == Clue::Client || clue == Clue::Bearer && tag()
    }

    /// Looks at one hit of the gate.
    #[inline(never)]
    fn visit(&mut self, hit: Hit) -> Step {
        let (mut stands, waits) = (false, self.ahead.is_some());
        let stops = gate::any_anchor(self.text.as_bytes(), hit, |anchor, start| {
            stands = true;
            self.finds(anchor.clue, start, hit.next())
        });
        if stops {
            return Step::Stop;
        }
        if !stands {
            return Step::On;
        }
        // What stands between a name and its value is looked at first.
        match self.ahead {
            Some(ahead) if !waits => Step::Before(ahead.start),
            _ => self.beyond(hit.next()),
        }
    }

    /// Judges an anchor and keeps the secret it gives away, before or behind the next place to look
    /// at; whether it is before that.
    #[inline(never)]
    fn finds(&mut self, clue: Clue, start: usize, next: usize) -> bool {
        let Some(found) = self.confirm(clue, start) else { return false };
        if found.start > next && self.ahead.is_none() {
            self.ahead = Some(found);
            return false;
        }
        self.found = Some(found);
        true
    }

    /// The next place worth a look behind one where nothing was found.
    fn beyond(&mut self, place: usize) -> Step {
        if self.ahead.is_none()
            && let Some(until) = self.repeats.hold_until(self.text.as_bytes(), place)
        {
            self.doubts.push_many();
            return Step::To(until);
        }
        self.behind_long_run(place)
    }

    /// Settles everything up to the end of a secret.
    fn settle(&mut self, found: Found) -> Found {
        self.memory.done = found.end;
        self.repeats.forget(found.end);
        self.place = self.place.max(found.end);
        let next = self.memory.next.take().filter(|next| next.start >= found.end);
        (self.ahead, self.memory.next) = match (self.ahead.take(), next) {
            (Some(ahead), Some(next)) if next.end <= ahead.start => (Some(next), Some(ahead)),
            (Some(ahead), next) => (Some(ahead), next.filter(|next| next.start >= ahead.end)),
            (None, next) => (next, None),
        };
        found
    }

    /// The next place worth a look.
    ///
    /// A run of letters and digits far longer than any name holds no start of a token but at its
    /// own start, and no name but at its end.
    #[inline]
    fn behind_long_run(&self, place: usize) -> Step {
        const LONG: usize = 64;
        let text = self.text.as_bytes();
        let run = bytes::between(text, place.saturating_sub(MAX_PLACES), place + LONG);
        if run.len() < LONG + MAX_PLACES || !run.iter().all(|&byte| bytes::is(byte, ALNUM)) {
            return Step::On;
        }
        let end = bytes::run_end(text, place + LONG, ALNUM);
        Step::To(end.saturating_sub(site::MAX_LOOK_BACK))
    }
}

impl Iterator for Scanner<'_> {
    type Item = Found;

    #[inline]
    fn next(&mut self) -> Option<Found> {
        let text = self.text.as_bytes();
        let upto = self.ahead.map_or(text.len(), |ahead| ahead.start);
        let stopped = gate::search(text, self.place, upto, |hit| self.visit(hit));
        let found = if stopped { self.found.take() } else { self.ahead.take() };
        found.map(|found| self.settle(found))
    }
}

/// Every secret that the confirmers see when they are asked at every place, without the gate.
#[cfg(test)]
pub(crate) fn without_gate(text: &str) -> Vec<Found> {
    let mut scanner = Scanner::new(text, None);
    let mut all = Vec::new();
    for start in 0..text.len() {
        for anchor in &crate::anchors::ANCHORS {
            if anchor.stands_at(text.as_bytes(), start)
                && let Some(found) = scanner.confirm(anchor.clue, start)
            {
                all.push(scanner.settle(found));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What secrets, and what stands around them, are made of.
    #[rustfmt::skip]
    const PIECES: [&str; 72] = [
        "password", "token", "api_key", "secret", "Authorization", "Bearer ", "Basic ", "cookie",
        "auth", "key", "credentials", "_session", "signature", "value", "--", "-u ", "--user ",
        "://", "user:", "@host/", "=", ": ", "\"", "'", "\\\"", "\\n", "%3D", "&", "?code=",
        "?key=", "; ", ", ", " is ", "Some(", ")", "[redacted:key]", "***",
        "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "eyJhbGciOiJIUzI1NiJ9",
        ".eyJzdWIiOiIxMjM0NTY3ODkwIn0", "\u{1b}[32m", "\u{a0}", "\n", "\n  ", "sk-", "ghp_", "AKIA",
        "SG.", "dapi", "xoxb-", "hooks.slack.com/services/", "|", "[truncated:12 bytes]", "${VAR}",
        "<", ">", "None", "digest ", "[", "]", "(", "{", "}", "[a-zA-Z0-9]{1,40}", "[ -~]{0,6}",
        "\\PC{0,4}", "mysql -p", "redis-cli -a ", "token_type=bearer ", "saml", "Private-Lines: 2",
    ];

    /// Such pieces in a row, with anything between them.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
            "[a-zA-Z0-9]{1,40}",
            "[ -~]{0,6}",
            "\\PC{0,4}",
        ];
        prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

        #[test]
        fn what_the_gate_passes_is_clean_without_it(text in pieces()) {
            let any = Scanner::new(&text, None).next().is_some();
            prop_assert_eq!(any, !without_gate(&text).is_empty());
        }

        #[test]
        fn findings_are_in_order_and_on_character_boundaries(text in pieces()) {
            let mut last = 0;
            for found in Scanner::new(&text, None) {
                prop_assert!(last <= found.start && found.start < found.end, "{:?}", found);
                prop_assert!(text.get(found.start..found.end).is_some(), "{:?}", found);
                last = found.end;
            }
        }

        #[test]
        fn redacting_twice_changes_nothing_more(text in pieces()) {
            let once = crate::redact(&text).into_owned();
            let twice = crate::redact(&once).into_owned();
            prop_assert_eq!(&twice, &once);
        }
    }
}
