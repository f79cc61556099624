//! Asks a database: in goes a query, out comes its answer, or why there is none.

use std::io::Read as _;
use std::time::Duration;

use rustls::crypto::ring::default_provider;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body};

use super::answer::Answer;
use super::query::Query;
use super::{Address, Credentials, Refusal};

/// How long a host may take to be reached.
const REACHED: Duration = Duration::from_secs(10);

/// How much is read of a refusal.
const LONGEST_REFUSAL: u64 = 64 << 10;

/// Asks one database.
#[derive(Debug)]
pub(super) struct Client {
    agent: Agent,
    pub(super) address: Address,
    user: Option<String>,
    password: Option<String>,
}

impl Client {
    pub(super) fn new(address: Address, credentials: Credentials) -> Result<Self, Refusal> {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            // Nobody but the host that was named gets the password.
            .max_redirects(0)
            .user_agent(concat!("cargo-narration/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(REACHED))
            .timeout_per_read(Some(address.patience))
            .timeout_recv_response(Some(address.patience));
        if address.origin.starts_with("https:") {
            config = config.tls_config(trusting()?);
        }
        let agent = config.build().new_agent();
        let user = address.user.clone().or(credentials.user);
        Ok(Self { agent, address, user, password: credentials.password })
    }

    /// Sends a query; its values go beside its text.
    pub(super) fn ask(&self, query: &Query) -> Result<Answer<'_>, Refusal> {
        let mut request = self.agent.post(&self.address.origin);
        for (name, value) in query.parameters() {
            request = request.query(name, value);
        }
        if let Some(user) = &self.user {
            request = request.header("X-ClickHouse-User", user);
        }
        if let Some(password) = &self.password {
            request = request.header("X-ClickHouse-Key", password);
        }
        let sent = request.content_type("text/plain; charset=utf-8").send(&query.sql);
        let response = sent.map_err(|error| match error {
            // Nothing of a header may be repeated.
            ureq::Error::Http(_) => {
                Refusal::usage("the user or the password has control characters")
            }
            error => Refusal::failed(&self.address, &error),
        })?;
        let (head, body) = response.into_parts();
        let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
        // Nothing was asked for in another form.
        if let Some(form) = header("content-encoding").filter(|form| *form != "identity") {
            return Err(Refusal::encoded(form));
        }
        let refused = head.headers.contains_key("x-clickhouse-exception-code");
        if head.status != 200 || refused {
            let elsewhere = header("location");
            return Err(self.refused(head.status.as_u16(), elsewhere, body));
        }
        Ok(Answer::new(&self.address, body))
    }

    fn refused(&self, status: u16, elsewhere: Option<&str>, body: Body) -> Refusal {
        let mut told = Vec::new();
        // What is cut off is told as far as it came.
        let _ = body.into_reader().take(LONGEST_REFUSAL).read_to_end(&mut told);
        let told = String::from_utf8_lossy(&told);
        let exception = told.contains("Code: ") && told.contains("Exception");
        match &self.password {
            // Not even of a server that gives back what it was sent.
            Some(password) if exception && told.contains(&**password) => {
                Refusal::told(&self.address, &told.replace(&**password, "…"))
            }
            _ if exception => Refusal::told(&self.address, &told),
            _ => Refusal::stranger(status, elsewhere),
        }
    }
}

/// Trusts whom the system trusts; `SSL_CERT_FILE` names others.
fn trusting() -> Result<TlsConfig, Refusal> {
    // Somebody may have chosen one before; then that one it is.
    let _ = default_provider().install_default();
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        let why = found.errors.first().map(|error| format!(": {error}")).unwrap_or_default();
        return Err(Refusal::unreadable(format!("this system trusts no authority{why}"))
            .help("name a file of certificates: SSL_CERT_FILE=authority.pem"));
    }
    let certificates = found.certs.iter().map(|one| Certificate::from_der(one).to_owned());
    Ok(TlsConfig::builder().root_certs(RootCerts::from(certificates)).build())
}
