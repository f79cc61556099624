Feature: A step of the user's own

  Rule: A rule of it

    Scenario: It panics
      When engine llamacpp-v2 is started
      Then it panics
