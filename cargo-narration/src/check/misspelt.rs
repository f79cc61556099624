//! Names with one slip of the pen: in go a wrong name and the known ones, out comes the known one
//! that can be meant, where it is the only one.
//!
//! A suggestion may guess; a change may not. What `--fix` puts in place is one slip away from
//! what was written, and nothing else is.

/// The shortest name in which one slip leaves enough to tell what was meant.
const SHORTEST: usize = 4;

/// The only known name that is one slip away.
pub(super) fn meant<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wrong.chars().count() < SHORTEST {
        return None;
    }
    let wrong = folded(wrong);
    let mut near = known.into_iter().filter(|name| one_slip(&wrong, &folded(name)));
    let only = near.next()?;
    near.next().is_none().then_some(only)
}

/// A name without the differences that are no mistake but a habit.
fn folded(name: &str) -> Vec<char> {
    name.chars().map(|c| if c == '_' { '-' } else { c.to_ascii_lowercase() }).collect()
}

/// Whether one letter is too many, missing or another, or two have changed places.
fn one_slip(one: &[char], other: &[char]) -> bool {
    let head = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[head..], &other[head..]);
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other);
    let tail = tail.count();
    match (&one[..one.len() - tail], &other[..other.len() - tail]) {
        ([], []) | ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 6] = ["spawn", "drain", "cmake-build", "verify", "verified", "load"];

    #[test]
    fn one_slip_is_understood() {
        for (wrong, name) in [
            ("spwan", "spawn"),
            ("spawwn", "spawn"),
            ("spaw", "spawn"),
            ("spamn", "spawn"),
            ("Cmake_Build", "cmake-build"),
            ("cmak-build", "cmake-build"),
        ] {
            assert_eq!(meant(wrong, KNOWN), Some(name), "{wrong}");
        }
    }

    #[test]
    fn what_may_be_something_else_is_left_alone() {
        for wrong in ["", "lod", "spawned", "build", "tear-down", "dsawn"] {
            assert_eq!(meant(wrong, KNOWN), None, "{wrong}");
        }
        assert_eq!(meant("load", ["lead", "road"]), None);
    }
}
