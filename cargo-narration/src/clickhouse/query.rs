//! A question in SQL: in go its words and the values it compares with, out come a text and
//! parameters. No value ever becomes a part of the text.

use std::fmt::Write as _;

/// So many ids are asked for at once.
const AT_ONCE: usize = 100;

/// So many bytes of ids are asked for at once: they go in the address of the question, of which
/// gateways before a database take 8 KiB, and the names beside them want room as well.
const LONGEST: usize = 4096;

/// SQL with bound values.
#[derive(Clone, Debug, Default)]
pub(super) struct Query {
    /// The text, with `{p0:String}` in the places of values.
    pub(super) sql: String,
    values: Vec<String>,
}

impl Query {
    /// The place of a text.
    pub(super) fn text(&mut self, value: &str) -> String {
        let at = self.bound(escaped(value));
        format!("{{p{at}:String}}")
    }

    /// The place of a whole number.
    pub(super) fn number(&mut self, value: i64) -> String {
        let at = self.bound(value.to_string());
        format!("{{p{at}:Int64}}")
    }

    /// The places of several texts, as SQL lists them.
    pub(super) fn texts<S: AsRef<str>>(&mut self, values: impl IntoIterator<Item = S>) -> String {
        let places: Vec<String> =
            values.into_iter().map(|value| self.text(value.as_ref())).collect();
        places.join(", ")
    }

    /// A value that is compared with in several places is sent once.
    fn bound(&mut self, value: String) -> usize {
        let known = self.values.iter().position(|known| *known == value);
        known.unwrap_or_else(|| {
            self.values.push(value);
            self.values.len() - 1
        })
    }

    /// The names and values of the parameters, as ClickHouse's HTTP interface takes them.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (String, &str)> {
        let values = self.values.iter().map(String::as_str).enumerate();
        values.map(|(at, value)| (format!("param_p{at}"), value))
    }
}

/// Ids in the order they have, as many at once as one question takes; one that is too long for
/// that has a question of its own.
pub(super) fn batches<'a, 'id>(ids: &'a [&'id str]) -> impl Iterator<Item = &'a [&'id str]> {
    let mut rest = ids;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fitting = rest.iter().take(AT_ONCE).take_while(|id| {
            bytes += id.len();
            bytes <= LONGEST
        });
        let (batch, others) = rest.split_at(fitting.count().max(1).min(rest.len()));
        rest = others;
        (!batch.is_empty()).then_some(batch)
    })
}

/// ClickHouse reads parameters as it reads a field of a file: with escapes.
fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            c if c < ' ' => {
                let _ = write!(escaped, "\\x{:02X}", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_never_a_part_of_the_text() {
        let mut query = Query::default();
        query.sql = format!("SELECT {} = {}", query.text("a' OR 1 --"), query.number(-7));
        let texts = query.texts(["a' OR 1 --", "x\ty\\\n\u{1}"]);
        query.sql += &format!(" IN ({texts})");
        assert_eq!(query.sql, "SELECT {p0:String} = {p1:Int64} IN ({p0:String}, {p2:String})");
        let parameters: Vec<_> = query.parameters().collect();
        assert_eq!(
            parameters,
            [
                ("param_p0".to_owned(), "a' OR 1 --"),
                ("param_p1".to_owned(), "-7"),
                ("param_p2".to_owned(), "x\\ty\\\\\\n\\x01"),
            ]
        );
    }

    #[test]
    fn no_question_is_longer_than_a_gateway_takes() {
        let (long, longer) = ("x".repeat(1000), "y".repeat(9000));
        let mut ids = vec!["req-1"; 250];
        ids.extend([long.as_str(); 5]);
        ids.push(&longer);
        ids.push("last");
        let batches: Vec<&[&str]> = batches(&ids).collect();
        assert_eq!(batches.concat(), ids);
        let lengths: Vec<usize> = batches.iter().map(|batch| batch.len()).collect();
        assert_eq!(lengths, [100, 100, 53, 2, 1, 1]);
        assert_eq!(super::batches(&[]).count(), 0);
    }
}
