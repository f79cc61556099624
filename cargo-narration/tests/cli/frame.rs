//! What holds for every verb: how it is called, how it ends, what it prints where.

use std::io::Read as _;
use std::process::Stdio;

use crate::support::{Crate, Run, VOCABULARY, command};

#[test]
fn cargo_and_the_shell_may_call_it() {
    let folder = Crate::empty();
    let by_cargo = folder.run(&["narration", "check", "--help"]);
    let by_shell = folder.run(&["check", "--help"]);
    assert_eq!((by_cargo.code, &by_cargo.out), (0, &by_shell.out));
    assert!(by_shell.out.contains("Examples:\n  cargo narration check"), "{}", by_shell.out);
}

#[test]
fn help_lists_every_verb_and_every_exit_code() {
    let help = Crate::empty().run(&["--help"]);
    for word in ["check", "completions", "man", "Exit codes:", "  3    an input cannot be read"] {
        assert!(help.out.contains(word), "{word} is missing in {}", help.out);
    }
}

#[test]
fn a_wrong_command_line_ends_with_two_and_says_so_on_the_standard_error() {
    let folder = Crate::empty();
    for words in
        [&["chekc"][..], &[][..], &["check", "--deny", "N9999"][..], &["check", "--what"][..]]
    {
        let run = folder.run(words);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{words:?}: {run:?}");
        assert!(!run.err.is_empty());
    }
    assert!(folder.run(&["chekc"]).err.contains("'check'"), "a near verb is suggested");
}

#[test]
fn without_a_package_there_is_nothing_to_read() {
    let run = Crate::empty().run(&["check"]);
    assert_eq!((run.code, run.out.as_str()), (3, ""), "{run:?}");
    assert!(run.err.contains("Cargo.toml") && run.err.contains("--manifest-path"), "{}", run.err);
}

#[test]
fn colours_are_for_those_who_want_them() {
    let here = Crate::new(VOCABULARY, "fn f() { println!(\"x\"); }");
    assert!(!here.run(&["check"]).out.contains('\u{1b}'));
    assert!(here.run(&["check", "--color", "always"]).out.contains('\u{1b}'));
    let forced = |no_colour: bool| {
        let mut command = command();
        command.current_dir(here.root()).args(["check"]).env("CLICOLOR_FORCE", "1");
        if no_colour {
            command.env("NO_COLOR", "1").args(["--color", "never"]);
        }
        Run::of(command.output().unwrap()).out
    };
    assert!(forced(false).contains('\u{1b}'));
    assert!(!forced(true).contains('\u{1b}'));
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    // More than a pipe holds, so that the writer meets the closed end.
    let source = "fn f() { println!(\"x\"); }\n".repeat(5000);
    let here = Crate::new(VOCABULARY, &source);
    let mut child = command()
        .current_dir(here.root())
        .args(["check", "--format", "json", "--deny", "warnings"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut first).unwrap();
    drop(out);
    let run = Run::of(child.wait_with_output().unwrap());
    assert_eq!((run.code, run.err.as_str()), (1, ""));
}

#[test]
fn completions_and_the_manual_know_every_verb() {
    let folder = Crate::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = folder.run(&["completions", shell]);
        assert_eq!(run.code, 0);
        assert!(run.out.contains("check") && run.out.contains("deny"), "{shell}");
    }
    let man = folder.run(&["man"]).out;
    assert!(man.starts_with(".ie") && man.contains(".TH cargo-narration 1"), "{man}");
    assert!(man.contains("CARGO NARRATION CHECK") && man.contains("\\-\\-deny"), "{man}");
}
