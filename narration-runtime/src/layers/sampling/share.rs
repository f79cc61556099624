//! Which stories are in a sample.
//!
//! In: a correlation id. Out: a number that is the same in every service and
//! every release, and whether that lies in the share that is kept. A story in a
//! smaller share is in every larger one, too.

/// The number of an id: FNV-1a, its bits mixed so that ids that differ at their end alone
/// lie far apart.
pub(super) fn hash(id: &[u8]) -> u64 {
    let fold = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = id.iter().fold(0xcbf2_9ce4_8422_2325, fold);
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Whether a story is among `kept` of `of`.
pub(super) fn keeps(story: u64, kept: u32, of: u32) -> bool {
    u128::from(story) * u128::from(of) < u128::from(kept) << 64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_its_number_for_ever() {
        assert_eq!(hash(b"req-xyz"), hash(b"req-xyz"));
        assert_ne!(hash(b"req-1"), hash(b"req-2"));
    }

    #[test]
    fn about_as_many_stories_are_kept_as_are_asked_for() {
        let ids = (0..100_000).map(|number| hash(format!("req-{number}").as_bytes()));
        let kept = ids.filter(|story| keeps(*story, 1, 100)).count();
        assert!((900..1100).contains(&kept), "{kept}");
    }

    #[test]
    fn a_smaller_share_is_part_of_a_larger_one() {
        for number in 0..10_000 {
            let story = hash(format!("{number}").as_bytes());
            assert!(!keeps(story, 1, 100) || keeps(story, 1, 10));
            assert!(keeps(story, 1, 1) && !keeps(story, 0, 1));
        }
    }
}
