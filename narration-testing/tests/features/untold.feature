Feature: What was not told

  Scenario: Something else was told
    When engine llamacpp-v1 is started
    Then the story includes "Spawned engine"
