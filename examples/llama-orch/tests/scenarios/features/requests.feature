Feature: What becomes of a request
  Every scenario runs the five services for itself, sends its requests under
  correlation ids of its own, and asks what was told of them.

  Background:
    Given the five services

  @narration-required @builds
  Scenario: It is answered
    When a request is made
    Then it is completed
    And engine is spawned
    And the story tells in order:
      | Accepted request; queued at position 0          |
      | Downloading from Hugging Face: org/tiny         |
      | Digest verified                                 |
      | Building llama-server                           |
      | Engine prepared                                 |
      | Spawning engine llamacpp-v1 for pool 'default'  |
      | Engine ready                                    |
      | First token from                                |
    And actor "orchestratord" narrates action "completed"
    And field "outcome" is "ok"
    And there is one correlation id
    And no secret is narrated

  @narration-required @builds
  Scenario: Its build never ends, and the client gives it up
    When a request hangs in "Building llama-server" until its client gives it up
    Then it is cancelled
    And actor "engine-provisioner" narrates action "cmake-build"
    And field "outcome" is "cancelled"
    And the story does not include "Engine prepared"
    And there is one correlation id

  @narration-required
  Scenario Outline: Its model is not to be had: <model>
    When a request for the model <model> is made
    Then it is failed
    And actor "model-provisioner" narrates action "<action>"
    And field "error_kind" is "<kind>"
    And the story does not include "Spawning engine"
    And there is one correlation id
    And no secret is narrated

    Examples:
      | model           | action          | kind            |
      | hf:org/tampered | verify-failed   | digest-mismatch |
      | hf:org/broken   | download-failed | service-away    |
      | hf:org/absent   | download-failed | http-404        |

  @narration-required @builds
  Scenario: Its engine crashes in the middle of the answer
    When the engine of a request crashes
    Then it is completed
    And the story tells in order:
      | First token from    |
      | Engine crashed      |
      | Recovering replica  |
      | is back after       |
    And the story tells "again in 50 ms" once
    And there is one correlation id

  @narration-required @builds
  Scenario: Its client gives it up in the middle of the answer
    When the client of a request gives it up
    Then it is cancelled
    And the story includes "Client asks to cancel its request on pool 'default'"
    And actor "worker-adapter" narrates action "stream-cancelled"
    And there is one correlation id
