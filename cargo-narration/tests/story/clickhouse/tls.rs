//! TLS with the database: whom the reader trusts, and what it says of whom it does not.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::crypto::ring::default_provider;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::canned::{answered, columns, rows};
use super::engine::row;
use crate::place::{ADMISSION, Place, Said};

/// Somebody who signs certificates.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// What a server of this name needs; its certificate is good until this year.
    fn server(&self, name: &str, until: i32) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_after = date_time_ymd(until, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).unwrap().der().clone();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()));
        let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        Arc::new(config.with_single_cert(vec![certificate], key.into()).unwrap())
    }
}

/// Gives answers over TLS, one a connection; who breaks the handshake off gets none.
fn serve(config: Arc<ServerConfig>, answers: Vec<Vec<u8>>) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let serving = std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            if connection.complete_io(&mut stream).is_ok() && !connection.is_handshaking() {
                let mut stream = StreamOwned::new(connection, stream);
                answered(&mut stream, &answer);
                stream.conn.send_close_notify();
                let _ = stream.conn.complete_io(&mut stream.sock);
            }
        }
    });
    (format!("clickhouse://127.0.0.1:{port}/otel?secure=1&timeout=20"), serving)
}

fn story(place: &Place, from: &str, trusted: PathBuf) -> Said {
    let mut command = place.command(&["story", "req-xyz", "--from", from]);
    command.env("SSL_CERT_FILE", trusted).env_remove("SSL_CERT_DIR");
    for name in ["CLICKHOUSE_USER", "CLICKHOUSE_PASSWORD", "HTTPS_PROXY", "https_proxy"] {
        command.env_remove(name);
    }
    for name in ["ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"] {
        command.env_remove(name);
    }
    Said::of(command.output().unwrap())
}

#[test]
fn whom_the_named_authority_signed_is_asked() {
    let (place, authority) = (Place::new(), Authority::new());
    let lead = rows(&[r#"{"Id":"req-xyz","TraceId":""}"#]);
    let none: [&str; 0] = [];
    let answers = vec![
        rows(&columns(&[])),
        lead.clone(),
        lead,
        rows(&[row(ADMISSION).to_string()]),
        rows(&none),
    ];
    let (from, serving) = serve(authority.server("127.0.0.1", 2999), answers);
    let trusted = place.bytes("authority.pem", authority.pem.as_bytes());
    let said = story(&place, &from, trusted);
    assert_eq!(said.code, Some(0), "{said:?}");
    said.has("Accepted request");
    serving.join().unwrap();
}

#[test]
fn whom_nobody_trusted_signed_is_refused_with_the_way_out() {
    let (place, authority) = (Place::new(), Authority::new());
    let trusted = place.bytes("authority.pem", authority.pem.as_bytes());
    let stranger = Authority::new();
    for (server, said) in [
        (stranger.server("127.0.0.1", 2999), "SSL_CERT_FILE=authority.pem"),
        (authority.server("db.internal", 2999), "ask for a name that is in its certificate"),
        (authority.server("127.0.0.1", 2001), "out of date"),
    ] {
        let (from, serving) = serve(server, vec![Vec::new()]);
        let told = story(&place, &from, trusted.clone());
        assert_eq!(told.code, Some(3), "{told:?}");
        assert_eq!(told.out, "");
        told.has("cannot be read: TLS fails").has(said);
        serving.join().unwrap();
    }
}

#[test]
fn a_file_without_an_authority_is_told_before_anybody_is_asked() {
    let place = Place::new();
    for trusted in [place.path().join("away.pem"), place.bytes("empty.pem", b"nobody")] {
        let told = story(&place, "clickhouse://127.0.0.1:1/otel?secure=1", trusted);
        assert_eq!(told.code, Some(3), "{told:?}");
        told.has("trusts no authority").has("SSL_CERT_FILE=authority.pem");
    }
}
