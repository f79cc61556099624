//! Lines to the letter, one per format, and what hostile values do to them.

use crate::name::FieldName;
use crate::{Fields, Format, Head, Level, Style, write_line};

const CORRELATION_ID: FieldName = FieldName::declared("correlation_id", 0);
const SESSION_ID: FieldName = FieldName::declared("session_id", 1);

fn style(format: Format) -> Style {
    Style { format, colour: false }
}

fn head() -> Head<'static> {
    Head {
        timestamp: "2026-11-21T18:34:05.123456Z",
        level: Level::Info,
        actor: "orchestratord",
        action: "admission",
        declared: false,
        target: Some("session-abc123"),
        human: "Accepted request; queued at position 3 (ETA 420 ms) on pool 'default'",
    }
}

fn admission(style: Style) -> String {
    let mut fields = Fields::new(style);
    fields.str("pool_id", "default");
    fields.str(CORRELATION_ID, "req-xyz");
    fields.str(SESSION_ID, "session-abc123");
    fields.u64("queue_position", 3);
    fields.u64("predicted_start_ms", 420);
    line(style, &head(), &fields)
}

fn line(style: Style, head: &Head<'_>, fields: &Fields) -> String {
    let mut out = String::new();
    write_line(&mut out, style, head, None, fields);
    out
}

fn bare(format: Format, head: &Head<'_>) -> String {
    line(style(format), head, &Fields::new(style(format)))
}

#[test]
fn json_is_one_flat_object_in_a_fixed_order() {
    assert_eq!(
        admission(style(Format::Json)),
        concat!(
            r#"{"timestamp":"2026-11-21T18:34:05.123456Z","level":"info","actor":"orchestratord","#,
            r#""action":"admission","target":"session-abc123","human":"Accepted request; queued "#,
            r#"at position 3 (ETA 420 ms) on pool 'default'","correlation_id":"req-xyz","#,
            r#""session_id":"session-abc123","pool_id":"default","queue_position":3,"#,
            r#""predicted_start_ms":420}"#,
            "\n"
        )
    );
}

#[test]
fn logfmt_can_be_searched_to_the_letter() {
    let line = admission(style(Format::Logfmt));
    assert_eq!(
        line,
        concat!(
            "timestamp=2026-11-21T18:34:05.123456Z level=info actor=orchestratord ",
            "action=admission target=session-abc123 human=\"Accepted request; queued at ",
            "position 3 (ETA 420 ms) on pool 'default'\" correlation_id=req-xyz ",
            "session_id=session-abc123 pool_id=default queue_position=3 predicted_start_ms=420\n"
        )
    );
}

#[test]
fn pretty_has_the_text_in_the_middle_and_the_fields_behind_it() {
    assert_eq!(
        admission(style(Format::Pretty)),
        concat!(
            "18:34:05.123 INFO  orchestratord admission  Accepted request; queued at position 3 ",
            "(ETA 420 ms) on pool 'default' target=session-abc123 correlation_id=req-xyz ",
            "session_id=session-abc123 pool_id=default queue_position=3 predicted_start_ms=420\n"
        )
    );
}

#[test]
fn pretty_names_the_target_only_where_the_text_does_not() {
    let named = Head { target: Some("default"), ..head() };
    assert!(!bare(Format::Pretty, &named).contains("target="));
    let none = Head { target: None, ..head() };
    assert!(bare(Format::Pretty, &none).ends_with("on pool 'default'\n"));
    assert!(bare(Format::Pretty, &head()).ends_with("on pool 'default' target=session-abc123\n"));
}

