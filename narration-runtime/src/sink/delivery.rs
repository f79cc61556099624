//! What happens to a line when its sink is slower than the service.
//!
//! In: a word of the environment or of the code. Out: one of three policies.

use std::fmt;
use std::str::FromStr;

/// What happens to a line when its sink is slower than the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// Whoever narrates writes the line itself, before it goes on. The default for
    /// standard output and standard error: nothing is ever held back.
    Direct,
    /// A thread writes; whoever narrates waits when the buffer is full. The default
    /// for files: nothing is lost as long as the sink takes lines at all.
    Block,
    /// A thread writes; a line that finds the buffer full is dropped and counted.
    DropNewest,
}

/// A word that is no [`Delivery`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownDelivery(pub(crate) String);

impl Delivery {
    /// The policy as `NARRATION_DELIVERY` spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Block => "block",
            Self::DropNewest => "drop-newest",
        }
    }
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Delivery {
    type Err = UnknownDelivery;

    fn from_str(word: &str) -> Result<Self, UnknownDelivery> {
        [Self::Direct, Self::Block, Self::DropNewest]
            .into_iter()
            .find(|delivery| delivery.name() == word)
            .ok_or_else(|| UnknownDelivery(word.to_owned()))
    }
}

impl fmt::Display for UnknownDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no delivery: it is direct, block or drop-newest", self.0)
    }
}

impl std::error::Error for UnknownDelivery {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_and_others_are_refused_with_a_way_out() {
        for delivery in [Delivery::Direct, Delivery::Block, Delivery::DropNewest] {
            assert_eq!(delivery.to_string().parse(), Ok(delivery));
        }
        let refused = "drop-oldest".parse::<Delivery>().unwrap_err().to_string();
        assert!(refused.contains("drop-oldest") && refused.contains("drop-newest"), "{refused}");
    }
}
