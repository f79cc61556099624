use super::*;

fn told(runtime: Runtime, lines: &[String]) -> Vec<(u64, String)> {
    let mut all = Vec::new();
    let matcher = Matcher::every();
    let mut found = |at: u64, line: &[u8]| all.push((at, String::from_utf8_lossy(line).into()));
    let mut told = Told::new(&matcher, &mut found);
    let mut chunks = Chunks::new(runtime);
    chunks.lines(0, lines.concat().as_bytes(), u64::MAX, &mut told);
    chunks.end(&mut told);
    all
}

fn cri(stream: &str, tag: &str, text: &str) -> String {
    format!("2026-11-21T18:34:05.123456789Z {stream} {tag} {text}\n")
}

fn docker(stream: &str, text: &str) -> String {
    format!("{{\"log\":\"{text}\",\"stream\":\"{stream}\",\"time\":\"2026-11-21T18:34:05Z\"}}\n")
}

#[test]
fn pieces_of_two_streams_are_put_together_each_where_it_begins() {
    let lines = [
        cri("stdout", "F", "whole"),
        cri("stdout", "P", "one "),
        cri("stderr", "P", "two "),
        cri("stdout", "P", "more "),
        cri("stderr", "F", "two"),
        "no line of a container\n".to_owned(),
        cri("stdout", "F", "one"),
    ];
    let at = |line: usize| lines[..line].iter().map(String::len).sum::<usize>() as u64;
    let text = |stream, tag, text| cri(stream, tag, text).trim_end().to_owned();
    let expected = vec![
        (0, text("stdout", "F", "whole")),
        (at(2), text("stderr", "P", "two two")),
        (at(5), "no line of a container".to_owned()),
        (at(1), text("stdout", "P", "one more one")),
    ];
    assert_eq!(told(Runtime::Cri, &lines), expected);
}

#[test]
fn a_text_of_docker_goes_on_until_its_line_feed() {
    let lines = [
        docker("stdout", r"a \\n"),
        docker("stderr", r"x\n"),
        docker("stdout", r"b\\"),
        docker("stdout", r"c\n"),
    ];
    let (joined, other) = (docker("stdout", r"a \\nb\\c\n"), docker("stderr", r"x\n"));
    let all = told(Runtime::Docker { feeds: true }, &lines);
    let all: Vec<String> = all.into_iter().map(|(_, line)| line + "\n").collect();
    assert_eq!(all, [other, joined]);
    // Where nobody writes line feeds, what is short is whole.
    assert_eq!(told(Runtime::Docker { feeds: false }, &lines[2..]).len(), 2);
}

#[test]
fn what_does_not_end_is_told_as_it_is() {
    let all = told(Runtime::Cri, &[cri("stdout", "P", "one "), cri("stdout", "P", "and")]);
    assert_eq!(all.len(), 1);
    assert!(all[0].1.ends_with("P one and"), "{all:?}");
}

#[test]
fn a_log_shows_in_its_first_lines_who_wrote_it() {
    assert_eq!(runtime(cri("stderr", "F", "x").as_bytes()), Some(Runtime::Cri));
    let feeds = docker("stdout", r"x\n");
    assert_eq!(runtime(feeds.as_bytes()), Some(Runtime::Docker { feeds: true }));
    let bare = docker("stdout", "x");
    assert_eq!(runtime(bare.as_bytes()), Some(Runtime::Docker { feeds: false }));
    for other in ["{\"log\":\"x\"}\n", "2026-11-21T18:34:05Z stdout x\n", "", "P F\n"] {
        assert_eq!(runtime(other.as_bytes()), None, "{other}");
    }
}

#[test]
fn a_line_that_never_ends_is_counted_and_not_held() {
    let mut chunks = Chunks::new(Runtime::Cri);
    let matcher = Matcher::any(["req-xyz"]);
    let mut found = |_: u64, line: &[u8]| assert!(line.len() < 100);
    let mut told = Told::new(&matcher, &mut found);
    let piece = cri("stdout", "P", &format!("{} req-xyz ", "x".repeat(1 << 20)));
    for at in 0..20 {
        chunks.lines(at, piece.as_bytes(), u64::MAX, &mut told);
    }
    chunks.lines(20, cri("stdout", "F", "").as_bytes(), u64::MAX, &mut told);
    chunks.lines(21, cri("stdout", "F", "req-xyz").as_bytes(), u64::MAX, &mut told);
    assert_eq!((told.losses.too_long, told.losses.cut), (1, 0));
}
