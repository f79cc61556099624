//! What a vocabulary does not allow is said when the layer is made, not when a request fails.

use narration_runtime::taxonomy;
use narration_runtime::tower::{StoryError, StoryLayer};

fn refused(actor: &str, action: &str) -> StoryError {
    StoryLayer::new(taxonomy!(), actor, action).unwrap_err()
}

#[test]
fn a_name_that_is_unknown_comes_with_the_nearest() {
    let error = refused("front-desk", "requst");
    assert_eq!(error.faults().len(), 1, "{error}");
    let text = error.to_string();
    assert!(text.contains("requests cannot be told as `requst` of `front-desk`"), "{text}");
    assert!(text.contains("did you mean `request`?"), "{text}");
    assert!(refused("frnt-desk", "request").to_string().contains("did you mean `front-desk`?"));
}

#[test]
fn what_a_request_cannot_know_must_be_optional() {
    let error = refused("front-desk", "strict");
    let messages: Vec<&str> = error.faults().iter().map(|fault| fault.message.as_str()).collect();
    assert!(error.faults().iter().all(|fault| fault.code == "N0006"), "{error}");
    assert!(messages.contains(&"`strict` is told without `shelf`, `status`"), "{messages:?}");
    assert!(messages.contains(&"`strict-failed` is told without `status`"), "{messages:?}");
}
