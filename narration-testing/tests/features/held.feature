Feature: Stories that scenarios hold

  Scenario: One that fails at first
    When it works the second time
    And a service elsewhere starts engine v9 3 times
    Then its story is kept as v9

  Scenario Outline: Engine <engine> has its story
    When a service elsewhere starts engine <engine> <times> times
    Then its story is kept as <engine>
    When a service elsewhere starts engine <engine> 2 times
    Then its story is kept as <engine> later

    Examples:
      | engine | times |
      | v1 | 1 |
      | v2 | 9 |
      | v3 | 4 |
      | v4 | 2 |

  Rule: Inside of a rule

    Scenario: Engine v5 has its story, too
      When a service elsewhere starts engine v5 2 times
      Then its story is kept as v5
