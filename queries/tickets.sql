-- Which hotline and petition tickets match these words, this unit, state and days of receipt?
--
-- Every ticket received by $as_of, as last reported (B9). Words are looked for in title,
-- number, channel, community and unit, each in one of them; what the citizen wrote is not searched.
-- Example: state overdue finds tickets whose deadline passed before $as_of without an answer.
--
-- Parameters
--   $campaign       VARCHAR    campaign slug; NULL means all
--   $as_of          DATE       the day the question is asked
--   $known_at       TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit           VARCHAR[]  lead units; NULL means all
--   $league         VARCHAR    one league; NULL means all
--   $post           VARCHAR    the post in charge of the lead unit; NULL means all
--   $words          VARCHAR    words to look for, all of them; NULL means all
--   $state          VARCHAR    closed, open, overdue or unsatisfied; NULL means all
--   $received_from  DATE       received on or after
--   $received_to    DATE       received on or before
--   $community      VARCHAR    community; NULL means all
--   $item_key       VARCHAR    one ticket; NULL means all
--   $at_most        BIGINT     so many rows, in this order; NULL means all
--   $skip           BIGINT     rows passed over before them; NULL means none
--
-- Returns one row per ticket, the overdue first, then the newest
--   campaign        VARCHAR  campaign slug
--   item_key        VARCHAR  number of the ticket, or a key of its text
--   title           VARCHAR  what it is about
--   channel         VARCHAR  channel, if named
--   unit            VARCHAR  unit that handles it
--   community       VARCHAR  community, if named
--   received_on     DATE     day of receipt
--   due_on          DATE     deadline, if there is one
--   is_due_derived  BOOLEAN  the deadline was given by the pack in working days
--   closed_on       DATE     day of the answer
--   answer_days     BIGINT   days from receipt to answer
--   is_closed       BOOLEAN  answered by the day
--   is_overdue      BOOLEAN  deadline passed and not answered
--   is_resolved     BOOLEAN  the citizen says it is resolved; NULL when not said
--   is_satisfied    BOOLEAN  rated satisfied; NULL when not rated
--   upload          BIGINT   upload the row came in
--   file            VARCHAR  its file
--   sheet           VARCHAR  its sheet
--   row             BIGINT   its row there
--   found_count     BIGINT   how many are found in all
--   closed_count    BIGINT   of all found, answered
--   overdue_count   BIGINT   of all found, overdue
--   rated_count     BIGINT   of all found, rated
--   satisfied_count  BIGINT  of all found, rated satisfied

WITH found AS NOT MATERIALIZED (
  SELECT ticket.*
  FROM ticket_on([$as_of::DATE], $known_at::TIMESTAMP) AS ticket
  WHERE ($campaign::VARCHAR IS NULL OR ticket.campaign = $campaign::VARCHAR)
    AND ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], ticket.unit))
    -- The roster is asked only where it is a filter.
    AND (coalesce($league::VARCHAR, $post::VARCHAR) IS NULL OR list_contains((
      SELECT list([campaign, unit]) FROM unit_known($known_at::TIMESTAMP)
      WHERE ($league::VARCHAR IS NULL OR league = $league::VARCHAR)
        AND ($post::VARCHAR IS NULL OR leader_post = $post::VARCHAR)), [ticket.campaign, ticket.unit]))
    AND ($words::VARCHAR IS NULL
      OR holds_first_word(title, $words::VARCHAR) OR holds_first_word(ticket_no, $words::VARCHAR)
      OR holds_first_word(channel, $words::VARCHAR) OR holds_first_word(community, $words::VARCHAR)
      OR holds_first_word(ticket.unit, $words::VARCHAR))
    AND ($words::VARCHAR IS NULL OR holds_other_words(
      concat_ws(chr(10), title, ticket_no, channel, community, ticket.unit), $words::VARCHAR))
    AND ($state::VARCHAR IS NULL
      OR ($state::VARCHAR = 'closed' AND is_closed) OR ($state::VARCHAR = 'open' AND NOT is_closed)
      OR ($state::VARCHAR = 'overdue' AND is_overdue)
      OR ($state::VARCHAR = 'unsatisfied' AND NOT is_satisfied))
    AND ($received_from::DATE IS NULL OR received_on >= $received_from::DATE)
    AND ($received_to::DATE IS NULL OR received_on <= $received_to::DATE)
    AND ($community::VARCHAR IS NULL OR community = $community::VARCHAR)
    AND ($item_key::VARCHAR IS NULL OR item_key = $item_key::VARCHAR)
),
-- Of all that the shared filters and the community leave, how many there are is known. Else they
-- are counted, apart from the rows: a count beside each row costs with the square of them.
tally AS (
  SELECT month, sum(ticket_count) AS found_count, sum(closed_count) AS closed_count,
    sum(overdue_count) AS overdue_count, sum(rated_count) AS rated_count,
    sum(satisfied_count) AS satisfied_count
  FROM ticket_place_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP, $unit::VARCHAR[],
    $league::VARCHAR, $post::VARCHAR)
  WHERE ($community::VARCHAR IS NULL OR community = $community::VARCHAR)
  GROUP BY month
),
counted AS (
  SELECT coalesce(sum(found_count), 0)::BIGINT AS found_count,
    coalesce(sum(closed_count), 0)::BIGINT AS closed_count,
    coalesce(sum(overdue_count), 0)::BIGINT AS overdue_count,
    coalesce(sum(rated_count), 0)::BIGINT AS rated_count,
    coalesce(sum(satisfied_count), 0)::BIGINT AS satisfied_count
  FROM (
    SELECT * EXCLUDE (month) FROM tally
    WHERE coalesce($words::VARCHAR, $state::VARCHAR, $item_key::VARCHAR, $received_from::DATE::VARCHAR,
      $received_to::DATE::VARCHAR) IS NULL
    UNION ALL
    SELECT count(*), count(*) FILTER (is_closed), count(*) FILTER (is_overdue),
      count(is_satisfied), count(*) FILTER (is_satisfied)
    FROM found
    WHERE coalesce($words::VARCHAR, $state::VARCHAR, $item_key::VARCHAR, $received_from::DATE::VARCHAR,
      $received_to::DATE::VARCHAR) IS NOT NULL
  )
),
-- Without a search the page lies in the months with overdue ones and in the newest: the days of the
-- others are not read.
page_day AS (
  SELECT unnest(generate_series(month, last_day(month), INTERVAL 1 DAY))::DATE AS day
  FROM (
    SELECT month FROM tally
    QUALIFY overdue_count > 0 OR $at_most::BIGINT IS NULL
      OR coalesce($words::VARCHAR, $state::VARCHAR, $item_key::VARCHAR, $received_from::DATE::VARCHAR,
      $received_to::DATE::VARCHAR) IS NOT NULL
      OR sum(found_count) OVER (ORDER BY month DESC) - found_count
        < $at_most::BIGINT + coalesce($skip::BIGINT, 0)
  )
),
listed AS (
  FROM found WHERE received_on IN (SELECT day FROM page_day)
  ORDER BY is_overdue DESC, received_on DESC, item_key
  LIMIT $at_most::BIGINT OFFSET coalesce($skip::BIGINT, 0)
)
SELECT
  listed.campaign, item_key, title, channel, listed.unit, community, received_on, due_on,
  is_due_derived, closed_on, answer_days, is_closed, is_overdue, is_resolved, is_satisfied,
  listed.upload, upload.file, sheet, row, counted.*
FROM listed
JOIN store.main.upload AS upload ON upload.upload = listed.upload
CROSS JOIN counted
ORDER BY is_overdue DESC, received_on DESC, item_key
