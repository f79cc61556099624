//! Texts in, vocabularies and problems out. One page a rule holds the rules'
//! own examples; here is what spans rules, and the texts nobody would write.

use proptest::prelude::*;

use super::*;
use crate::model::{Class, Level, PiiMode, RedactionPattern, Sample, Type, Unit};

const LLAMA: &str = include_str!("llama-orch.toml");

fn told(text: &str) -> Vec<String> {
    let problems = parse(text).1;
    problems
        .iter()
        .map(|p| format!("{} {}:{} {}", p.rule.code, p.place.line, p.place.column, p.message))
        .collect()
}

#[test]
fn levels_have_rates_but_those_of_failures() {
    let actor = "[actors.scanner.actions.scan]\nwhen = \"A scan\"\n";
    let rates = "[levels.debug]\nsample = \"1/9\"\nlimit = \"5/s\"\n";
    let (taxonomy, problems) = parse(&format!("[narration]\nversion = 1\n{rates}{actor}"));
    assert_eq!(problems, []);
    let [debug] = &taxonomy.levels[..] else { panic!("{:?}", taxonomy.levels) };
    assert_eq!(debug.level, Level::Debug);
    let sample = debug.rate.sample.as_ref().map(|sample| sample.value);
    assert_eq!(sample, Some(Sample { kept: 1, of: 9 }));
    assert!(debug.rate.limit.is_some());
    let rates = "[levels.warn]\nsample = \"1/9\"\n";
    let refused = told(&format!("[narration]\nversion = 1\n{rates}{actor}"));
    assert_eq!(refused.len(), 1);
    assert!(refused[0].starts_with("N0104 3:9"), "{refused:?}");
}

#[test]
fn a_whole_vocabulary_is_read_as_it_is_written() {
    let (taxonomy, problems) = parse(LLAMA);
    assert_eq!(problems, []);
    assert_eq!(taxonomy.name, "llama-orch");
    let fields: Vec<_> = taxonomy.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(fields, ["pool_id", "engine", "jobs", "eta", "hf_token", "prompt", "device"]);
    let eta = taxonomy.field("eta").unwrap();
    assert_eq!(
        (&eta.ty, eta.unit, eta.class),
        (&Type::U64, Some(Unit::Milliseconds), Class::Public)
    );
    assert_eq!(taxonomy.field("prompt").unwrap().class, Class::Content);
    let actor = taxonomy.actor("engine-provisioner").unwrap();
    let build = actor.action("cmake-build").unwrap();
    assert_eq!(build.level, Level::Info);
    assert_eq!(build.target.as_ref().unwrap().value, "pool_id");
    let required: Vec<_> = build.fields.iter().map(|used| used.required).collect();
    assert_eq!(required, [true, true, false]);
    assert_eq!((build.place.line, build.place.column), (19, 36));
}

#[test]
fn a_declared_failure_is_a_warning_unless_it_says_otherwise() {
    let (taxonomy, _) = parse(LLAMA);
    let actor = taxonomy.actor("engine-provisioner").unwrap();
    assert_eq!(actor.action("cmake-failed").unwrap().level, Level::Warn);
    let (taxonomy, problems) = parse(&LLAMA.replace("# level", "level"));
    assert_eq!(problems, []);
    let actor = taxonomy.actor("engine-provisioner").unwrap();
    assert_eq!(actor.action("cmake-failed").unwrap().level, Level::Error);
}

