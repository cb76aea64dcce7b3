-- Which items have been overdue for so long that it is called serious?
--
-- D7 (3), F5 严重超期: more than $days days past the deadline in force and not closed. What was
-- closed late stays a finding of the past, until the day it was closed.
-- Example: due on 1 June with $days 30: found since 2 July, until the day it is closed.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $days      INTEGER    days overdue that are not yet serious
--
-- Returns one row per item, with the row of its newest list
--   subject         VARCHAR  the item's number, or its title where it has none
--   detail          VARCHAR  its title
--   unit            VARCHAR  unit in charge
--   since_on        DATE     the first day it was overdue for longer
--   until_on        DATE     the day it was closed; NULL while it is open
--   measured_value  DOUBLE   days overdue, by the day or by the closing
--   threshold       DOUBLE   $days
--   remark          VARCHAR  always NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH item AS (
  SELECT *, CASE WHEN is_closed THEN closed_at_on END AS ended_on
  FROM item_asked($campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP, NULL, NULL, NULL, NULL)
)
SELECT
  coalesce(item_no, title) AS subject, title AS detail, unit,
  (due_on + $days::INTEGER + 1)::DATE AS since_on,
  ended_on AS until_on, (coalesce(ended_on, $as_of::DATE) - due_on)::DOUBLE AS measured_value,
  $days::INTEGER::DOUBLE AS threshold, NULL::VARCHAR AS remark, upload, sheet, row
FROM item
WHERE coalesce(ended_on, $as_of::DATE) - due_on > $days::INTEGER
ORDER BY since_on, subject
