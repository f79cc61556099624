//! What holds for any text: redacting twice is redacting once, a secret that was planted among
//! anything never survives, and a text only grows by its markers.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use narration_redact::redact;
use proptest::prelude::*;

/// What secrets, and what stands around them, are made of.
#[rustfmt::skip]
const FRAGMENTS: &[&str] = &[
    "password", "passwd", "token", "api_key", "key", "secret", "Authorization", "authorization",
    "Proxy-Authorization", "Bearer", "bearer", "Basic", "basic", "cookie", "Set-Cookie", "Cookie",
    "auth", "credentials", "_session", "session", "signature", "sig", "value", "--", "-", "-u",
    "-p", "--user", "://", "https://", "postgres://", "user", "user:", "@", "@host/", "=", ":",
    ": ", " ", "  ", "\"", "'", "`", "\\\"", "\\", "\\n", "%3D", "%3A", "%22", "%20", "&",
    "&quot;", "?code=", "?key=", "&key=", "&token=", "; ", ";", ", ", ",", " is ", "Some(", "(",
    ")", "[", "]", "{", "}", "<", ">", "</", "[redacted:key]", "[redacted:bearer]", "[redacted:",
    "[truncated:12 bytes]", "[email:0123456789abcdef01234567]", "***", "${VAR}", "None", "null",
    "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "-----BEGIN ", "BEGIN",
    "PRIVATE KEY", "END ", "eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxMjM0NTY3ODkwIn0", ".",
    "\u{1b}[32m", "\\u001b[0m", "\u{a0}", "\n", "\n  ", "\r\n", "\t", "sk-", "ghp_", "AKIA", "SG.",
    "dapi", "xoxb-", "hooks.slack.com/services/", "|", "digest ", "Digest ", "mysql -p",
    "redis-cli -a ", "token_type=bearer ", "saml", "Private-Lines: 2", "dXNlcjpwYXNz",
    "dXNlcjpwYXNzd2tKey", "hunter2", "4f9d27c1b8e35a60", "Xy7", "42", "0123456789",
    "abcdefghijklmnopqrstuvwxyz", "a1B2c3D4e5F6g7H8", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6",
    "9f86d081884c7d659a2feaa0c55ad015", "5689c00a-ec72-49ab-9f8c-639949e0fe1e", "word", "the ",
    "realm=", "curl ", "login ", "machine ", "sshpass", "IDENTIFIED BY ", "AUTH PLAIN ",
    "htpasswd -b f u ", "@tcp(", "h:5432:d:u:", "e:thin:", "sqlplus ", "zip -P ", "a1 LOGIN ", "«",
    "»", "”", "“", "…", "é", "鍵", "$", "!", "~", "+", "/", "#", "*", "%", "8Q~", "atlasv1", "_mmk",
    "-us1", "12|", "1:AA", "re_", "npm_", "$2b$12$", "$6$", "SharedAccessKey=", "sv=1&",
    "x-api-key", "KEY", "API KEY", "is set to ", "changed to ", "psk=", "SecureString", "PASS",
];

/// The secret that is planted, and the longest marker that may stand for one.
const SECRET: &str = "hunter2-Qx7";
const MARKER: &str = "[redacted:base64-header]";

/// Fragments in a row, with anything between them.
fn composed() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        8 => prop::sample::select(FRAGMENTS).prop_map(str::to_owned),
        1 => "[a-zA-Z0-9]{1,40}",
        1 => "[ -~]{0,6}",
        1 => "\\PC{0,4}",
    ];
    prop::collection::vec(fragment, 0..12).prop_map(|fragments| fragments.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1_500,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn redacting_twice_is_redacting_once(text in composed()) {
        let once = redact(&text).into_owned();
        let twice = redact(&once).into_owned();
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn a_planted_secret_never_survives(before in composed(), behind in composed()) {
        let text = format!("{before}\npassword={SECRET}\n{behind}");
        let clean = redact(&text);
        prop_assert!(!clean.contains(SECRET), "{}", clean);
    }

    #[test]
    fn a_text_grows_by_its_markers_only(text in composed()) {
        let clean = redact(&text);
        let markers = clean.matches("[redacted:").count();
        prop_assert!(clean.len() <= text.len() + markers * MARKER.len(), "{}", clean);
    }
}

/// Something else right before a long token must not have the token passed over.
#[test]
fn a_long_token_is_found_behind_what_only_looks_like_one() {
    let token = format!("eyJrIjoi{}", "a1B2c3D4e5".repeat(12));
    for before in ["@tcp(", "8Q~", "12|", "&key=", "basic ", "mysql -p"] {
        let text = format!("{before}{token}");
        assert!(!redact(&text).contains(&token), "{text}");
    }
}

/// Texts in which one secret's marker made another out of what stood around it, or in which the
/// start of a marker was taken for a whole one.
#[test]
fn what_was_found_by_composing_stays_mended() {
    let secret = "a1B2c3D4e5F6g7H8";
    for text in [
        format!("Basic dXNlcjpwYXNzd2tKey={secret}"),
        "token_type=bearer 'psk=%3A".to_owned(),
        "zip -P KEYSome(Xy7".to_owned(),
        "\"pass=Le:jE(EEE]((\"pqss=".to_owned(),
        "-----BEGIN Private-Lines: 2PRIVATE KEY is ".to_owned(),
        "-----BEGIN [truncated:12 bytes]zip -P SecureString-----BEGIN PRIVATE KEY-----]".to_owned(),
        "a1 LOGIN mysql -psshpass".to_owned(),
        "a1 LOGIN &token=://[truncated:12 bytes]".to_owned(),
        "LOGIN 7 joe".to_owned(),
        "zip -P \\\\>y: AUTH PLAIN Private-Lines: 2".to_owned(),
        format!("glpat-{secret}{secret}.Set-Cookie\tPRIVATE KEYuser"),
    ] {
        let once = redact(&text).into_owned();
        assert_eq!(redact(&once), once, "{text}");
    }
    for open in ["[phone:7", "[iban:<", "[card:", "[ip:h@{te", "[truncated:a`swor", "[email:x"] {
        let text = format!("{open}\npassword={SECRET}\nand so on]");
        assert!(!redact(&text).contains(SECRET), "{text}");
    }
}
