//! `sample` and `limit`: how much of an actor or an action is told.
//!
//! In: texts such as `1/100` and `50/s`. Out: a share of all stories, and the
//! most narrations in a stretch of time.

use crate::findings::quoted;
use crate::model::{Limit, Placed, Sample};
use crate::reader::{Reader, Value};
use crate::rules;

/// The stretches of time of a limit, in seconds.
const STRETCHES: [(&str, u32); 3] = [("s", 1), ("min", 60), ("h", 3600)];

impl Reader<'_> {
    pub(super) fn sample(&mut self, value: &Value<'_>) -> Option<Placed<Sample>> {
        self.rate(value, "sample", "a share such as `1/100`", sample)
    }

    pub(super) fn limit(&mut self, value: &Value<'_>) -> Option<Placed<Limit>> {
        self.rate(value, "limit", "a number in a time such as `50/s`, `50/min` or `50/h`", limit)
    }

    fn rate<T>(
        &mut self,
        value: &Value<'_>,
        key: &str,
        expected: &str,
        read: fn(&str) -> Option<T>,
    ) -> Option<Placed<T>> {
        let Placed { value: text, place } = self.string(value, key)?;
        let read = read(&text);
        if read.is_none() {
            let message = format!("`{key}` takes {expected}, this is {}", quoted(&text));
            self.findings.add(&rules::WRONG_TYPE, place, message);
        }
        Some(Placed { value: read?, place })
    }
}

fn sample(text: &str) -> Option<Sample> {
    let (kept, of) = text.split_once('/')?;
    let sample = Sample { kept: number(kept)?, of: number(of)? };
    (sample.of > 0 && sample.kept <= sample.of).then_some(sample)
}

fn limit(text: &str) -> Option<Limit> {
    let (most, time) = text.split_once('/')?;
    let (_, seconds) = STRETCHES.into_iter().find(|(name, _)| *name == time.trim())?;
    Some(Limit { most: number(most)?, seconds })
}

/// Digits alone, which `parse` is less strict about.
fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_limits_are_read_and_nonsense_is_not() {
        assert_eq!(sample("1/100"), Some(Sample { kept: 1, of: 100 }));
        assert_eq!(sample("0/1"), Some(Sample { kept: 0, of: 1 }));
        for wrong in ["", "1", "2/1", "1/0", "-1/2", "+1/2", "0.5", "1/99999999999"] {
            assert_eq!(sample(wrong), None, "{wrong}");
        }
        assert_eq!(limit("50/s"), Some(Limit { most: 50, seconds: 1 }));
        assert_eq!(limit("3 / min"), Some(Limit { most: 3, seconds: 60 }));
        for wrong in ["50", "50/d", "/s", "50/", "fifty/s"] {
            assert_eq!(limit(wrong), None, "{wrong}");
        }
    }
}
