-- Which items fall due in these days, or were closed so many days from their deadline?
--
-- Every item with a deadline in force is asked about; offset_days is that of closing_offsets,
-- which counts them, as due_calendar counts the pending.
-- Example: $offset_from 0, $offset_to 0, $state 'closed': what was closed on the very day.
--
-- Parameters
--   $campaign     VARCHAR    campaign slug; NULL means all
--   $as_of        DATE       the day the question is asked
--   $known_at     TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit         VARCHAR[]  lead units; NULL means all
--   $league       VARCHAR    one league; NULL means all
--   $dimension    VARCHAR[]  dimensions; NULL means all
--   $post         VARCHAR    the post in charge of the lead unit; NULL means all
--   $state        VARCHAR    overdue, pending (open, not yet overdue) or closed; NULL means all
--   $due_from     DATE       first deadline; NULL means any
--   $due_to       DATE       last deadline; NULL means any
--   $offset_from  BIGINT     least days after the deadline; NULL means any
--   $offset_to    BIGINT     most days after the deadline; NULL means any
--   $at_most      BIGINT     so many rows, the nearest deadlines; NULL means all
--
-- Returns one row per item, the nearest deadline first
--   campaign     VARCHAR  campaign slug
--   item_key     VARCHAR  who the item is, from month to month
--   title        VARCHAR  what it is about
--   unit         VARCHAR  lead unit
--   dimension    VARCHAR  dimension, class or channel
--   due_on       DATE     deadline in force
--   closed_on    DATE     the day it was closed, if it is and a day is given
--   state        VARCHAR  overdue, pending or closed
--   offset_days  BIGINT   days after the deadline, negative before; NULL: pending or undated

WITH item AS (
  SELECT campaign, item_key, title, unit, dimension, due_on, is_closed, is_overdue,
    CASE WHEN is_closed AND closed_on IS NOT NULL THEN closed_at_on END AS dated_on,
    CASE WHEN is_overdue THEN overdue_days ELSE dated_on - due_on END AS offset_days
  FROM item_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
  WHERE due_on IS NOT NULL
)
SELECT campaign, item_key, title, unit, dimension, due_on, dated_on AS closed_on,
  CASE WHEN is_closed THEN 'closed' WHEN is_overdue THEN 'overdue' ELSE 'pending' END AS state,
  offset_days
FROM item
-- Said of the columns that are kept in order, so that the list ends without a look at the others.
WHERE ($state::VARCHAR IS NULL OR is_closed = ($state::VARCHAR = 'closed'))
  AND ($state::VARCHAR IS NULL OR is_closed
    OR (due_on < $as_of::DATE) = ($state::VARCHAR = 'overdue'))
  AND ($state::VARCHAR IS DISTINCT FROM 'pending' OR due_on >= $as_of::DATE)
  AND ($due_from::DATE IS NULL OR due_on >= $due_from::DATE)
  AND ($due_to::DATE IS NULL OR due_on <= $due_to::DATE)
  AND ($offset_from::BIGINT IS NULL OR offset_days >= $offset_from::BIGINT)
  AND ($offset_to::BIGINT IS NULL OR offset_days <= $offset_to::BIGINT)
ORDER BY due_on, unit, item_key
LIMIT $at_most::BIGINT
