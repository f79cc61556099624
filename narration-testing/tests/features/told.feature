Feature: Every ready-made step holds

  Scenario: An engine for a request
    When engine llamacpp-v1 is started for request req-xyz
    Then engine is spawned
    And the free assertions know the scenario
    And the story includes "Spawning engine llamacpp-v1"
    And the story includes Engine ready
    And the story does not include "cmake"
    And the story tells "engine" once
    And the story tells "n" 2 times
    And the story tells in order:
      | Spawning engine |
      | Engine ready    |
    And field "pool_id" is "default"
    And field slots is 4
    And field "engine" is present
    And field "hf_token" is absent
    And the correlation id is present
    And the correlation id is "req-xyz"
    And there is one correlation id
    And actor "pool-managerd" narrates action "spawn"
    And nothing failed
    And no secret is narrated

  Scenario: What is told later is awaited
    When the engine takes its time
    Then the story will include "Engine ready; 8 slots" within 60 s

  @narration-required
  Scenario: A span that is held does not hold the scenario
    When a connection is kept open
    And engine llamacpp-v1 is started
    Then the story includes "Spawning"
