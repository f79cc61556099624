//! What a file's content comes to in 32 bytes.
//!
//! In: a text such as `sha256:9f86…`, or anything that can be read. Out: a
//! [`Digest`] to compare.

use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

/// How much is read at a time, in bytes: models are larger than memory.
const CHUNK: usize = 64 * 1024;

/// A SHA-256 digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest([u8; 32]);

/// A text that is no digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDigest;

impl Digest {
    /// The digest of everything that can be read.
    ///
    /// # Errors
    ///
    /// What reading fails with.
    pub fn of(mut content: impl Read) -> io::Result<Self> {
        let (mut hasher, mut chunk) = (Sha256::new(), vec![0; CHUNK]);
        loop {
            match content.read(&mut chunk) {
                Ok(0) => return Ok(Self(hasher.finalize().into())),
                Ok(read) => hasher.update(chunk.get(..read).unwrap_or_default()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The digest of a file.
    ///
    /// # Errors
    ///
    /// What opening or reading it fails with.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        Self::of(File::open(path)?)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sha256:")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Digest {
    type Err = NoDigest;

    fn from_str(text: &str) -> Result<Self, NoDigest> {
        let digits = text.strip_prefix("sha256:").ok_or(NoDigest)?.as_bytes();
        let mut bytes = [0; 32];
        if digits.len() != 2 * bytes.len() {
            return Err(NoDigest);
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = pair.iter().try_fold(0, |high, digit| Ok(high << 4 | nibble(*digit)?))?;
        }
        Ok(Self(bytes))
    }
}

fn nibble(digit: u8) -> Result<u8, NoDigest> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        b'A'..=b'F' => Ok(digit - b'A' + 10),
        _ => Err(NoDigest),
    }
}

impl fmt::Display for NoDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a digest is `sha256:` and 64 hexadecimal digits")
    }
}

impl Error for NoDigest {}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published digest of the three bytes `abc`.
    const ABC: &str = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn the_published_example_comes_out() {
        assert_eq!(Digest::of(&b"abc"[..]).unwrap().to_string(), ABC);
    }

    #[test]
    fn a_digest_reads_back_in_either_case() {
        let digest: Digest = ABC.parse().unwrap();
        assert_eq!(digest.to_string(), ABC);
        let capitals = format!("sha256:{}", ABC["sha256:".len()..].to_uppercase());
        assert_eq!(capitals.parse(), Ok(digest));
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        let short = &ABC[..ABC.len() - 1];
        let long = format!("{ABC}0");
        let odd = ABC.replace('b', "g");
        for text in ["", "sha256:", "md5:00", short, &long, &odd, &ABC["sha256:".len()..]] {
            assert_eq!(text.parse::<Digest>(), Err(NoDigest), "{text}");
        }
    }
}
