//! The verdict on a named value: name, joint and value go in, whether the value is a secret comes out.

use super::{
    code, command,
    joint::{Close, Kind},
    named::{Announced, Named},
    placeholder, prose, scheme, shapes,
};
use crate::{
    bytes::{self, DIGIT, LOWER, UPPER, at, before, between},
    names::{Noun, Trust},
};

impl Named<'_, '_> {
    fn quoted(&self) -> bool {
        self.joint.close != Close::Bare
    }

    fn is_password(&self) -> bool {
        self.name.noun == Noun::Password
    }

    /// Whether the value of a name is a secret.
    pub(super) fn is_secret(&self) -> bool {
        let Announced { text, start, end, name, joint, .. } = **self;
        let value = self.value;
        if self.is_harmless() {
            return false;
        }
        if name.trust == Trust::Opaque {
            return match joint.kind {
                Kind::Blank => is_shouted(text, start, end, value),
                Kind::Says | Kind::Far | Kind::Compares => false,
                // What signs an image is named by its digest.
                _ if value.starts_with(b"sha") && matches!(at(value, 6), b'-' | b':') => false,
                // `used_api = "apps/v1"` names a part of one.
                _ if bytes::ends_with_fold(self.letters(), b"api") && value.contains(&b'/') => {
                    false
                }
                _ => {
                    shapes::is_opaque(value)
                        || shapes::is_scrambled(value)
                        || shapes::is_endless_number(value)
                }
            };
        }
        // What a run of tests says of each of them, and what is short for a power, too.
        let short = self.letters() == b"PASS" || self.letters().eq_ignore_ascii_case(b"pw");
        if short && !self.quoted() && !is_mixed(value, 4) && !shapes::is_restless(value) {
            return false;
        }
        match joint.kind {
            Kind::Equals | Kind::Element => self.by_equals(),
            Kind::Compares => self.quoted() || is_mixed(value, 6),
            Kind::Colon => self.by_colon(),
            Kind::Comma => {
                at(text, start) == b'-' && value.len() >= 3
                    || (!shapes::is_word(value) && is_mixed(value, 8) && !prose::is_readable(value))
                    || shapes::is_restless(value) && (self.is_password() || value.len() >= 20)
            }
            Kind::Flag => self.by_flag(),
            Kind::Call => self.by_call(),
            Kind::Says => self.by_speech(),
            Kind::Far => {
                is_one_run(value, 16) && shapes::is_opaque(value) && !value.starts_with(b"0x")
            }
            Kind::Blank if self.quoted() => self.by_quotes(),
            Kind::Blank => is_shouted(text, start, end, value) || self.by_blank(),
        }
    }

    /// Whether the value is something that stands where secrets do and is none.
    fn is_harmless(&self) -> bool {
        let Announced { text, start, end, joint, .. } = **self;
        let Self { value, value_end, .. } = *self;
        let by_signs = |value| {
            placeholder::is_placeholder(value)
                || shapes::is_path_or_url(value)
                || code::is_code(value)
                || matches!(value.first(), Some(b'{' | b',')) && value.ends_with(b":")
                || shapes::is_opened_word(value)
                || !self.is_password() && (shapes::is_identity(value) || shapes::is_package(value))
        };
        if !shapes::is_plain_mix(value) && by_signs(value)
            || is_type(value) && bytes::from(text, value_end).starts_with(b" {")
            || code::names_itself(text, start, end, value)
            || code::names_a_resource(text, start)
        {
            return true;
        }
        shapes::is_number(value)
            && self.name.noun != Noun::Code
            && (!self.is_password()
                || value.len() < 4
                || joint.kind == Kind::Colon && prose::follows(text, value_end))
    }

    fn by_equals(&self) -> bool {
        let (name, value) = (self.name, self.value);
        match name.noun {
            Noun::Password => value != b"pw" && !(value.starts_with(b"/") && name.compound),
            // `token=identifier` is what a parser says.
            Noun::Token if !name.compound && !self.quoted() => {
                value.len() >= 4 && !shapes::is_word(value)
            }
            Noun::Session | Noun::Credential => is_mixed(value, 8) || shapes::is_restless(value),
            Noun::Code => is_one_time_code(value),
            _ => value.len() >= 4,
        }
    }

    fn by_colon(&self) -> bool {
        let Announced { text, start, name, .. } = **self;
        let Self { value, value_end, .. } = *self;
        if name.noun == Noun::Code {
            return is_one_time_code(value);
        }
        let glued = before(text, self.joint.value) == b':';
        let word = shapes::is_word(value);
        if name.noun == Noun::Token && !name.compound && shapes::is_piece_of_text(value)
            || !self.is_password() && shapes::is_pair(value)
        {
            return false;
        }
        if self.quoted() || glued {
            return if self.is_password() {
                value.len() >= 3
            } else {
                value.len() >= 4 && (!word || name.compound && self.quoted())
            };
        }
        if word {
            // `db_password: blooberry` at the end of a line is a setting; in a sentence it is prose.
            return (self.is_password() || name.compound)
                && value.len() >= 4
                && !prose::follows(text, value_end)
                && !prose::precedes(text, start);
        }
        if self.is_password() || name.compound {
            return value.len() >= 3;
        }
        is_mixed(value, 8) || value.len() >= 16
    }

    fn by_flag(&self) -> bool {
        let Announced { text, name, .. } = **self;
        let Self { value, value_end, .. } = *self;
        if name.noun == Noun::Code {
            return is_one_time_code(value);
        }
        // `--password string   the password to use` is what a command's help says.
        let told = shapes::is_word(value) && between(text, value_end, value_end + 2) == b"  ";
        let word = prose::is_function_word(value) || value.starts_with(b"-");
        // `--secret dbPassword value` says that what the value is of is a secret.
        let name = command::sets(text, self.joint.value, value_end);
        value.len() >= 3 && !word && !told && !name && !scheme::is_parameter(value)
    }

