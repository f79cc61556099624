Feature: A model is made present and checked

  @narration-required
  Scenario: A file that is what it should be
    Given a model file
    When it is provided
    Then the model is ready
    And the story tells in order:
      | Resolving model reference |
      | Ensuring model present    |
      | Verifying digest          |
      | Digest verified           |
      | Model ready               |
    And there is one correlation id
    And nothing failed

  @narration-required
  Scenario: A file with another digest than expected
    Given a model file
    When it is provided with the digest of another
    Then actor "model-provisioner" narrates action "verify-failed"
    And field "error_kind" is "digest-mismatch"
    And the story does not include "Model ready"

  @narration-required
  Scenario: A download
    Given a mirror with the repository org/repo
    When org/repo is provided from there
    Then the story includes "Downloading from Hugging Face: org/repo"
    And the story tells "Downloaded org/repo" once
    And no secret is narrated
