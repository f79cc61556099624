//! `check --fix`: what is changed, and what is left to the one who wrote it.

use crate::check::{SOUND, vocabulary};
use crate::support::Crate;

#[test]
fn deprecated_names_are_told_and_changed() {
    let vocabulary = vocabulary()
        + "[actors.pool-managerd.actions.halt]\nfields = [\"pool_id\"]\nhuman = \"Halting {pool_id}\"\ndeprecated = { use = \"drain\" }\n";
    let here = Crate::new(&vocabulary, &SOUND.replace("\"drain\"", "\"halt\""));
    here.append("src/lib.rs", "fn f() { let x = dbg!(1 + 2) * 3; dbg!(x); }");
    let run = here.run(&["check"]);
    assert!(run.out.contains("warning[N0013]: `halt` is on its way out"), "{}", run.out);
    let run = here.run(&["check", "--fix"]);
    assert!(run.out.contains("3 places changed"), "{}", run.out);
    let source = here.read("src/lib.rs");
    assert!(source.contains("action = \"drain\""), "{source}");
    assert!(source.contains("let x = (1 + 2) * 3; x;"), "{source}");
    assert_eq!(here.run(&["check", "--format", "json"]).findings(), [""; 0]);
}

#[test]
fn a_slip_of_the_pen_is_mended_where_only_one_name_can_be_meant() {
    let source = "use narration_runtime::narrate;\n\
        pub fn f(pool_id: &str, pol_id: &str, device: &str) {\n\
        \u{20}   narrate!(actor = \"pool-mangerd\", action = \"drain\", pool_id); // the pool goes\n\
        \u{20}   narrate!(actor = \"pool-managerd\", action = \"darin\", pool_id);\n\
        \u{20}   narrate!(actor = \"pool-managerd\", action = \"drain\", pol_id);\n\
        \u{20}   narrate!(actor = \"pool-managerd\", action = \"spawn\", poolid = pool_id /* its */, device);\n\
        \u{20}   narrate!(actor = \"pool-managerd\", action = \"spawned\", pool_id, device);\n}\n";
    let here = Crate::new(&vocabulary(), source);
    let run = here.run(&["check", "--fix"]);
    assert!(run.out.contains("4 places changed"), "{}", run.out);
    let fixed = here.read("src/lib.rs");
    let wanted = source
        .replace("pool-mangerd", "pool-managerd")
        .replace("darin", "drain")
        .replace(", pol_id)", ", pool_id = pol_id)")
        .replace("poolid = pool_id", "pool_id = pool_id");
    assert_eq!(fixed, wanted, "`spawned` may be something new");
    let left = here.run(&["check", "--format", "json"]).findings();
    let errors: Vec<_> = left.iter().filter(|one| one.starts_with("N00")).collect();
    assert_eq!(errors, ["N0002 src/lib.rs:7:48"], "{left:?}");
    assert!(!here.run(&["check", "--fix"]).out.contains("changed"));
    assert_eq!(here.read("src/lib.rs"), fixed);
}

#[test]
fn what_is_said_beside_a_value_is_not_lost() {
    let source = "pub fn f(x: u32) -> u32 { dbg!(/* why */ x) + dbg!(x) }\n";
    let here = Crate::new(&vocabulary(), source);
    here.run(&["check", "--fix"]);
    let fixed = here.read("src/lib.rs");
    assert_eq!(fixed, "pub fn f(x: u32) -> u32 { dbg!(/* why */ x) + x }\n");
}