    fn by_call(&self) -> bool {
        let shouted = self.letters() == b"PASSWORD" && self.value.len() >= 3;
        let chosen = is_mixed(self.value, 6) || shapes::is_restless(self.value);
        self.is_password() && self.quoted() && (shouted || chosen)
    }

    /// `the password is …`
    fn by_speech(&self) -> bool {
        let value = self.value;
        if self.name.noun == Noun::Code {
            return is_one_time_code(value);
        }
        if self.quoted() {
            let random = is_mixed(value, 8) || value.len() >= 20 && shapes::is_restless(value);
            return self.is_password() && value.len() >= 3 || random;
        }
        if self.is_password() {
            let chosen = is_mixed(value, 6) || shapes::is_restless(value);
            return chosen && !prose::is_readable(value);
        }
        is_one_run(value, 20) && shapes::is_opaque(value)
    }

    /// `password "value"`, or one of the settings whose value always follows a blank.
    fn by_quotes(&self) -> bool {
        // `to rerun pass `-p app --lib`` quotes what to give a command.
        if self.value.starts_with(b"-") {
            return false;
        }
        let setting = is_directive(self.letters()) && self.value.len() >= 3;
        setting || self.is_password() && !shapes::is_word(self.value) || is_mixed(self.value, 8)
    }

    /// `password hunter22`, without anything in between.
    fn by_blank(&self) -> bool {
        let Announced { text, start, .. } = **self;
        let Self { value, value_end, .. } = *self;
        let ends_line = matches!(at(text, value_end), 0 | b'\r' | b'\n');
        if is_directive(self.letters()) && starts_line(text, start) && ends_line {
            return value.len() >= 3;
        }
        if self.is_password() {
            // `password field2 is empty` goes on, `with password wr0ngP4ss` ends.
            let goes_on = at(text, value_end) == b' ' && prose::follows(text, value_end);
            let restless = shapes::is_restless(value);
            let chosen = !goes_on || restless || shapes::is_scrambled(value);
            return chosen
                && (restless || is_mixed(value, 6))
                && !prose::is_readable(value)
                && !scheme::is_parameter(value);
        }
        let counts = self.name.noun == Noun::Token && prose::speaks_of_a_cursor(text, start);
        matches!(self.name.noun, Noun::Token | Noun::Key | Noun::Secret)
            && !counts
            && (shapes::is_access_secret(value)
                || is_bootstrap_token(value)
                || shapes::is_product_key(value)
                || is_one_run(value, 20)
                    && (shapes::is_opaque(value)
                        || value.len() >= 32 && shapes::is_scrambled(value))
                    && !value.starts_with(b"0x"))
    }
}

/// Whether a value may be the name of a type: `SecretString`, whose fields stand behind it.
fn is_type(value: &[u8]) -> bool {
    value.first().is_some_and(u8::is_ascii_uppercase) && value.iter().all(u8::is_ascii_alphabetic)
}

/// Whether a value is what a node joins a Kubernetes cluster with: `abcdef.0123456789abcdef`.
fn is_bootstrap_token(value: &[u8]) -> bool {
    value.len() == 23
        && at(value, 6) == b'.'
        && bytes::run_end(value, 0, LOWER | DIGIT) == 6
        && bytes::run_end(value, 7, LOWER | DIGIT) == 23
        && value.iter().any(u8::is_ascii_digit)
}

/// Settings that stand alone on their line, before their value.
fn is_directive(letters: &[u8]) -> bool {
    matches!(letters, b"requirepass" | b"masterauth" | b"rootpw" | b"bindpw")
}

fn starts_line(text: &[u8], start: usize) -> bool {
    matches!(before(text, start), 0 | b'\n')
}

/// A number of four to eight digits, or a short mix of letters and digits.
fn is_one_time_code(value: &[u8]) -> bool {
    (4..=12).contains(&value.len())
        && value.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        && value.iter().filter(|byte| byte.is_ascii_digit()).count() >= 3
}

/// Whether nothing but letters and digits are in a value of at least this length.
fn is_one_run(value: &[u8], least: usize) -> bool {
    value.len() >= least && value.iter().all(|&byte| bytes::is(byte, bytes::WORD))
}

/// Letters and digits, or letters and signs, at least so long.
pub(super) fn is_mixed(value: &[u8], least: usize) -> bool {
    let any = |test: fn(&u8) -> bool| value.iter().any(test);
    value.len() >= least
        && any(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80)
        && any(|byte| {
            byte.is_ascii_digit()
                || matches!(
                    byte,
                    b'!' | b'#' | b'$' | b'%' | b'&' | b'*' | b'+' | b'=' | b'@' | b'^' | b'~'
                )
        })
        && !value.contains(&b' ')
}

/// `SECRET 8gNfR3…`: a name in capitals, or made of several words, right before an opaque value.
fn is_shouted(text: &[u8], start: usize, end: usize, value: &[u8]) -> bool {
    let name = between(text, start, end);
    let last = name.rsplit(|byte| !byte.is_ascii_alphanumeric()).next().unwrap_or_default();
    let shouted = !last.is_empty()
        && last.iter().all(|&byte| bytes::is(byte, UPPER) || byte.is_ascii_digit());
    let cased =
        value.iter().any(u8::is_ascii_uppercase) && value.iter().any(u8::is_ascii_lowercase);
    (shouted || cased) && !value.contains(&b'[') && value.len() >= 16 && shapes::is_opaque(value)
}
