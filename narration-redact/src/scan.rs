//! The one pass: text goes in, the secrets in it come out, left to right and never overlapping.

use crate::{
    anchors::Anchor,
    bytes::{self, ALNUM},
    confirm::{self, Memory, keyed},
    gate::{self, Hit, Step},
    marker,
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
    /// The next even place for the gate.
    place: usize,
    memory: Memory,
    /// A secret whose name lies behind the last place but which itself is still ahead.
    ahead: Option<Found>,
    /// Whether an anchor was judged to give nothing away.
    doubt: bool,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str, judge: Option<&'t dyn Judge>) -> Self {
        Self::starting_at(0, text, judge)
    }

    /// Starts at an even place before which the gate found nothing.
    pub(crate) fn starting_at(place: usize, text: &'t str, judge: Option<&'t dyn Judge>) -> Self {
        Self { text, judge, place, memory: Memory::default(), ahead: None, doubt: false }
    }

    /// Whether some anchor gave nothing away so far, but might do so once what was found is replaced.
    pub(crate) fn doubts(&self) -> bool {
        self.doubt
    }

    fn confirm(&mut self, anchor: &Anchor, start: usize) -> Option<Found> {
        if start < self.memory.done || self.ahead.is_some_and(|ahead| start >= ahead.start) {
            return None;
        }
        let found = confirm::confirm(self.text.as_bytes(), anchor.clue, start, &mut self.memory);
        let Some(found) = found else {
            self.doubt = true;
            return None;
        };
        if marker::reaches_into(self.text, found.start, found.start + 1) {
            self.doubt = true;
            return None;
        }
        if self.judge.is_some_and(|judge| !judge.condemns(self.text, found)) {
            return None;
        }
        // What stands between a name and its value is looked at first: a user's name before a
        // password may be a token itself.
        if let Some(ahead) = self.ahead.filter(|ahead| found.end > ahead.start) {
            self.doubt |= found.start != ahead.start;
            return None;
        }
        Some(found)
    }

    /// Looks at one hit of the gate.
    #[inline]
    fn visit(&mut self, hit: Hit) -> Step<Found> {
        let mut stands = false;
        let found = gate::try_anchors(self.text.as_bytes(), hit, |anchor, start| {
            stands = true;
            self.confirm(anchor, start)
        });
        if !stands {
            return Step::On;
        }
        if let Some(ahead) = self.ahead.take_if(|ahead| hit.place >= ahead.start) {
            self.doubt |= found.is_some();
            return Step::Done(ahead);
        }
        match found {
            Some(found) if found.start > hit.place + 2 && self.ahead.is_none() => {
                self.ahead = Some(found)
            }
            Some(found) => return Step::Done(found),
            None => {}
        }
        self.behind_long_run(hit.place + 2)
    }

    /// Settles everything up to the end of a secret.
    fn settle(&mut self, found: Found) -> Found {
        self.memory.done = found.end;
        self.place = self.place.max(found.end & !1);
        if let Some(next) = self.memory.next.take().filter(|next| next.start >= found.end) {
            self.ahead = self.ahead.or(Some(next));
        }
        found
    }

    /// The next even place worth a look.
    ///
    /// A run of letters and digits far longer than any name holds no start of a token, and no
    /// name but at its end.
    #[inline]
    fn behind_long_run(&self, place: usize) -> Step<Found> {
        const LONG: usize = 64;
        let text = self.text.as_bytes();
        let run = bytes::between(text, place, place + LONG);
        if run.len() < LONG || !run.iter().all(|&byte| bytes::is(byte, ALNUM)) {
            return Step::On;
        }
        let end = bytes::run_end(text, place + LONG, ALNUM);
        Step::To(end.saturating_sub(keyed::MAX_LOOK_BACK) & !1)
    }
}

impl Iterator for Scanner<'_> {
    type Item = Found;

    #[inline]
    fn next(&mut self) -> Option<Found> {
        let text = self.text;
        let found = gate::search(text.as_bytes(), self.place, |hit| self.visit(hit))
            .or_else(|| self.ahead.take())?;
        Some(self.settle(found))
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
                && let Some(found) = scanner.confirm(anchor, start)
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
