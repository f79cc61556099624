//! What a value may become, by the class of its field, wherever it goes: fields, target, text,
//! spans, errors — in our lines and for subscribers that know no classes.

use std::cell::Cell;
use std::fmt;

use narration_runtime::{narrate, narrated};
use narration_tests::harmless::{assert_harmless, assert_nowhere};
use narration_tests::{Told, told};

const TOKEN: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

/// Counts how often it is formatted, and says what it is.
struct Watched<'c>(&'c Cell<u32>);

impl fmt::Display for Watched<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.set(self.0.get() + 1);
        f.write_str("open-sesame")
    }
}

impl fmt::Debug for Watched<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Bursts when it is formatted.
struct Bomb;

impl fmt::Display for Bomb {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("a secret was formatted")
    }
}

#[test]
fn a_secret_is_never_formatted() {
    let count = Cell::new(0);
    let told = told(|| {
        narrate!(actor = "vault", action = "unlock", gate_code = Bomb);
        narrate!(actor = "vault", action = "unlock", gate_code = %Watched(&count));
        narrate!(actor = "vault", action = "unlock", gate_code = ?Watched(&count));
        narrate!(actor = "vault", action = "unlock", gate_code = Some(Watched(&count)));
        narrate!(
            actor = "vault",
            action = "unlock",
            gate_code = Watched(&count),
            target = gate_code
        );
    });
    assert_eq!(count.get(), 0, "how often it was formatted");
    for record in told.records() {
        assert_eq!(record.field("gate_code").unwrap().as_str(), Some("[redacted:secret]"));
    }
    assert_nowhere(&told, "open-sesame");
}

#[test]
fn a_secret_number_is_hidden_too() {
    let told = told(|| {
        narrate!(actor = "vault", action = "unlock", gate_code = "x", vault_number = 90_210u64)
    });
    assert_eq!(told.field("vault_number").as_deref(), Some("[redacted:secret]"));
    assert_nowhere(&told, "90210");
}

#[test]
fn numbers_and_truth_of_every_type_are_hidden_by_their_class() {
    let told = told(|| {
        let (dial, insured, alarmed) = (-31_415i64, 880.25, true);
        narrate!(
            actor = "vault",
            action = "unlock",
            human = "Unlocking what is worth {insured}",
            gate_code = "x",
            dial,
            insured,
            alarmed
        );
    });
    for (name, class) in [("dial", "secret"), ("insured", "pii"), ("alarmed", "secret")] {
        assert_eq!(told.field(name), Some(format!("[redacted:{class}]")), "{name}");
    }
    for value in ["31415", "880.25", "true"] {
        assert_nowhere(&told, value);
    }
}

#[test]
fn a_secret_that_is_not_there_is_left_out() {
    let told = told(|| {
        let gate_code: Option<&str> = None;
        narrate!(actor = "vault", action = "unlock", gate_code);
        narrate!(actor = "vault", action = "unlock", gate_code = &gate_code);
        narrate!(actor = "vault", action = "unlock", gate_code = &Some("open-sesame"));
    });
    let codes: Vec<_> =
        told.records().iter().map(|told| told.field("gate_code").is_some()).collect();
    assert_eq!(codes, [false, false, true]);
    assert_nowhere(&told, "open-sesame");
}

#[narrated(actor = "vault", action = "unlock")]
fn unlock(gate_code: Bomb, letter: &str, recipient: &str, vault_number: u64) -> Result<(), String> {
    narrate!(actor = "sorter", action = "step");
    Err(format!("the lock at {recipient} is stuck").replace(recipient, "the gate"))
}

#[test]
fn arguments_of_a_fn_are_hidden_in_its_span_and_in_every_narration_below() {
    let told = told(|| drop(unlock(Bomb, "Dear Ada", "Ada Lovelace", 90_210)));
    assert_eq!(told.plot(), ["unlock", "step", "unlock failed"]);
    for record in told.records() {
        assert_eq!(
            record.field("gate_code").unwrap().as_str(),
            Some("[redacted:secret]"),
            "{record:?}"
        );
        assert_eq!(record.field("vault_number").unwrap().as_str(), Some("[redacted:secret]"));
        assert_eq!(record.field("recipient").unwrap().as_str(), Some("[redacted:pii]"));
    }
    for secret in ["Dear Ada", "Lovelace", "90210"] {
        assert_nowhere(&told, secret);
    }
}

fn content(letter: &str) -> String {
    let told = told(|| narrate!(actor = "scanner", action = "inspect", letter));
    if !letter.is_empty() {
        assert_nowhere(&told, letter);
    }
    told.field("letter").expect("it is there")
}

#[test]
fn content_becomes_its_length_and_a_fingerprint() {
    let ada = content("Dear Ada, the key is under the mat");
    assert!(ada.contains("34 bytes"), "{ada}");
    assert_eq!(ada, content("Dear Ada, the key is under the mat"), "equal contents can be told");
    assert_ne!(ada, content("Dear Ada, the key is under the hat"), "different ones, too");
    assert!(content("größe").contains("7 bytes"), "bytes are counted");
    assert!(content("").contains("0 bytes"));
}

#[test]
fn personal_data_is_masked_whatever_its_type() {
    let told = told(|| {
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "A parcel for {recipient}, born {birth_year}, {recipient:?}",
            recipient = "Ada Lovelace",
            birth_year = 1815u64
        );
    });
    assert_eq!(told.human(), "A parcel for [redacted:pii], born [redacted:pii], [redacted:pii]");
    assert_eq!(told.field("birth_year").as_deref(), Some("[redacted:pii]"));
    assert_nowhere(&told, "Lovelace");
    assert_nowhere(&told, "1815");
}

