Feature: A scenario that is tried again

  Scenario: It works the second time
    When it works the second time
    Then the story tells "Spawning" once
