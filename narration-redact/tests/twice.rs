//! Redacting twice changes nothing, also with every kind of personal data switched on.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use narration_redact::{PiiKind, Redactor};

#[test]
fn a_number_that_only_a_marker_beside_it_makes_one_is_found_at_once() {
    let all = PiiKind::ALL.into_iter().fold(Redactor::builder(), |builder, kind| builder.pii(kind));
    let redactor = all.build().unwrap();
    let once = redactor.redact("…2001:db8::3704 0044 0532 0130 00, +49 30 901820").into_owned();
    assert_eq!(redactor.redact(&once), once);
    assert!(!once.contains("901820"), "{once}");
}

/// Texts in which one finding changes what stands beside it.
#[test]
fn what_a_marker_stands_beside_is_judged_as_it_was_before() {
    let all = PiiKind::ALL.into_iter().fold(Redactor::builder(), |builder, kind| builder.pii(kind));
    let redactors = [Redactor::new(), all.build().unwrap()];
    for text in [
        "IDENTIFIED BY 0rac1e\"kubectl --from-literal=password=Kube-Pass-7\"",
        "ALTER USER app IDENTIFIED BY 0rac1epw\"TEXT NOT N\n// token: see RFC 6750",
        "AUTH B3f24yx90bZyD9BhE0BE someone@example.org=",
        "ization: Basic dXNlcjpwYXNzd29yZA=4111 1111 1111 1111=o=",
        "credentials: []+49 30 901820\"sh s\"",
        "masterauth m4sterR3d b8::=ps://example.com/@user/\n",
        "authorization=\"Bearer 1Xaz745dCf5bg81y61Zz1Fh6FZC5XY0b4x\" x OKEN --value hfab2gd72afyxy9aXz",
        "[Authorization:[Bearer x53Abbyy2fEXD= -> \"RET=Az2BxY3ZCAxcEeYe8AZCFC4g4XeAa0B9DZCeY",
        "secret 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 --value hfab2g=auth_type=oidc",
        "IDENTIFIED BY VALUES\"ConvertTo-SecureString \"x\"",
        "db: IDENTIFIED BY VALUES\"ConvertTo-SecureString \"hunter2x",
        "AUTH s.aB3dE5gH7jK9mN1pQ3sT5vW7xname=dXNlcjpwYXNzd29yZA==from \"@host",
        "password=hunter2x ->  token 4f9d27c1b8e35a60aa17x",
        "[redacted:key] ->  token=4f9d27c1b8e35a60aa17x ",
        "AccesskeyCredential:true;?Public_key -> Bearer abcdef123456\n?",
        "password=vault login s.aB3dE5gH7jK9mN1pQ3sT5vW76sshpass -p pw1x",
        "vault login ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8 -p pw1SECRET ",
        "vault login password=--value  ->   -p pw1hunter2x",
        "<Metric:Bearer abcdef123456&&SYNC=>true;<ci%3D$TOKEN, ",
    ] {
        for redactor in &redactors {
            let once = redactor.redact(text).into_owned();
            assert_eq!(redactor.redact(&once), once, "{text}");
        }
    }
}
