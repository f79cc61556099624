//! The journal and syslog as sinks, on sockets of the test's own.

use std::fs;
use std::io::{BufReader, Read as _};
use std::net::{TcpListener, UdpSocket};
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use narration_record::read;

use crate::courier::{Lines, Report, courier};
use crate::steps::Steps;

/// A test that waits this long for a message will not get it.
const ENDLESS: Duration = Duration::from_secs(120);

fn start(service: &str, lines: &str) -> Child {
    let settings = [format!("service={service}"), format!("lines={lines}")];
    courier("emit", &[&settings[0], &settings[1]]).stderr(Stdio::piped()).spawn().unwrap()
}

fn bind(path: &Path) -> UnixDatagram {
    let socket = UnixDatagram::bind(path).unwrap();
    socket.set_read_timeout(Some(ENDLESS)).unwrap();
    socket
}

fn received(receive: impl Fn(&mut [u8]) -> std::io::Result<usize>) -> String {
    let mut message = vec![0; 64 * 1024];
    let length = receive(&mut message).unwrap();
    message.truncate(length);
    String::from_utf8(message).unwrap()
}

/// The value of a field of an entry of the journal.
fn field<'e>(entry: &'e str, name: &str) -> Option<&'e str> {
    entry.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
}

/// Head and line of a message of syslog.
fn parts(message: &str) -> (Vec<&str>, &str) {
    let at = message.find('{').unwrap();
    (message[..at].split_whitespace().collect(), &message[at..])
}

/// The numbers of messages, whose heads are held against their lines.
fn numbers(messages: &[String]) -> Vec<u64> {
    let number = |message: &String| {
        let (head, line) = parts(message);
        let record = read(line).unwrap();
        let [priority, time, host, app, process, action, data] = head[..] else {
            panic!("{message}");
        };
        assert_eq!((priority, app, action, data), ("<14>1", "courier", "scan", "-"));
        assert_eq!(time, record.timestamp.to_string());
        assert!(!host.is_empty() && process.parse::<u32>().is_ok(), "{message}");
        record.field("weight_g").unwrap().to_string().parse().unwrap()
    };
    messages.iter().map(number).collect()
}

fn nothing_lost(child: Child) {
    assert_eq!(Report::of(&child.wait_with_output().unwrap()).count("lost"), 0);
}

#[test]
fn a_record_is_an_entry_of_the_journal_with_its_fields() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let socket = bind(&path);
    let child = start(&format!("journald:{}", path.display()), "40");
    for number in 0..40 {
        let entry = received(|message| socket.recv(message));
        let of = |name| field(&entry, name);
        assert_eq!(of("NARRATION_WEIGHT_G"), Some(&*number.to_string()), "{entry}");
        assert_eq!(of("NARRATION_PARCEL_ID"), Some("p-1"));
        assert_eq!((of("PRIORITY"), of("SYSLOG_IDENTIFIER")), (Some("6"), Some("courier")));
        assert_eq!(
            (of("NARRATION_ACTOR"), of("NARRATION_ACTION")),
            (Some("scanner"), Some("scan"))
        );
        assert!(of("MESSAGE").is_some_and(|text| !text.is_empty()), "{entry}");
    }
    nothing_lost(child);
}

#[test]
fn a_record_is_a_message_of_syslog_over_a_socket_of_the_machine() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let socket = bind(&path);
    let child = start(&format!("syslog:{}", path.display()), "40");
    let messages: Vec<_> = (0..40).map(|_| received(|message| socket.recv(message))).collect();
    assert!(numbers(&messages).into_iter().eq(0..40));
    nothing_lost(child);
}

#[test]
fn a_record_is_a_message_of_syslog_over_udp() {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(ENDLESS)).unwrap();
    let child = start(&format!("syslog:udp://{}", socket.local_addr().unwrap()), "40");
    let messages: Vec<_> = (0..40).map(|_| received(|message| socket.recv(message))).collect();
    assert!(numbers(&messages).into_iter().eq(0..40));
    nothing_lost(child);
}

#[test]
fn over_tcp_each_message_stands_behind_its_length() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let child = start(&format!("syslog:tcp://{}", listener.local_addr().unwrap()), "2000");
    let mut text = String::new();
    BufReader::new(listener.accept().unwrap().0).read_to_string(&mut text).unwrap();
    let (mut rest, mut messages) = (&*text, Vec::new());
    while let Some((length, behind)) = rest.split_once(' ') {
        let (message, more) = behind.split_at(length.parse().unwrap());
        messages.push(message.to_owned());
        rest = more;
    }
    assert!(numbers(&messages).into_iter().eq(0..2000));
    nothing_lost(child);
}

#[test]
fn a_daemon_that_is_away_for_a_while_costs_counted_lines_and_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let socket = bind(&path);
    let mut steps = Steps::start(&[&format!("service=syslog:{}", path.display())]);
    assert_eq!(steps.step("10").count("lost"), 0);
    drop(socket);
    assert_eq!(steps.step("5").count("lost"), 5);
    fs::remove_file(&path).unwrap();
    let socket = bind(&path);
    assert_eq!(steps.step("3").count("lost"), 5);
    steps.end();
    let lines: String = (0..4)
        .map(|_| received(|message| socket.recv(message)))
        .map(|message| format!("{}\n", parts(&message).1))
        .collect();
    let lines = Lines::of(&lines);
    assert_eq!(lines.numbers, [15, 16, 17]);
    assert_eq!(lines.told_lost("closed-pipe"), 5);
}
