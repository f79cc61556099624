//! Base64 of either alphabet: text goes in, its bytes come out one by one, without allocation.

/// Hands every decoded byte to `take` until it says no; whether all was base64 and all was taken.
pub(crate) fn decode(text: &[u8], mut take: impl FnMut(u8) -> bool) -> bool {
    let body = text.iter().rposition(|&byte| byte != b'=').map_or(0, |last| last + 1);
    if text.len() - body > 2 || body == 0 {
        return false;
    }
    let (mut bits, mut held) = (0_u32, 0_u32);
    for &byte in text.iter().take(body) {
        let Some(value) = sextet(byte) else { return false };
        bits = (bits << 6) | value;
        held += 6;
        if held >= 8 {
            held -= 8;
            if !take((bits >> held) as u8) {
                return false;
            }
            bits &= (1 << held) - 1;
        }
    }
    true
}

fn sextet(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    }))
}
