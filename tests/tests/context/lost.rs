//! Narrations that lost their id can be found.

use narration_runtime::{Correlation, Uncorrelated, in_context, narrate, uncorrelated};
use narration_tests::told;

/// The line below is where it narrates.
const LINE: u32 = line!() + 3;

fn lose() {
    narrate!(actor = "sorter", action = "step");
}

/// What is known of the narrations of that line.
fn lost() -> Option<Uncorrelated> {
    let here = |it: &Uncorrelated| it.place == Some((file!(), LINE));
    uncorrelated().into_iter().find(here)
}

#[test]
fn a_narration_that_lost_its_id_is_counted_where_it_stands() {
    let _ = told(|| {
        let operation = Correlation::new().span();
        operation.in_scope(lose);
        operation.in_scope(|| in_context(lose))();
        assert_eq!(lost(), None);
        narrate!(actor = "sorter", action = "step", correlation_id = "req-said-here");
        // However many layers listen, a narration is lost but once.
        (0..3).for_each(|_| lose());
        let Uncorrelated { actor, action, times, .. } = lost().expect("it is found");
        assert_eq!((actor, action, times), ("sorter", "step", 3));
        let all: u64 = uncorrelated().iter().filter(|it| it.times > 0).map(|it| it.times).sum();
        assert!(all >= 3);
    });
}