#[test]
fn pretty_colours_the_level_by_severity_and_ends_every_colour() {
    let style = Style { format: Format::Pretty, colour: true };
    let mut fields = Fields::new(style);
    fields.u64("jobs", 4);
    let shown = |level| line(style, &Head { level, target: None, ..head() }, &fields);
    assert_eq!(
        shown(Level::Error),
        concat!(
            "\u{1b}[2m18:34:05.123\u{1b}[0m \u{1b}[31mERROR\u{1b}[0m ",
            "\u{1b}[36morchestratord admission\u{1b}[0m  Accepted request; queued at position 3 ",
            "(ETA 420 ms) on pool 'default'\u{1b}[2m jobs=4\u{1b}[0m\n"
        )
    );
    let levels = ["[35mTRACE", "[34mDEBUG", "[32mINFO ", "[33mWARN ", "[31mERROR"];
    for (level, painted) in Level::ALL.into_iter().zip(levels) {
        let painted = format!(" \u{1b}{painted}\u{1b}[0m ");
        assert!(shown(level).contains(&painted), "{:?}", shown(level));
    }
    // What is not there has no colour either.
    let bare = line(style, &Head { target: None, ..head() }, &Fields::new(style));
    assert!(bare.ends_with("on pool 'default'\n"), "{bare:?}");
}

#[test]
fn a_stamp_of_another_shape_is_shown_whole() {
    for timestamp in ["", "now", "12T", "2026-11-21T18:34"] {
        let line = bare(Format::Pretty, &Head { timestamp, ..head() });
        assert!(line.starts_with(&format!("{timestamp} INFO ")), "{line}");
    }
}

#[test]
fn story_is_actor_action_and_text() {
    assert_eq!(
        admission(style(Format::Story)),
        "[orchestratord] admission: Accepted request; queued at position 3 (ETA 420 ms) \
         on pool 'default'\n"
    );
}

#[test]
fn an_absent_target_is_absent() {
    let none = Head { target: None, ..head() };
    assert!(!bare(Format::Json, &none).contains("target"));
    assert!(!bare(Format::Logfmt, &none).contains("target"));
}

#[test]
fn a_field_named_like_a_key_of_the_head_moves_aside() {
    let set = |format| {
        let mut fields = Fields::new(style(format));
        fields.str("level", "42");
        fields.str("target", "tcp");
        fields.str("fields.target", "really");
        line(style(format), &head(), &fields)
    };
    assert!(set(Format::Json).ends_with(
        ",\"fields.level\":\"42\",\"fields.target\":\"tcp\",\"fields.fields.target\":\"really\"}\n"
    ));
    assert!(
        set(Format::Logfmt)
            .ends_with(" fields.level=\"42\" fields.target=tcp fields.fields.target=really\n")
    );
}

#[test]
fn no_value_forges_a_line_or_drives_a_terminal() {
    let hostile = "ok\n{\"level\":\"info\"}\r\u{1b}[2J\u{9b}1m\u{85}\u{2028}\u{202e}\0\u{7f}";
    let head = Head {
        timestamp: hostile,
        level: Level::Warn,
        actor: hostile,
        action: hostile,
        declared: false,
        target: Some(hostile),
        human: hostile,
    };
    let name = "a\n\u{1b}[2J";
    for format in Format::ALL {
        let mut fields = Fields::new(style(format));
        fields.str(name, hostile);
        let line = line(style(format), &head, &fields);
        let text = line.strip_suffix('\n').unwrap();
        assert!(!text.chars().any(|c| c.is_control() || crate::escape::is_hidden(c)), "{text:?}");
    }
}

#[test]
fn fields_of_another_format_do_not_spoil_a_line() {
    let mut fields = Fields::new(style(Format::Logfmt));
    fields.u64("jobs", 4);
    assert_eq!(line(style(Format::Json), &head(), &fields), bare(Format::Json, &head()));
    let mut out = String::new();
    let own = Fields::new(style(Format::Json));
    write_line(&mut out, style(Format::Json), &head(), Some(&fields), &own);
    assert_eq!(out, bare(Format::Json, &head()));
}

#[test]
fn a_line_is_appended_to_what_is_there() {
    let mut out = String::from("before\n");
    let own = Fields::new(style(Format::Story));
    write_line(&mut out, style(Format::Story), &head(), None, &own);
    assert!(out.starts_with("before\n[orchestratord] "));
    assert_eq!(out.matches('\n').count(), 2);
}
