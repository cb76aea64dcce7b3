-- Which items fall due in these days, or were closed so many days from their deadline?
--
-- Every item with a deadline in force is asked about; offset_days is that of closing_offsets.
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
--   found_count  BIGINT   how many there are in all

WITH asked AS (
  SELECT $state::VARCHAR AS state_asked, $due_from::DATE AS due_from, $due_to::DATE AS due_to,
    $offset_from::BIGINT AS offset_from, $offset_to::BIGINT AS offset_to
),
item AS (
  SELECT campaign, item_key, title, unit, dimension, due_on,
    CASE WHEN is_closed AND closed_on IS NOT NULL THEN closed_at_on END AS closed_on,
    CASE WHEN is_closed THEN 'closed' WHEN is_overdue THEN 'overdue' ELSE 'pending' END AS state,
    CASE WHEN is_overdue THEN overdue_days
      WHEN is_closed AND closed_on IS NOT NULL THEN closed_at_on - due_on END AS offset_days
  FROM item_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
  WHERE due_on IS NOT NULL
)
SELECT item.*, count(*) OVER () AS found_count
FROM item CROSS JOIN asked
WHERE (state_asked IS NULL OR state = state_asked)
  AND (due_from IS NULL OR due_on >= due_from)
  AND (due_to IS NULL OR due_on <= due_to)
  AND (offset_from IS NULL OR offset_days >= offset_from)
  AND (offset_to IS NULL OR offset_days <= offset_to)
ORDER BY due_on, unit, item_key
LIMIT $at_most::BIGINT
