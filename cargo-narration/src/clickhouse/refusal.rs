//! Why a database gave no answer, or not all of it: in goes what it said or what became of the
//! connection, out come a sentence and the way out.

use std::fmt;
use std::io::ErrorKind;

use rustls::CertificateError;
use ureq::{Error, Timeout};

use super::Address;
use crate::exit::Exit;
use crate::render::visible;

/// The longest part of a server's own words that is repeated.
const LONGEST: usize = 400;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// How the command ends.
    pub(crate) exit: Exit,
    /// What is wrong.
    pub(crate) reason: String,
    /// The way out, where there is one to tell.
    pub(crate) help: Option<String>,
}

impl Refusal {
    /// The address makes no sense.
    pub(super) fn usage(reason: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, reason: reason.into(), help: None }
    }

    /// The database cannot be read.
    pub(super) fn unreadable(reason: impl Into<String>) -> Self {
        Self { exit: Exit::Unreadable, reason: reason.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What ClickHouse answers in place of rows.
    pub(super) fn told(address: &Address, told: &str) -> Self {
        let told = told.find("Code: ").map_or(told, |at| &told[at..]);
        let first = told.lines().find(|line| !line.trim().is_empty()).unwrap_or("nothing");
        let code = told.strip_prefix("Code: ").and_then(|rest| rest.split(['.', ',']).next());
        let refusal =
            Self::unreadable(format!("it says: {}", visible(begin(first, LONGEST).trim())));
        match code.and_then(|code| way_out(address, code)) {
            Some(help) => refusal.help(help),
            None => refusal,
        }
    }

    /// Something answers that is no ClickHouse, or stands before one.
    pub(super) fn stranger(status: u16, elsewhere: Option<&str>) -> Self {
        let refusal =
            Self::unreadable(format!("it answers with HTTP {status}, not as ClickHouse does"));
        match (status, elsewhere) {
            (300..=399, Some(elsewhere)) => {
                // Nobody but the host that was named gets the password.
                refusal.help(format!(
                    "it points to {}, which is not followed; name that host and port in --from",
                    visible(begin(elsewhere, LONGEST))
                ))
            }
            (401 | 403 | 407, _) => refusal.help(
                "a gateway before the database refuses; set CLICKHOUSE_USER and \
                 CLICKHOUSE_PASSWORD to what it knows, or ask the database itself",
            ),
            (413 | 414 | 431, _) => refusal.help(
                "a gateway before the database takes no question of this length: ask the \
                 database itself",
            ),
            (429, _) => refusal.help("too many ask at once: try again"),
            (502..=504, _) => {
                refusal.help("a gateway has no answer of the database: is the server running?")
            }
            _ => refusal
                .help("name the port of ClickHouse's HTTP interface: 8123, or 8443 with secure=1"),
        }
    }

    /// The answer comes packed.
    pub(super) fn encoded(form: &str) -> Self {
        let form = visible(begin(form, 40));
        Self::unreadable(format!("its answer is packed as {form}, which was not asked for"))
            .help("something before the database packs answers: ask the database itself")
    }

    /// What became of the connection.
    pub(super) fn failed(address: &Address, error: &Error) -> Self {
        match error {
            Error::HostNotFound => Self::unreadable("there is no host of this name")
                .help("look at the name behind `clickhouse://`"),
            Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
                Self::unreadable("it cannot be reached").help("is the host up, the port open?")
            }
            Error::Timeout(_) => {
                let seconds = address.patience.as_secs();
                Self::unreadable(format!("it was silent for {seconds} s"))
                    .help("ask for less with --since, or wait longer with `timeout=600` in --from")
            }
            Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => Self::unreadable(
                "it refuses connections",
            )
            .help("is the server running? Its HTTP interface has port 8123, or 8443 with secure=1"),
            Error::Io(error) if cut(error.kind()) => Self::unreadable("it closed the connection")
                .help("a port with TLS wants `secure=1` in --from"),
            Error::Rustls(error) => untrusted(error),
            Error::ConnectProxyFailed(why) => Self::unreadable(format!(
                "the proxy of the environment lets nobody through: {}",
                visible(why)
            ))
            .help(
                "HTTP_PROXY, HTTPS_PROXY and ALL_PROXY name it, with a user and a password where \
                 it wants them: http://user:password@proxy:3128; NO_PROXY names hosts that are \
                 asked without it",
            ),
            Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref()) {
                Some(error) => untrusted(error),
                None => Self::unreadable(visible(&error.to_string())),
            },
            other => Self::unreadable(visible(&other.to_string())),
        }
    }
}

fn cut(kind: ErrorKind) -> bool {
    use ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    matches!(kind, BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof)
}

fn untrusted(error: &rustls::Error) -> Refusal {
    use CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet,
        NotValidYetContext,
    };
    let refusal = Refusal::unreadable(format!("TLS fails: {}", visible(&error.to_string())));
    let rustls::Error::InvalidCertificate(error) = error else {
        return refusal.help("without TLS, take `secure=1` out of --from");
    };
    refusal.help(match error {
        Expired | ExpiredContext { .. } | NotValidYet | NotValidYetContext { .. } => {
            "its certificate is out of date: renew it, or set the clock of this machine"
        }
        NotValidForName | NotValidForNameContext { .. } => {
            "ask for a name that is in its certificate: clickhouse://name:8443/database?secure=1"
        }
        _ => "name the file of the authority it is signed by: SSL_CERT_FILE=authority.pem",
    })
}

/// The first of a text's characters, so many at most.
fn begin(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// What to do about a code of ClickHouse.
fn way_out(address: &Address, code: &str) -> Option<String> {
    let Address { database, table, .. } = address;
    Some(match code {
        "192" | "193" | "194" | "516" => {
            "set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD; a user in --from comes first".to_owned()
        }
        "497" => format!("ask for the right to read: GRANT SELECT ON {database}.{table} TO …"),
        "81" => "name the database behind the host: clickhouse://host:8123/database".to_owned(),
        "60" => "name the table of logs: `?table=otel_logs` in --from".to_owned(),
        "159" | "160" | "158" | "241" | "307" | "396" => {
            "ask for less: --since 1h; or raise the limits of this user".to_owned()
        }
        "202" | "203" => "too many ask at once: try again".to_owned(),
        "43" | "46" | "47" | "62" => {
            "this server may be too old for what is asked: a newer one knows it".to_owned()
        }
        "164" => {
            "no setting is sent, and nothing but SELECT and DESCRIBE: look at what the profile \
                  of this user, or a gateway, adds to it"
                .to_owned()
        }
        _ => return None,
    })
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}
