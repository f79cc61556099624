Feature: Who may wait for a pool

  Background:
    Given the five services

  @narration-required
  Scenario Outline: Many at a time are told apart: <session>
    When <count> requests of <session> for the model ftp:org/tiny are made at the same time
    Then they are failed
    And the story tells "Accepted request" <count> times
    And field "session_id" is "<session>"
    And every narration with a session is of <session>

    Examples:
      | session      | count |
      | session-red  | 3     |
      | session-blue | 5     |

  @narration-required
  Scenario: A pool that nobody has
    When a request for pool "no-such-pool" is refused
    Then actor "orchestratord" narrates action "admission-refused"
    And the story tells "Refused request on pool 'no-such-pool'" once
    And field "reason" is present
    And the correlation id is present
