//! What is left of a narration that is compiled out.
//!
//! In: one fn with a narration and the same without, built with every event
//! taken out. Out: whether their instructions are the same. The same fns built
//! as usual must differ: otherwise nothing was compared.

use std::fs;

use super::PACKAGE;
use super::place::Place;
use super::table::{Bar, Row, Table};
use crate::failure::{Failure, Telling};
use crate::program;

const TITLE: &str = "A narration compiled out (instructions in the assembly)";

/// The fns of the subject.
const FNS: [&str; 2] = ["with_narration", "without_narration"];

/// Builds both ways and compares.
pub(super) fn measure(place: &Place<'_>) -> Result<Table, Failure> {
    let [with, without] = match bodies(place, "compiled-out")? {
        [Some(with), Some(without)] => [with, without],
        // Fns with the same instructions are merged into one: that they were is the proof.
        [Some(only), None] | [None, Some(only)] => [only.clone(), only],
        [None, None] => return Err(Failure::new("the assembly has neither fn")),
    };
    let [Some(usual), Some(silent)] = bodies(place, "")? else {
        return Err(Failure::new("nothing was compared: no narration is seen in the usual build"));
    };
    if with != without {
        let (with, without) = (with.join("\n"), without.join("\n"));
        return Err(Failure::new(format!(
            "compiled out, it leaves this behind:\n{with}\nwithout it:\n{without}"
        )));
    }
    let rows = vec![
        row("compiled out, beside the same fn without it", &with, &without, Bar::AtMost(1.0)),
        row("for comparison: not compiled out", &usual, &silent, Bar::None),
    ];
    Ok(Table::new(TITLE, "instructions", rows)
        .with_note("Identical instruction by instruction, labels aside."))
}

fn row(what: &str, ours: &[String], peer: &[String], bar: Bar) -> Row {
    let count = |lines: &[String]| u32::try_from(lines.len()).map_or(f64::MAX, f64::from);
    Row { what: what.to_owned(), ours: count(ours), peer: count(peer), bar }
}

/// The instructions of both fns in a build with these features; nothing for one that is not there.
fn bodies(place: &Place<'_>, features: &str) -> Result<[Option<Vec<String>>; 2], Failure> {
    let folder = place.target.join("bench");
    fs::create_dir_all(&folder).told(|| format!("cannot make {}", folder.display()))?;
    let assembly = folder.join(format!("assembly{features}.s"));
    let mut built = place.cargo("rustc");
    built.args([
        "--release",
        "--package",
        PACKAGE,
        "--example",
        "compiled_out",
        "--features",
        features,
    ]);
    built.args(["--", "-Ccodegen-units=1"]).arg(format!("--emit=asm={}", assembly.display()));
    program::run(&mut built)?;
    let text =
        fs::read_to_string(&assembly).told(|| format!("cannot read {}", assembly.display()))?;
    Ok(FNS.map(|name| body(&text, name)))
}

/// The instructions of a fn: no directives, no labels of debuggers, its own labels numbered from 0.
fn body(assembly: &str, name: &str) -> Option<Vec<String>> {
    let mangled = format!("{}{name}", name.len());
    let lines = assembly
        .lines()
        .skip_while(|line| !(line.ends_with(':') && line.contains(&mangled)))
        .skip(1);
    let lines = lines.take_while(|line| !line.starts_with(".Lfunc_end"));
    let code: Vec<&str> = lines.map(str::trim).filter(|line| is_code(line)).collect();
    let labels: Vec<&str> = code.iter().filter_map(|line| line.strip_suffix(':')).collect();
    let numbered = |line: &str| {
        labels.iter().enumerate().fold(line.to_owned(), |line, (number, label)| {
            line.replace(label, &format!("L{number}"))
        })
    };
    (!code.is_empty()).then(|| code.into_iter().map(numbered).collect())
}

fn is_code(line: &str) -> bool {
    let label = line.ends_with(':');
    let debugger = label && (line.starts_with(".Ltmp") || line.starts_with(".Lfunc"));
    !debugger
        && (label || !line.starts_with('.'))
        && !line.starts_with(['#', '/'])
        && !line.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_its_instructions_without_what_debuggers_read() {
        let text = "\t.type\t_RN14with_narration,@function\n_RN14with_narration:\n.Lfunc_begin0:\n\t.loc 1 2 3\n\
                    \tpushq\t%rax\n.Ltmp3:\n\tjne\t.LBB7_2\n.LBB7_2:\n\tretq\n.Lfunc_end0:\n\tnop\n";
        let lines = body(text, "with_narration").unwrap();
        assert_eq!(lines, ["pushq\t%rax", "jne\tL0", "L0:", "retq"]);
        assert_eq!(body(text, "without_narration"), None);
    }
}
