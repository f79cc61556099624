//! Where a database is: in goes `clickhouse://user@host:8123/database?table=otel_logs&secure=1`,
//! out come its parts. Who asks is the environment's to say.

use std::fmt;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use url::Url;

use super::Refusal;

/// The Collector's own name for the table of logs.
const TABLE: &str = "otel_logs";

/// ClickHouse's own ports for HTTP, without and with TLS.
const PORTS: [u16; 2] = [8123, 8443];

/// How long a database may be silent, in seconds, unless the address says otherwise.
const PATIENCE: u64 = 120;

/// Where a table of logs is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// Where it is asked: `https://host:8443/`.
    pub(super) origin: String,
    pub(super) user: Option<String>,
    pub(super) database: String,
    pub(super) table: String,
    /// How long it may be silent.
    pub(super) patience: Duration,
    /// What is shown of it.
    shown: String,
}

impl Address {
    /// Reads an address. What is wrong with it is told without repeating it: there may be a
    /// password in it.
    pub(crate) fn parse(typed: &str) -> Result<Self, Refusal> {
        let refused = |what: &str| {
            Refusal::usage(format!("`--from` {what}"))
                .help("write --from clickhouse://host:8123/database?table=otel_logs")
        };
        let url = Url::parse(typed).map_err(|error| refused(&format!("is no address: {error}")))?;
        if url.scheme() != "clickhouse" {
            return Err(refused("knows addresses that begin with clickhouse:// alone"));
        }
        if url.password().is_some() {
            return Err(Refusal::usage(
                "`--from` has a password, which others see in the list of processes",
            )
            .help("take it out and set CLICKHOUSE_PASSWORD"));
        }
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or_else(|| refused("names no host"))?;
        let options = Options::of(&url)?;
        let port = url.port().unwrap_or(PORTS[usize::from(options.secure)]);
        let database = decoded(url.path().trim_matches('/'));
        let database = if database.is_empty() { "default".to_owned() } else { database };
        let scheme = if options.secure { "https" } else { "http" };
        Ok(Self {
            origin: format!("{scheme}://{host}:{port}/"),
            user: Some(decoded(url.username())).filter(|user| !user.is_empty()),
            shown: format!("clickhouse://{host}:{port}/{database}/{}", options.table),
            database: name("database", database)?,
            table: options.table,
            patience: options.patience,
        })
    }
}

impl Address {
    /// How long it may be silent.
    pub(crate) fn patience(&self) -> Duration {
        self.patience
    }
}

/// What stands behind the question mark.
struct Options {
    table: String,
    secure: bool,
    patience: Duration,
}

impl Options {
    fn of(url: &Url) -> Result<Self, Refusal> {
        let mut table = TABLE.to_owned();
        let (mut secure, mut seconds) = (false, PATIENCE);
        for (key, value) in url.query_pairs() {
            let wrong = |wanted: &str| Refusal::usage(format!("`{key}` in `--from` is {wanted}"));
            match &*key {
                "table" => table = name("table", value.into_owned())?,
                "secure" => match &*value {
                    "1" | "true" => secure = true,
                    "0" | "false" => secure = false,
                    _ => return Err(wrong("1 or 0")),
                },
                "timeout" => {
                    let number = value.parse().ok().filter(|number| (1..=86_400).contains(number));
                    seconds = number.ok_or_else(|| wrong("a number of seconds"))?;
                }
                _ => {
                    return Err(Refusal::usage("`--from` has an option that is not known")
                        .help("table, secure and timeout are"));
                }
            }
        }
        Ok(Self { table, secure, patience: Duration::from_secs(seconds) })
    }
}

/// A name that needs nothing but quotes in SQL.
fn name(of: &str, name: String) -> Result<String, Refusal> {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !name.is_empty() && name.len() <= 200 && name.chars().all(fits) {
        return Ok(name);
    }
    Err(Refusal::usage(format!("the {of} in `--from` has a name this program does not send"))
        .help("names are letters, digits, `_`, `-` and `.`"))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Without a user and without a password.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// Who asks.
#[derive(Clone, Default)]
pub(crate) struct Credentials {
    pub(super) user: Option<String>,
    pub(super) password: Option<String>,
}

impl Credentials {
    /// What the environment says: `CLICKHOUSE_USER` and `CLICKHOUSE_PASSWORD`.
    pub(crate) fn of_environment() -> Self {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self { user: set("CLICKHOUSE_USER"), password: set("CLICKHOUSE_PASSWORD") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_parts_and_shows_none_of_its_user() {
        let address = Address::parse("clickhouse://jo%40x@db.internal/otel").unwrap();
        assert_eq!(address.origin, "http://db.internal:8123/");
        assert_eq!(address.user.as_deref(), Some("jo@x"));
        assert_eq!((&*address.database, &*address.table), ("otel", "otel_logs"));
        assert_eq!(address.to_string(), "clickhouse://db.internal:8123/otel/otel_logs");
        let address = Address::parse("clickhouse://[::1]:9/?secure=1&table=l-2&timeout=5").unwrap();
        assert_eq!(address.origin, "https://[::1]:9/");
        assert_eq!((&*address.database, &*address.table), ("default", "l-2"));
        assert_eq!(address.patience, Duration::from_secs(5));
        assert_eq!(Address::parse("clickhouse://h?secure=1").unwrap().origin, "https://h:8443/");
    }

    #[test]
    fn what_is_wrong_is_told_and_a_password_never_repeated() {
        for (typed, said) in [
            ("host:8123/db", "begin with clickhouse://"),
            ("http://host/db", "begin with clickhouse://"),
            ("clickhouse:///db", "names no host"),
            ("clickhouse://jo:s3cr3t@host/db", "CLICKHOUSE_PASSWORD"),
            ("clickhouse://jo:s3cr3t@host:port/db", "is no address"),
            ("clickhouse://host/db?password=s3cr3t", "is not known"),
            ("clickhouse://host/db?secure=s3cr3t", "1 or 0"),
            ("clickhouse://host/db?timeout=s3cr3t", "seconds"),
            ("clickhouse://host/d%60b", "database"),
            ("clickhouse://host/a/b", "database"),
            ("clickhouse://host/db?table=a`b", "table"),
            ("clickhouse://host/db?table=", "table"),
        ] {
            let refusal = Address::parse(typed).unwrap_err();
            let told = format!("{refusal} {}", refusal.help.as_deref().unwrap_or_default());
            assert!(told.contains(said), "{typed}: {told}");
            assert!(!told.contains("s3cr3t"), "{told}");
        }
    }
}