fn scan(parcel_id: &str) -> Told {
    told(|| narrate!(actor = "scanner", action = "scan", parcel_id))
}

#[test]
fn an_id_stays_as_it_is() {
    for id in ["NL-204-7781", "req:1.2", "0d9f7c3e-5f0b-4f5e-9d0a-0b8b1c0d2e3f", TOKEN] {
        let told = scan(id);
        assert_eq!(told.field("parcel_id").as_deref(), Some(id));
        assert_eq!(told.record().target.as_deref(), Some(id));
        assert_eq!(told.human(), format!("Scanned parcel {id}"));
    }
}

#[test]
fn an_id_that_is_none_is_treated_as_text_everywhere() {
    let told = scan(&format!("parcel {TOKEN}"));
    assert_nowhere(&told, TOKEN);
    let told = scan("token=4f9d27c1b8e35a60\n2026 forged");
    assert_nowhere(&told, "4f9d27c1b8e35a60");
    assert_harmless(&told, 1);
    let harmless = scan("two words");
    assert_eq!(harmless.field("parcel_id").as_deref(), Some("two words"), "it is no secret");
}

#[test]
fn an_enums_word_stays_and_any_other_is_treated_as_text() {
    let belt = |belt: &str| {
        told(|| {
            narrate!(
                actor = "scanner",
                action = "inspect",
                human = "On belt {belt}, {belt:>8}",
                belt
            )
        })
    };
    let express = belt("express");
    assert_eq!(express.field("belt").as_deref(), Some("express"));
    assert_eq!(express.human(), "On belt express,  express");
    assert_eq!(belt("west").field("belt").as_deref(), Some("west"), "nothing is lost");
    assert_nowhere(&belt(&format!("Bearer {TOKEN}")), TOKEN);
}

#[test]
fn free_text_goes_through_the_detector_in_fields_texts_and_targets() {
    let told = told(|| {
        let remark = format!("gate opens with token={TOKEN} at night");
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "Clerk: {remark}, {remark:?}",
            remark
        );
        narrate!(actor = "scanner", action = "inspect", target = format!("door?token={TOKEN}"));
        narrate!(actor = "scanner", action = "inspect", remark = %std::io::Error::other(format!("token={TOKEN}")));
    });
    assert_nowhere(&told, TOKEN);
    let records = told.records();
    assert_eq!(
        records[0].field("remark").unwrap().as_str(),
        Some("gate opens with token=[redacted:github] at night")
    );
    assert!(records[1].target.as_deref().unwrap().contains("[redacted:"), "{:?}", records[1]);
}

#[test]
fn a_url_loses_its_credentials_and_keeps_the_rest() {
    let told = told(|| {
        let tracking_url =
            "https://ada:s3cr3tpass@track.example/7781?api_key=4f9d27c1b8e35a60&lang=nl";
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "See {tracking_url} or {tracking_url:?}",
            tracking_url
        );
    });
    assert_nowhere(&told, "s3cr3tpass");
    assert_nowhere(&told, "4f9d27c1b8e35a60");
    let url = told.field("tracking_url").unwrap();
    assert!(
        url.starts_with("https://")
            && url.contains("track.example/7781")
            && url.contains("lang=nl"),
        "{url}"
    );
}

#[test]
fn a_path_stays_readable() {
    let told = told(|| {
        narrate!(
            actor = "scanner",
            action = "inspect",
            label_path = "/var/lib/labels/4f9d27c1b8e35a60.png"
        )
    });
    assert_eq!(told.field("label_path").as_deref(), Some("/var/lib/labels/4f9d27c1b8e35a60.png"));
}

#[test]
fn public_values_and_numbers_are_never_looked_at() {
    let told = told(|| {
        narrate!(
            actor = "scanner",
            action = "inspect",
            carrier = format!("token={TOKEN}"),
            weight_g = 4_111_111_111_111_111u64
        )
    });
    assert_eq!(told.field("carrier"), Some(format!("token={TOKEN}")), "it was declared public");
    assert_eq!(told.field("weight_g").as_deref(), Some("4111111111111111"));
}

#[derive(Debug)]
struct Refused(std::io::Error);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the hub refused")
    }
}

impl std::error::Error for Refused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[test]
fn an_error_and_its_sources_go_through_the_detector() {
    #[narrated(actor = "sorter", action = "route")]
    fn route(parcel_id: &str) -> Result<(), Refused> {
        Err(Refused(std::io::Error::other(format!("Authorization: Bearer {TOKEN}"))))
    }
    let told = told(|| drop(route("p-1")));
    assert_nowhere(&told, TOKEN);
    let failed = &told.records()[1];
    let error = failed.field("error").unwrap().to_string();
    assert!(error.starts_with("the hub refused: "), "{error}");
    assert!(failed.human.contains("the hub refused: "), "{failed:?}");
}

#[test]
fn what_a_panic_says_goes_through_the_detector() {
    #[narrated(actor = "sorter", action = "route")]
    fn route(parcel_id: &str) {
        panic!("{parcel_id}: the hub refused token={TOKEN}");
    }
    let told = told(|| assert!(std::panic::catch_unwind(|| route("p-1")).is_err()));
    assert_nowhere(&told, TOKEN);
    let panicked = &told.records()[1];
    let error = panicked.field("error").unwrap().to_string();
    assert_eq!(error, "p-1: the hub refused token=[redacted:github]");
    assert_eq!(panicked.field("error_kind").unwrap().as_str(), Some("panic"));
}
