-- Which hotline and petition tickets match these words, this unit, state and days of receipt?
--
-- Every ticket received by $as_of, as last reported (B9). Words are looked for in title,
-- number, channel, community and unit; what the citizen wrote is not searched.
-- Example: state overdue finds tickets whose deadline passed before $as_of without an answer.
--
-- Parameters
--   $campaign       VARCHAR    campaign slug; NULL means all
--   $as_of          DATE       the day the question is asked
--   $known_at       TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit           VARCHAR[]  lead units; NULL means all
--   $league         VARCHAR    one league; NULL means all
--   $post           VARCHAR    the post in charge of the lead unit; NULL means all
--   $words          VARCHAR    text to look for; NULL means all
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

-- Counted apart: a count beside each row costs with the square of the rows.
WITH found AS MATERIALIZED (
  SELECT
    ticket.campaign, item_key, title, channel, ticket.unit, community, received_on, due_on,
    is_due_derived, closed_on, answer_days, is_closed, is_overdue, is_resolved, is_satisfied,
    ticket.upload, upload.file, sheet, row
  FROM ticket_on([$as_of::DATE], $known_at::TIMESTAMP) AS ticket
  JOIN store.main.upload AS upload ON upload.upload = ticket.upload
  LEFT JOIN unit_known($known_at::TIMESTAMP) AS unit_known
    ON unit_known.campaign = ticket.campaign AND unit_known.unit = ticket.unit
  WHERE ($campaign::VARCHAR IS NULL OR ticket.campaign = $campaign::VARCHAR)
    AND ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], ticket.unit))
    AND ($league::VARCHAR IS NULL OR unit_known.league = $league::VARCHAR)
    AND ($post::VARCHAR IS NULL OR unit_known.leader_post = $post::VARCHAR)
    AND ($words::VARCHAR IS NULL OR contains(
      lower(concat_ws(' ', title, ticket_no, channel, community, ticket.unit)),
      lower($words::VARCHAR)))
    AND ($state::VARCHAR IS NULL
      OR ($state::VARCHAR = 'closed' AND is_closed) OR ($state::VARCHAR = 'open' AND NOT is_closed)
      OR ($state::VARCHAR = 'overdue' AND is_overdue)
      OR ($state::VARCHAR = 'unsatisfied' AND NOT is_satisfied))
    AND ($received_from::DATE IS NULL OR received_on >= $received_from::DATE)
    AND ($received_to::DATE IS NULL OR received_on <= $received_to::DATE)
    AND ($community::VARCHAR IS NULL OR community = $community::VARCHAR)
    AND ($item_key::VARCHAR IS NULL OR item_key = $item_key::VARCHAR)
)
SELECT found.*, counted.*
FROM found CROSS JOIN (
  SELECT count(*) AS found_count, count(*) FILTER (is_closed) AS closed_count,
    count(*) FILTER (is_overdue) AS overdue_count, count(is_satisfied) AS rated_count,
    count(*) FILTER (is_satisfied) AS satisfied_count
  FROM found
) AS counted
ORDER BY is_overdue DESC, received_on DESC, item_key
LIMIT $at_most::BIGINT OFFSET coalesce($skip::BIGINT, 0)
