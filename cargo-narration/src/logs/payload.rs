//! What a container, a journal or a shell put in front of a line: in goes the line, out come the
//! line as it was written and what the prefix knew about it.

use std::borrow::Cow;

use super::{Nanos, moment};

/// A line without what was put in front of it.
#[derive(Debug, PartialEq)]
pub(super) struct Payload<'a> {
    /// What was written.
    pub(super) text: &'a str,
    /// When, as the prefix has it.
    pub(super) time: Option<Nanos>,
    /// Whose container or unit it was, as the prefix has it.
    pub(super) service: Option<&'a str>,
}

/// Takes off what stands before a JSON object or before the first pair of logfmt. Lines that have
/// neither stay as they are.
pub(super) fn payload(line: &str) -> Payload<'_> {
    let line = line.trim_start_matches('\u{feff}').trim();
    let start = if line.starts_with('{') { 0 } else { start(line) };
    let (prefix, text) = line.split_at(start);
    Payload { text, time: time(prefix), service: service(prefix) }
}

fn start(line: &str) -> usize {
    let json = line.find('{').filter(|_| line.ends_with('}'));
    let pairs = ["timestamp=", "time=", "ts=", "level="].into_iter().filter_map(|key| {
        let found = |(at, _): &(usize, &str)| *at == 0 || line[..*at].ends_with([' ', '\t']);
        line.match_indices(key).find(found).map(|(at, _)| at)
    });
    // A `{` may be a value of logfmt, a pair may be inside JSON: the first of them opens the line.
    pairs.chain(json).min().unwrap_or(0)
}

/// `2026-11-21T18:34:05.123456789Z stdout F `, `docker logs --timestamps`, syslog (RFC 5424).
fn time(prefix: &str) -> Option<Nanos> {
    let token = |token: &&str| token.len() > 18 && token.contains('T');
    prefix.split_whitespace().filter(token).find_map(moment)
}

/// `pool-managerd-1  | `, `[pod/p/pool-managerd] `, `host pool-managerd[42]: `,
/// `logs/pool-managerd.log:`, `<30>1 TIME host pool-managerd 42 - - `.
fn service(prefix: &str) -> Option<&str> {
    let prefix = prefix.trim_end();
    if prefix.starts_with('<') {
        return prefix.split_whitespace().nth(3);
    }
    if let Some(name) = prefix.strip_suffix('|') {
        return name.split_whitespace().last();
    }
    let last = prefix.split_whitespace().last()?;
    if let Some(pod) = last.strip_prefix("[pod/") {
        return pod.trim_end_matches(']').rsplit('/').next();
    }
    let name = last.strip_suffix(':')?;
    // `grep -n` puts the number of the line behind the name.
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(':');
    let name = name.rsplit('/').next()?.split(['[', '.']).next()?;
    Some(name).filter(|name| !name.is_empty())
}

/// A line without the colours that a terminal was meant to see.
pub(super) fn without_colours(line: &str) -> Cow<'_, str> {
    if !line.contains('\u{1b}') {
        return Cow::Borrowed(line);
    }
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("\u{1b}[") {
        plain.push_str(&rest[..at]);
        let behind = &rest[at + 2..];
        let parameter = |c: char| c.is_ascii_digit() || c == ';';
        let end = behind.trim_start_matches(parameter);
        match end.strip_prefix('m') {
            Some(after) => rest = after,
            None => {
                plain.push_str("\u{1b}[");
                rest = behind;
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_front_is_taken_off_and_tells_the_service() {
        let json = r#"{"human":"a | b: c"}"#;
        for (prefix, service) in [
            ("", None),
            ("2026-11-21T18:34:05.123456789Z stdout F ", None),
            ("pool-managerd-1  | ", Some("pool-managerd-1")),
            ("[pod/p-7f9/pool-managerd] ", Some("pool-managerd")),
            ("Nov 21 18:34:05 host pool-managerd[42]: ", Some("pool-managerd")),
            ("logs/pool-managerd.log:", Some("pool-managerd")),
            ("logs/pool-managerd.log:17:", Some("pool-managerd")),
            ("<30>1 2026-11-21T18:34:05Z host pool-managerd 42 - - ", Some("pool-managerd")),
        ] {
            let line = format!("{prefix}{json}");
            let payload = payload(&line);
            assert_eq!((payload.text, payload.service), (json, service), "{line}");
        }
    }

    #[test]
    fn a_time_in_front_is_kept() {
        let line = "2026-11-21T18:34:05.123456789Z stdout F level=info actor=a";
        let payload = payload(line);
        assert_eq!(payload.text, "level=info actor=a");
        assert_eq!(payload.time, Some(1_795_286_045_123_456_789));
    }

    #[test]
    fn colours_are_taken_out_and_nothing_else() {
        assert_eq!(without_colours("\u{1b}[2;33ma\u{1b}[0m=\u{1b}[2Jb"), "a=\u{1b}[2Jb");
        assert_eq!(without_colours("größe"), "größe");
    }

    #[test]
    fn a_line_without_structure_stays_whole() {
        assert_eq!(payload("Spawning engine {").text, "Spawning engine {");
    }
}
