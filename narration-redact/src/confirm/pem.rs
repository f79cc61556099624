//! Private keys in PEM and kindred frames: the place of a `BEGIN` goes in, the key's bytes come out.

use memchr::memmem;

use crate::{
    bytes::{self, DIGIT, at, between, from},
    scan::Found,
};

/// How far behind `BEGIN` the words `PRIVATE KEY` may stand.
const MAX_LABEL: usize = 64;
/// How much of what stands behind the label still belongs to the frame.
const MAX_FRAME: usize = 16;

/// The key between `-----BEGIN … PRIVATE KEY-----` and its end; without an end, to the end of the
/// text, because the rest of a key that was cut off is still a key.
pub(crate) fn private_key(text: &[u8], start: usize) -> Option<Found> {
    let dashes = between(text, start.saturating_sub(6), start);
    if !dashes.ends_with(b"--") && !dashes.ends_with(b"-- ") {
        return None;
    }
    let label = between(text, start, (start + MAX_LABEL).min(text.len()));
    let words = memmem::find(label, b"PRIVATE")? + b"PRIVATE".len();
    let key = [&b" KEY"[..], b"%20KEY", b"+KEY", b"\\u0020KEY"]
        .into_iter()
        .find(|key| from(label, words).starts_with(key))?;
    let body = frame_end(text, start + words + key.len());
    if is_marked(text, body) {
        return None;
    }
    let end = memmem::find(from(text, body), b"END ")
        .or_else(|| memmem::find(from(text, body), b"END%20"))
        .map_or(text.len(), |place| dashes_before(text, body, body + place));
    (end > body).then_some(Found { start: body, end, rule: "private-key" })
}

/// The lines behind a PuTTY key file's `Private-Lines:`, up to its `Private-MAC:`.
pub(crate) fn putty_lines(text: &[u8], start: usize) -> Option<Found> {
    if !between(text, 0, start).ends_with(b"Private") {
        return None;
    }
    let count = between(text, start, (start + MAX_LABEL).min(text.len()));
    let digits = memmem::find(count, b": ").map(|sign| start + sign + 2)?;
    let body = bytes::run_end(text, digits, DIGIT);
    if is_marked(text, body) {
        return None;
    }
    let end = memmem::find(from(text, body), b"Private-MAC").map_or(text.len(), |len| body + len);
    (end > body + 1).then_some(Found { start: body, end, rule: "private-key" })
}

/// Whether the key's bytes were taken out before.
fn is_marked(text: &[u8], body: usize) -> bool {
    from(text, bytes::skip_blanks(text, body)).trim_ascii_start().starts_with(b"[redacted")
}

/// Where the dashes and the ` BLOCK` behind the label end.
fn frame_end(text: &[u8], label_end: usize) -> usize {
    let block =
        if from(text, label_end).starts_with(b" BLOCK") { label_end + 6 } else { label_end };
    block + from(text, block).iter().take(MAX_FRAME).take_while(|&&byte| byte == b'-').count()
}

/// Where the dashes before `END` start.
fn dashes_before(text: &[u8], body: usize, end_word: usize) -> usize {
    let mut place = end_word;
    while place > body && matches!(at(text, place - 1), b'-' | b' ') {
        place -= 1;
    }
    place
}

#[cfg(test)]
mod tests {
    use crate::redact;

    fn block(label: &str, body: &str) -> String {
        format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----")
    }

    #[test]
    fn the_body_goes_and_the_frame_stays() {
        for label in [
            "PRIVATE KEY",
            "RSA PRIVATE KEY",
            "OPENSSH PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "PGP PRIVATE KEY BLOCK",
        ] {
            let text = format!("loaded {} for tls", block(label, "MIIEvQIBADANBgkq\nhkiG9w0BAQEF"));
            let expected = format!(
                "loaded -----BEGIN {label}-----[redacted:private-key]-----END {label}----- for tls"
            );
            assert_eq!(redact(&text), expected);
            assert_eq!(redact(&expected), expected);
        }
    }

    #[test]
    fn a_key_without_its_end_is_masked_to_the_end() {
        let text = "tls: -----BEGIN EC PRIVATE KEY-----\\nMHcCAQEEIIrYSSNQFaA2Hwf1duRSxKtLYX5CB04fSeQ6tF1aY";
        assert_eq!(redact(text), "tls: -----BEGIN EC PRIVATE KEY-----[redacted:private-key]");
    }

    #[test]
    fn public_parts_stay() {
        for text in [
            block("CERTIFICATE", "MIIC"),
            block("PUBLIC KEY", "MIIB"),
            "BEGIN TRANSACTION".to_owned(),
        ] {
            assert_eq!(redact(&text), text);
        }
    }
}
