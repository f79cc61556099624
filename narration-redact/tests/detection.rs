//! What a user sees: lines as services write them, with secrets of many kinds in them and with none.
//!
//! Tokens are put together at run time, so that no scanner of source code takes them for real.

use narration_redact::{looks_secret, redact, redact_url};

/// Characters that look random, the same on every run.
fn random(len: usize, alphabet: &str, seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let letters: Vec<char> = alphabet.chars().collect();
    (0..len)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            letters[(state >> 33) as usize % letters.len()]
        })
        .collect()
}

const ALNUM: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const HEX: &str = "0123456789abcdef";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Tokens of many providers, each with the rule that should find it.
fn tokens() -> Vec<(&'static str, String)> {
    let make = |prefix: &str, len: usize, alphabet: &str| {
        format!("{prefix}{}", random(len, alphabet, len as u64 + prefix.len() as u64))
    };
    vec![
        ("github", make("ghp_", 36, ALNUM)),
        ("github", make("github_pat_", 82, ALNUM)),
        ("gitlab", make("glpat-", 20, ALNUM)),
        ("npm", make("npm_", 36, ALNUM)),
        ("pypi", make("pypi-AgEIcHlwaS5vcmc", 60, ALNUM)),
        ("aws", make("AKIA", 16, UPPER)),
        ("google", make("AIza", 35, ALNUM)),
        ("google", make("ya29.", 60, ALNUM)),
        ("google", make("GOCSPX-", 28, ALNUM)),
        ("slack", make("xoxb-1234567890-", 24, ALNUM)),
        ("stripe", make("sk_live_", 24, ALNUM)),
        ("stripe", make("rk_live_", 40, ALNUM)),
        ("openai", make("sk-proj-", 48, ALNUM)),
        ("anthropic", make("sk-ant-api03-", 93, ALNUM)),
        ("huggingface", make("hf_", 34, &ALNUM[..52])),
        ("groq", make("gsk_", 52, ALNUM)),
        ("replicate", make("r8_", 37, ALNUM)),
        ("digitalocean", make("dop_v1_", 64, HEX)),
        ("shopify", make("shpat_", 32, HEX)),
        ("sendgrid", format!("{}.{}", make("SG.", 22, ALNUM), random(43, ALNUM, 9))),
        ("mailgun", make("key-", 32, HEX)),
        ("twilio", make("SK", 32, HEX)),
        ("databricks", make("dapi", 32, HEX)),
        ("vault", make("hvs.", 90, ALNUM)),
        ("dockerhub", make("dckr_pat_", 27, ALNUM)),
        ("linear", make("lin_api_", 40, ALNUM)),
        ("figma", make("figd_", 40, ALNUM)),
        ("newrelic", make("NRAK-", 27, UPPER)),
        ("sentry", make("sntryu_", 64, HEX)),
        ("grafana", make("glsa_", 41, ALNUM)),
        ("atlassian", make("ATATT3xFfG", 180, ALNUM)),
        ("supabase", make("sbp_", 40, HEX)),
        ("tailscale", make("tskey-auth-", 40, ALNUM)),
        ("postman", make("PMAK-", 59, HEX)),
        ("pulumi", make("pul-", 40, HEX)),
        ("nvidia", make("nvapi-", 64, ALNUM)),
        ("perplexity", make("pplx-", 48, ALNUM)),
        ("xai", make("xai-", 80, ALNUM)),
        ("langsmith", make("lsv2_pt_", 32, HEX)),
        ("telegram", make("123456789:AA", 33, ALNUM)),
        ("mailchimp", format!("{}-us12", random(32, HEX, 5))),
        (
            "jwt",
            format!("eyJhbGciOiJIUzI1NiJ9.eyJ{}.{}", random(40, ALNUM, 3), random(43, ALNUM, 4)),
        ),
        (
            "discord",
            format!("MTk4NjIyNDgzNDcxOTI1MjQ4.{}.{}", random(6, ALNUM, 6), random(38, ALNUM, 7)),
        ),
        ("azure-ad", format!("abc8Q~{}", random(34, ALNUM, 8))),
        ("aws-bedrock", make("ABSK", 128, BASE64)),
    ]
}

