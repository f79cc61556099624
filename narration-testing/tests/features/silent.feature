Feature: Who has to narrate

  Scenario: Need not
    Given nothing happens

  @narration-required
  Scenario: Does
    When engine llamacpp-v1 is started

  @narration-required
  Scenario: Does not
    Given nothing happens
