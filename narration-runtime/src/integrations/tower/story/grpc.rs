//! What a gRPC status means.
//!
//! In: `grpc-status` and `grpc-message` of headers or trailers. Out: the code,
//! its name, and whether it is the service that failed.

use http::HeaderMap;

/// The names of the codes, by the specification of gRPC.
const NAMES: [&str; 17] = [
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
];

/// The work was given up.
pub(super) const CANCELLED: u32 = 1;

/// What a call has that ends without a status.
pub(super) const UNKNOWN: u32 = 2;

/// The codes that say the service failed, and not its caller: those that
/// OpenTelemetry's conventions count as errors of a server.
const FAILURES: [u32; 6] = [UNKNOWN, 4, 12, 13, 14, 15];

/// The most of a message that is read, in bytes.
const MOST: usize = 1024;

/// A code's name; `UNKNOWN` for one that the specification does not know.
pub(super) fn name(code: u32) -> &'static str {
    let index = usize::try_from(code).unwrap_or(usize::MAX);
    NAMES.get(index).copied().unwrap_or("UNKNOWN")
}

/// Whether the service failed.
pub(super) fn is_failure(code: u32) -> bool {
    FAILURES.contains(&code) || usize::try_from(code).is_ok_and(|code| code >= NAMES.len())
}

/// The status in headers or trailers, if there is one. What is no number counts as unknown.
pub(super) fn status(headers: &HeaderMap) -> Option<u32> {
    let value = headers.get("grpc-status")?;
    Some(value.to_str().ok().and_then(|text| text.parse().ok()).unwrap_or(UNKNOWN))
}

/// The message beside the status, percent-decoded.
pub(super) fn message(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("grpc-message")?.as_bytes();
    let mut bytes = value.get(..MOST).unwrap_or(value).iter().copied();
    let mut decoded = Vec::with_capacity(bytes.len());
    while let Some(byte) = bytes.next() {
        let mut behind = bytes.clone();
        match (byte, hex(behind.next()), hex(behind.next())) {
            (b'%', Some(high), Some(low)) => {
                decoded.push(high << 4 | low);
                bytes = behind;
            }
            _ => decoded.push(byte),
        }
    }
    Some(String::from_utf8_lossy(&decoded).into_owned()).filter(|message| !message.is_empty())
}

fn hex(byte: Option<u8>) -> Option<u8> {
    u8::try_from(char::from(byte?).to_digit(16)?).ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(
            http::HeaderName::from_static(name),
            HeaderValue::from_bytes(value.as_bytes()).expect("a legal value"),
        )])
    }

    #[test]
    fn a_status_is_a_code_and_anything_else_is_unknown() {
        assert_eq!(status(&headers("grpc-status", "14")), Some(14));
        assert_eq!(status(&headers("grpc-status", "fine")), Some(UNKNOWN));
        assert_eq!(status(&HeaderMap::new()), None);
        assert_eq!((name(14), name(99)), ("UNAVAILABLE", "UNKNOWN"));
        assert!(is_failure(14) && is_failure(99) && !is_failure(0) && !is_failure(5));
    }

    #[test]
    fn a_message_is_decoded_and_what_is_no_code_stays() {
        let said = |value: &str| message(&headers("grpc-message", value));
        assert_eq!(said("no%20engine 100%").as_deref(), Some("no engine 100%"));
        assert_eq!(said("%e2%82%ac %zz").as_deref(), Some("\u{20ac} %zz"));
        assert_eq!(said(""), None);
        assert_eq!(said(&"x".repeat(5000)).map(|text| text.len()), Some(MOST));
    }
}
