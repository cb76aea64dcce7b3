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

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $unit::VARCHAR[] AS units, $league::VARCHAR AS league_asked,
    $post::VARCHAR AS post_asked, lower($words::VARCHAR) AS words_asked,
    $state::VARCHAR AS state_asked, $received_from::DATE AS received_from,
    $received_to::DATE AS received_to, $community::VARCHAR AS community_asked,
    $item_key::VARCHAR AS key_asked
)
SELECT
  ticket.campaign, item_key, title, channel, ticket.unit, community, received_on, due_on,
  is_due_derived, closed_on, answer_days, is_closed, is_overdue, is_resolved, is_satisfied,
  ticket.upload, upload.file, sheet, row,
  count(*) OVER () AS found_count,
  count(*) FILTER (is_closed) OVER () AS closed_count,
  count(*) FILTER (is_overdue) OVER () AS overdue_count,
  count(is_satisfied) OVER () AS rated_count,
  count(*) FILTER (is_satisfied) OVER () AS satisfied_count
FROM ticket_on([$as_of::DATE], $known_at::TIMESTAMP) AS ticket
JOIN store.main.upload AS upload ON upload.upload = ticket.upload
LEFT JOIN unit_known($known_at::TIMESTAMP) AS unit_known
  ON unit_known.campaign = ticket.campaign AND unit_known.unit = ticket.unit
CROSS JOIN asked
WHERE (slug IS NULL OR ticket.campaign = slug)
  AND (units IS NULL OR list_contains(units, ticket.unit))
  AND (league_asked IS NULL OR unit_known.league = league_asked)
  AND (post_asked IS NULL OR unit_known.leader_post = post_asked)
  AND (words_asked IS NULL OR contains(
    lower(concat_ws(' ', title, ticket_no, channel, community, ticket.unit)), words_asked))
  AND (state_asked IS NULL
    OR (state_asked = 'closed' AND is_closed) OR (state_asked = 'open' AND NOT is_closed)
    OR (state_asked = 'overdue' AND is_overdue)
    OR (state_asked = 'unsatisfied' AND NOT is_satisfied))
  AND (received_from IS NULL OR received_on >= received_from)
  AND (received_to IS NULL OR received_on <= received_to)
  AND (community_asked IS NULL OR community = community_asked)
  AND (key_asked IS NULL OR item_key = key_asked)
ORDER BY is_overdue DESC, received_on DESC, item_key
LIMIT $at_most::BIGINT OFFSET coalesce($skip::BIGINT, 0)
