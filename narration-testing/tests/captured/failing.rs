//! What a failing assertion says, and where.
//!
//! In: an assertion. Out: its report, and the line it points at.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static EXPECTED: RefCell<Option<(String, u32)>> = const { RefCell::new(None) };
}

/// A failure: its report, the file and the line.
pub(crate) struct Failure {
    pub(crate) report: String,
    pub(crate) file: String,
    pub(crate) line: u32,
}

/// The failure of an assertion.
pub(crate) fn failure(assertion: impl FnOnce()) -> Failure {
    watch();
    EXPECTED.set(Some((String::new(), 0)));
    let panic = catch_unwind(AssertUnwindSafe(assertion)).expect_err("the assertion should fail");
    let (file, line) = EXPECTED.take().unwrap();
    let report = panic.downcast_ref::<String>().cloned();
    let report = report.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    Failure { report: report.unwrap(), file, line }
}

/// What a failing assertion says.
pub(crate) fn report(assertion: impl FnOnce()) -> String {
    failure(assertion).report
}

/// Notes where an expected panic came from; every other one is shown as ever.
fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let shown = take_hook();
        set_hook(Box::new(move |panic| {
            let expected = EXPECTED.with_borrow_mut(|expected| {
                let place = panic.location()?;
                expected.as_mut().map(|at| *at = (place.file().to_owned(), place.line()))
            });
            if expected.is_none() {
                shown(panic);
            }
        }));
    });
}