#[test]
fn strings_are_free_text_and_closed_types_are_public_by_default() {
    let (taxonomy, _) = parse(
        "[fields]\na = { type = \"string\" }\nb = { type = \"bool\" }\nc = { type = \"f64\" }\n",
    );
    let classes: Vec<_> = taxonomy.fields.iter().map(|field| field.class).collect();
    assert_eq!(classes, [Class::Text, Class::Public, Class::Public]);
    assert!(taxonomy.fields.iter().all(|field| !field.class_declared));
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_the_file() {
    assert_eq!(
        told(
            "[narration]\nversion = 1\n[fields]\nPoolId = { type = \"sting\" }\n\
             [actors.a.actions.b]\nfields = [\"x\"]\nok = \"c\"\nhuman = \"{y} {}\"\n"
        ),
        [
            "N0110 4:1 `PoolId` cannot name a field: `P` is not allowed in it",
            "N0123 4:1 no action lists the field `PoolId`",
            "N0106 4:19 `type` cannot be `sting`: it is one of string, u64, i64, f64, bool, enum",
            "N0125 6:11 unknown field `x`",
            "N0135 7:6 actor `a` has no action `c`",
            "N0130 8:11 placeholder `y` is not among the fields of `b`",
            "N0129 8:14 a placeholder needs the name of a field: `{field}`",
        ]
    );
}

#[test]
fn a_target_is_a_known_field() {
    let text = |target: &str| {
        format!(
            "[narration]\nversion = 1\n[fields]\npool_id = {{ type = \"string\" }}\n\
             [actors.a.actions.b]\nfields = [\"pool_id\"]\ntarget = \"{target}\"\n"
        )
    };
    assert_eq!(told(&text("pool_id")), [""; 0]);
    assert_eq!(told(&text("session_id")), [""; 0]);
    assert_eq!(told(&text("poolid")), ["N0125 7:10 unknown field `poolid`"]);
    let help = parse(&text("poolid")).1.remove(0).help;
    assert_eq!(help.as_deref(), Some("did you mean `pool_id`?"));
}

#[test]
fn a_duplicate_names_its_first_place() {
    for (text, first) in [
        ("[fields]\na = 1\n[fields]\nb = 2\n", (1, 2)),
        ("[fields.a]\ntype = \"u64\"\n[fields.b]\ntype = \"u64\"\ntype = \"i64\"\n", (4, 1)),
        ("[actors.a]\n[ actors . a ]\n", (1, 2)),
    ] {
        let problems = parse(text).1;
        let duplicate = problems.iter().find(|p| p.rule == &crate::rules::DUPLICATE).unwrap();
        let place = duplicate.related[0].0;
        assert_eq!((place.line, place.column), first, "{text}");
    }
}

#[test]
fn broken_syntax_is_told_alone() {
    let problems = told("[fields]\na = { type \nb = }\n[actors]\nx = 1\n");
    assert!(!problems.is_empty());
    assert!(problems.iter().all(|problem| problem.starts_with("N0103")), "{problems:?}");
}

#[test]
fn redaction_is_read_in_both_spellings() {
    let (taxonomy, problems) = parse(
        "[narration]\nversion = 1\n[redaction]\npii = [\"email\", \"ip\"]\nmode = \"hash\"\n\
         off = [\"jwt\"]\nallow = [\"[a-z]+\"]\n[[redaction.rules]]\nname = \"acme\"\n\
         regex = \"acme-\\\\d+\"\n[actors.a.actions.b]\n",
    );
    assert_eq!(problems, []);
    let redaction = &taxonomy.redaction;
    assert_eq!(redaction.pii.len(), 2);
    assert_eq!(redaction.mode, PiiMode::Hash);
    assert!(
        matches!(&redaction.rules[0].pattern, RedactionPattern::Regex(r) if r.value == "acme-\\d+")
    );
    let (taxonomy, problems) =
        parse("[narration]\nversion = 1\n[redaction]\npii = \"partial\"\n[actors.a.actions.b]\n");
    assert_eq!(problems, []);
    assert_eq!(taxonomy.redaction.mode, PiiMode::Partial);
}

#[test]
fn an_opt_out_with_a_reason_lets_a_sensitive_field_be_shown() {
    let text = |field: &str, action: &str| {
        format!(
            "[narration]\nversion = 1\n[fields]\nkey = {{ type = \"string\", class = \"secret\"{field} }}\n\
             [actors.a.actions.b]\nfields = [\"key\"]\nhuman = \"With {{key}}\"\n{action}"
        )
    };
    assert_eq!(told(&text("", "")).len(), 1);
    assert_eq!(told(&text(", expose = \"sandbox\"", "")), [""; 0]);
    assert_eq!(told(&text("", "expose = \"sandbox\"\n")), [""; 0]);
}

#[test]
fn a_built_in_field_declared_again_keeps_its_class_and_unit() {
    let (taxonomy, problems) = parse(
        "[narration]\nversion = 1\n[fields]\njob_id = { type = \"string\" }\n\
         duration_ms = { type = \"u64\" }\n[actors.a.actions.b]\n",
    );
    assert_eq!(problems, []);
    assert_eq!(taxonomy.field("job_id").unwrap().class, Class::Id);
    assert_eq!(taxonomy.field("duration_ms").unwrap().unit, Some(Unit::Milliseconds));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let windows = format!("\u{feff}{}", LLAMA.replace('\n', "\r\n"));
    assert_eq!(parse(&windows), parse(LLAMA));
}

#[test]
fn an_empty_text_is_a_vocabulary_without_anything() {
    assert_eq!(
        told(""),
        [
            "N0107 1:1 the vocabulary does not say which version of the format it uses",
            "N0115 1:1 the vocabulary declares no actors",
        ]
    );
}

#[test]
fn hostile_texts_are_told_in_words_that_cannot_drive_a_terminal() {
    let nested = format!("x = {}{}", "[".repeat(5000), "]".repeat(5000));
    let dotted = format!("{}a = 1", "a.".repeat(5000));
    let named = "[fields]\n\"\\u001b[2J\\n\" = { type = \"u64\" }\n".to_owned();
    let null = "a\0b = 1".to_owned();
    for text in [nested, dotted, named, null] {
        let problems = told(&text);
        assert!(!problems.is_empty());
        assert!(problems.iter().all(|problem| !problem.contains(char::is_control)), "{problems:?}");
    }
}

#[test]
fn ten_megabytes_of_faults_are_told_in_time() {
    use std::fmt::Write as _;
    let mut text = String::from("[narration]\nversion = 1\n[fields]\n");
    for n in 0..20_000 {
        let _ = writeln!(text, "field_number_{n} = {{ type = \"u64\", unti = \"ms\" }}");
    }
    text.push_str("[actors.a.actions.b]\nfields = [");
    for n in 0..20_000 {
        let _ = write!(text, "\"feild_number_{n}\", ");
    }
    text.push_str("]\n");
    let problems = parse(&text).1;
    let last = problems.last().unwrap();
    assert_eq!(last.rule, &crate::rules::MORE_PROBLEMS);
    assert_eq!(last.message, "39801 more problems are not listed");
}

/// Lines that are nearly right reach further than noise.
fn nearly_a_vocabulary() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("[narration]".to_owned()),
        Just("version = 1".to_owned()),
        Just("[fields]".to_owned()),
        Just("[redaction]".to_owned()),
        Just("[[redaction.rules]]".to_owned()),
        "\\[actors\\.[ab]\\.actions\\.[ab]\\]",
        "[ab] = \\{ type = \"(u64|string|enum|x)\"(, class = \"(id|secret)\")?(, values = \\[\"é\"\\])? \\}",
        "fields = \\[(\"[abc]\\??\", ){0,3}\\]",
        "(ok|failed|target|level|human) = \"([ab]|warn|[{}a é]{0,9})\"",
        "\\PC{0,30}",
    ];
    proptest::collection::vec(line, 0..14).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn nothing_panics_and_every_place_is_in_the_text(
        text in prop_oneof!["\\PC{0,80}", any::<String>(), nearly_a_vocabulary()]
    ) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let lines: Vec<_> = text.split('\n').collect();
        for problem in parse(text).1 {
            for place in problem.related.iter().map(|(place, _)| place).chain([&problem.place]) {
                prop_assert_eq!(place.file, 0);
                let line = lines.get(place.line.wrapping_sub(1));
                prop_assert!(line.is_some(), "{:?}", problem);
                prop_assert!(place.column >= 1 && place.column <= line.unwrap().chars().count() + 1);
            }
        }
    }
}
