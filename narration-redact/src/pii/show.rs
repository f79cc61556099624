//! What becomes of personal data: a value and the mode go in, the text in its place comes out.

use super::{PiiKind, PiiMode, iban};
use crate::{Key, fingerprint, marker};

/// Writes what stands in the place of a value.
pub(super) fn push(
    text: &mut String,
    kind: PiiKind,
    value: &str,
    mode: PiiMode,
    key: Option<&Key>,
) {
    match (mode, key) {
        (PiiMode::Hash, Some(key)) => {
            text.push('[');
            text.push_str(kind.name());
            text.push(':');
            text.push_str(&fingerprint(key, kind.name(), normal(kind, value).as_bytes()));
            text.push(']');
        }
        (PiiMode::Partial, _) => push_part(text, kind, value),
        _ => marker::push(text, kind.name()),
    }
}

/// One form for all the ways to write a value, so that they correlate.
fn normal(kind: PiiKind, value: &str) -> String {
    match kind {
        PiiKind::Email | PiiKind::Ip => value.to_lowercase(),
        PiiKind::Card | PiiKind::Phone => value.chars().filter(char::is_ascii_digit).collect(),
        PiiKind::Iban => iban::normal(value),
    }
}

fn push_part(text: &mut String, kind: PiiKind, value: &str) {
    let plain = normal(kind, value);
    let last = |count: usize| plain.get(plain.len().saturating_sub(count)..).unwrap_or_default();
    let shown = match kind {
        PiiKind::Email => {
            let (local, domain) = value.split_once('@').unwrap_or((value, ""));
            text.extend(local.chars().take(1));
            text.push_str("***@");
            text.push_str(domain);
            return;
        }
        PiiKind::Card => format!("…{}", last(4)),
        PiiKind::Phone => format!("…{}", last(2)),
        PiiKind::Iban => format!("{}…{}", plain.get(..2).unwrap_or_default(), last(4)),
        PiiKind::Ip => {
            let sign = if plain.contains(':') { ':' } else { '.' };
            let network: Vec<&str> = plain.split(sign).take(2).collect();
            format!("{}{sign}…", network.join(sign.encode_utf8(&mut [0; 4])))
        }
    };
    text.push('[');
    text.push_str(kind.name());
    text.push(':');
    text.push_str(&shown);
    text.push(']');
}

#[cfg(test)]
mod tests {
    use crate::{Key, PiiKind, PiiMode, Redactor};

    fn redactor(mode: PiiMode) -> Redactor {
        let all =
            PiiKind::ALL.into_iter().fold(Redactor::builder(), |builder, kind| builder.pii(kind));
        all.mode(mode).key(Key::from_bytes(b"0123456789abcdef").unwrap()).build().unwrap()
    }

    const TEXT: &str =
        "joe@example.com 4111 1111 1111 1111 GB29NWBK60161331926819 10.0.0.7 +14155550132";

    #[test]
    fn masked_nothing_is_left() {
        assert_eq!(
            redactor(PiiMode::Mask).redact(TEXT),
            "[redacted:email] [redacted:card] [redacted:iban] [redacted:ip] [redacted:phone]"
        );
    }

    #[test]
    fn in_part_a_known_value_can_be_recognised() {
        assert_eq!(
            redactor(PiiMode::Partial).redact(TEXT),
            "j***@example.com [card:…1111] [iban:GB…6819] [ip:10.0.…] [phone:…32]"
        );
    }

    #[test]
    fn hashed_equal_values_correlate_however_they_are_written() {
        let redactor = redactor(PiiMode::Hash);
        assert_eq!(redactor.redact("4111 1111 1111 1111"), redactor.redact("4111-1111-1111-1111"));
        assert_eq!(redactor.redact("Joe@Example.com"), redactor.redact("joe@example.com"));
        assert!(redactor.redact("joe@example.com").starts_with("[email:"));
        assert_eq!(redactor.redact("joe@example.com").len(), "[email:]".len() + 24);
    }

    #[test]
    fn every_mode_leaves_its_own_outcome_alone() {
        for mode in [PiiMode::Mask, PiiMode::Partial, PiiMode::Hash] {
            let once = redactor(mode).redact(TEXT).into_owned();
            assert_eq!(redactor(mode).redact(&once), once, "{mode}");
        }
    }

    #[test]
    fn without_a_key_hash_masks_and_says_so() {
        let keyless = Redactor::builder().pii(PiiKind::Email).mode(PiiMode::Hash).build().unwrap();
        assert!(keyless.masks_for_want_of_a_key());
        assert_eq!(keyless.redact("joe@example.com"), "[redacted:email]");
        assert!(!redactor(PiiMode::Hash).masks_for_want_of_a_key());
    }
}