/// Sentences that say nothing about the token in them.
const BARE: [&str; 10] = [
    "{}",
    "rejected: {}",
    "({})",
    "<{}>",
    "[{}]",
    "'{}',",
    "using {} now",
    "{{\"x\":\"{}\"}}",
    "a\u{a0}{}\u{a0}b",
    "鍵{}です",
];

/// What is wrong with the redaction of a line, if anything: the secret or eight bytes of it are left.
fn fault(line: &str, secret: &str) -> Option<String> {
    let clean = redact(line);
    let left = secret
        .as_bytes()
        .windows(8.min(secret.len()))
        .any(|piece| clean.as_bytes().windows(piece.len()).any(|window| window == piece));
    if left {
        return Some(format!("left over: {line}\n        => {clean}"));
    }
    (redact(&clean) != clean).then(|| {
        format!("not idempotent: {line}\n        => {clean}\n        => {}", redact(&clean))
    })
}

fn assert_no_faults(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_providers_token_is_found_wherever_it_stands() {
    let mut faults = Vec::new();
    for (rule, token) in tokens() {
        for sentence in BARE {
            let line = sentence.replace("{{", "{").replace("}}", "}").replace("{}", &token);
            faults.extend(fault(&line, &token));
            match looks_secret(&line) {
                Some(found) if found.rule == rule && line[found.range.clone()] == token => {}
                other => faults.push(format!("{rule}: {line} gives {other:?}")),
            }
        }
    }
    assert_no_faults(faults);
}

/// Lines in which only the words around it give the value away.
const NAMED: [&str; 55] = [
    "client_secret={}",
    "clientSecret: \"{}\"",
    "CLIENT_SECRET='{}'",
    "billing.stripe.api-key={}",
    "export DB_PASSWORD={}",
    "set -x; PGPASSWORD='{}' pg_dump",
    "--password {} --host db",
    "--db-password={}",
    "-Ddb.password={}",
    "\"password\" : \"{}\"",
    "{\\\"password\\\":\\\"{}\\\"}",
    "password => \"{}\"",
    "password := `{}`",
    ":password=>\"{}\"",
    "Authorization: Bearer {}",
    "authorization=Bearer%20{}",
    "\"Authorization\": [\"Bearer {}\"]",
    "Authorization: token {}",
    "Proxy-Authorization: Basic {}",
    "X-Auth-Token: {}",
    "x-vault-token: {}",
    "curl -H 'apikey: {}' https://x",
    "(\"x-api-key\", \"{}\")",
    "headers: {\"x-goog-api-key\": Sensitive(\"{}\")}",
    "Config { password: Some(\"{}\") }",
    "AuthToken(\"x\") secret: Secret(\"{}\")",
    "Set-Cookie: session={}; Path=/; HttpOnly",
    "Cookie: a=1; sid={}; b=2",
    "cookie=\"sid={}\"",
    "https://api.test/v1?access_token={}&x=1",
    "wss://h/ws?token={}",
    "https://u:{}@host/path",
    "amqp://svc:{}@mq:5672/%2f",
    "mongodb+srv://u:{}@c.test/db",
    "redis://:{}@cache:6379",
    "Server=db;User Id=sa;Password={};Encrypt=true",
    "AccountName=x;AccountKey={};EndpointSuffix=y",
    "jdbc:postgresql://h/db?user=a&password={}",
    "<password>{}</password>",
    "<add key=\"ApiSecret\" value=\"{}\"/>",
    "{\"name\":\"SMTP_PASSWORD\",\"value\":\"{}\"}",
    "- name: API_TOKEN\n  value: \"{}\"",
    "password:\n  {}",
    "grpc metadata: authorization=\"Bearer {}\"",
    "TOKEN={} cargo publish",
    "sshpass -p {} ssh host",
    "curl -u admin:{} https://x",
    "login failed for joe with password '{}'",
    "the password is \"{}\"",
    "if token == \"{}\" {",
    "let api_key: &str = \"{}\";",
    "\u{1b}[1mtoken\u{1b}[0m\u{1b}[2m=\u{1b}[0m{}",
    "next=%2Fcb%3Fapi_key%3D{}%26y%3D1",
    "{\"a\":\"x\\u0026access_token={}\"}",
    "**Password**: {}",
];

#[test]
fn a_named_value_is_found_in_every_dress() {
    let values =
        [random(24, ALNUM, 1), random(40, HEX, 2), format!("Tr0ub4dor-{}", random(4, ALNUM, 3))];
    let lines = NAMED
        .iter()
        .flat_map(|shape| values.iter().map(|value| (shape.replace("{}", value), value)));
    assert_no_faults(lines.filter_map(|(line, value)| fault(&line, value)).collect());
}

#[test]
fn a_chosen_password_needs_no_random_look() {
    let mut faults = Vec::new();
    for password in
        ["hunter2", "correct-horse", "Summer2024!", "pa$$w0rd", "q@z#9", "sesame7", "contraseña9"]
    {
        for shape in [
            "password={}",
            "password: {}",
            "\"password\":\"{}\"",
            "Pwd={};",
            "db_pass='{}'",
            "postgres://u:{}@db/x",
            "PASSPHRASE=\"{}\"",
        ] {
            faults.extend(fault(&shape.replace("{}", password), password));
        }
    }
    assert_no_faults(faults);
}

#[test]
fn the_key_stays_and_the_marker_says_what_was_taken() {
    let github = format!("ghp_{}", random(36, ALNUM, 1));
    for (line, expected) in [
        ("api_key=4f9d27c1b8e35a60 x=1".to_owned(), "api_key=[redacted:key] x=1"),
        (format!("token={github}"), "token=[redacted:github]"),
        (
            "Authorization: Bearer abcdef1234567890".to_owned(),
            "Authorization: Bearer [redacted:bearer]",
        ),
        ("Authorization: Basic dXNlcjpwYXNz".to_owned(), "Authorization: Basic [redacted:basic]"),
        (
            "db postgres://user:pw1234@host/x".to_owned(),
            "db postgres://user:[redacted:password]@host/x",
        ),
        ("GET /x?token=abc123def&y=2".to_owned(), "GET /x?token=[redacted:token]&y=2"),
        ("Cookie: sid=abc123def; theme=dark".to_owned(), "Cookie: [redacted:cookie]"),
        (
            "Set-Cookie: sid=abc123def; HttpOnly".to_owned(),
            "Set-Cookie: sid=[redacted:cookie]; HttpOnly",
        ),
        (
            "{\"client_secret\":\"abc123def\",\"id\":7}".to_owned(),
            "{\"client_secret\":\"[redacted:secret]\",\"id\":7}",
        ),
    ] {
        assert_eq!(redact(&line), expected);
        assert_eq!(redact(expected), expected);
    }
}

#[test]
fn what_developers_need_to_read_stays() {
    let lines = [
        "bearer of bad news",
        "the token is missing",
        "password reset link sent",
        "Bearer token missing",
        "Bearer authentication is required",
        "basic authentication enabled",
        "Basic auth disabled",
        "last token: 42",
        "eos_token=2",
        "tokens_in=120 tokens_out=7",
        "token count: 5",
        "max_tokens: 4096",
        "next_token=eyJwYWdlIjoyfQ",
        "unexpected token: identifier",
        "invalid token: expected `;`",
        "parsed token=Ident at 3:14",
        "secret_name=llorch/hf version=7",
        "mounted secret at /run/secrets/db",
        "secret=/run/secrets/db",
        "password_file=/run/secrets/pg",
        "password: required",
        "password: must be at least 12 characters",
        "enter password:",
        "wrong password: try again",
        "Password:",
        "api_key: None, token: None",
        "token=${HF_TOKEN}",
        "password={{ vault.password }}",
        "Authorization: Bearer <token>",
        "token=***",
        "password = os.environ[\"DB_PASSWORD\"]",
        "token = get_token(user)",
        "let password = read_password()?;",
        "apiKey: process.env.API_KEY",
        "idempotency_key=0199a4cb-457d-7ec5-9256-1862edaa9abe",
        "cache_key=9f86d081884c7d659a2feaa0c55ad015",
        "public_key=ssh-ed25519",
        "key=user:1234",
        "correlation_id=0199a4cb-457d-7ec5-9256-1862edaa9abe",
        "trace_id=4bf92f3577b34da6a3ce929d0e0e4736",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "etag=\"33a64df551425fcc55e4d42a148795d9f25f89d4\"",
        "commit 6ca91007b6e4c2b1f4b6d3c2a1908f7e6d5c4b3a",
        "image ghcr.io/org/app@sha256:4d6b1a2f0c9e",
        "https://registry.test:5000/v2/app/manifests/sha256:abc",
        "http://localhost:8080/health",
        "https://example.com/@user/post",
        "npm:@scope/pkg@1.2.3",
        "ssh://git@github.com/org/repo.git",
        "s3://bucket/key/part-0001.parquet",
        "user=root pass=3 fail=0",
        "compass: north",
        "bypass=true",
        "passed: 11 of 11",
        "author: Jane",
        "authored-by: platform-team",
        "session: 5 active",
        "session_id=sess-b4c752",
        "cookie consent accepted",
        "signature verified",
        "keyboard: us",
        "monkey=george",
        "sort_key=created_at",
        "partition_key=tenant-42",
        "01K63NT47SEP5ZAPTVP5WS428H",
        "2025-09-30T12:34:56.789Z",
        "docker run -u 1000:1000 app",
        "curl -u $USER:$PASS https://x",
        "level=info msg=\"token bucket refilled\" tokens=100",
        "sk-SK locale",
        "pool-managerd-ec10787595-lx4pp",
        "struct Login { password: String, token: Option<String> }",
        "secretary: Ms Jones",
        "tokenizer=llama-3 vocab=128256",
        "Token::Ident",
        "syn::Token![,]",
    ];
    let touched =
        lines.into_iter().filter(|line| redact(line) != *line || looks_secret(line).is_some());
    assert_no_faults(touched.map(|line| format!("{line}\n        => {}", redact(line))).collect());
}

#[test]
fn a_correlation_id_survives_beside_any_secret() {
    let mut faults = Vec::new();
    let id = "0199a4cb-457d-7ec5-9256-1862edaa9abe";
    for shape in NAMED {
        let text = shape.replace("{}", &random(24, ALNUM, 4));
        for line in [
            format!("correlation_id={id} {text}"),
            format!("{text}\ncorrelation_id={id}"),
            format!("{text} correlation_id={id}"),
        ] {
            if !redact(&line).contains(id) {
                faults.push(format!("{line}\n        => {}", redact(&line)));
            }
        }
    }
    assert_no_faults(faults);
}

#[test]
fn a_urls_sensitive_parts_are_masked_and_the_rest_stays() {
    for (url, expected) in [
        (
            "https://u:p4ss@h/x?sig=a1b2&page=2",
            "https://u:[redacted:password]@h/x?sig=[redacted:signature]&page=2",
        ),
        ("https://h/cb?code=4/0AX&state=xyz", "https://h/cb?code=[redacted:code]&state=xyz"),
        (
            "https://h/#access_token=abc123&token_type=bearer",
            "https://h/#access_token=[redacted:token]&token_type=bearer",
        ),
        ("https://h/x?page=2#top", "https://h/x?page=2#top"),
        ("https://h/x?next_token=abc&tokens=3", "https://h/x?next_token=abc&tokens=3"),
    ] {
        assert_eq!(redact_url(url), expected);
        assert_eq!(redact_url(expected), expected);
    }
}
