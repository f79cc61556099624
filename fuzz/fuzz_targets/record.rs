//! The reader of records on arbitrary lines, and what a writer makes of
//! arbitrary values: one line that reads back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use narration_record::{Fields, Format, Head, Level, Style, read, write_line};

fuzz_target!(|text: &str| {
    let _ = read(text);
    for format in [Format::Json, Format::Logfmt] {
        let style = Style { format, colour: false };
        let mut fields = Fields::new(style);
        fields.str("note", text);
        let head = Head {
            timestamp: "2026-11-21T18:34:05.123456Z",
            level: Level::Info,
            actor: "scanner",
            action: "read",
            declared: false,
            target: Some(text),
            human: text,
        };
        let mut line = String::new();
        write_line(&mut line, style, &head, None, &fields);
        assert_eq!(line.matches('\n').count(), 1, "one line");
        assert_eq!(read(&line).expect("what was written reads back").human, text);
    }
});
