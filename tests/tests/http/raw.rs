//! A client that sends whatever it is told to, over a bare socket.
//!
//! In: bytes. Out: what came back, as text.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Opens a connection and sends bytes.
pub(crate) async fn send(address: SocketAddr, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    stream
}

/// A request for a path with these header lines, on a connection that is closed behind it.
pub(crate) fn get(path: &str, headers: &[&[u8]]) -> Vec<u8> {
    let mut request = format!("GET {path} HTTP/1.1\r\nhost: desk\r\n").into_bytes();
    for header in headers {
        request.extend_from_slice(header);
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"connection: close\r\n\r\n");
    request
}

/// Everything a connection still has to say.
pub(crate) async fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A server may reset a connection whose request it refuses; what it said before counts.
    let _ = stream.read_to_end(&mut bytes).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Reads until a text has come.
pub(crate) async fn until(stream: &mut TcpStream, text: &str) -> String {
    let mut read = String::new();
    let mut buffer = [0; 1024];
    while !read.contains(text) {
        let length = stream.read(&mut buffer).await.unwrap();
        assert!(length > 0, "the connection ended behind {read:?}");
        read.push_str(&String::from_utf8_lossy(&buffer[..length]));
    }
    read
}

/// The value of a header in a response.
pub(crate) fn header<'r>(response: &'r str, name: &str) -> Option<&'r str> {
    let (head, _) = response.split_once("\r\n\r\n").unwrap_or((response, ""));
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
