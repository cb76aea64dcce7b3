-- How many items fall due in these days, or were closed so many days from their deadline?
--
-- What deadline_items lists, counted. Only of what is pending it is known here on which day it falls
-- due: asked for deadlines, nothing else is counted.
-- Example: $offset_from 0, $offset_to 0, $state 'closed': how many were closed on the very day.
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
--   $due_from     DATE       first deadline of what is pending; NULL means any
--   $due_to       DATE       last deadline of what is pending; NULL means any
--   $offset_from  BIGINT     least days after the deadline; NULL means any
--   $offset_to    BIGINT     most days after the deadline; NULL means any
--
-- Returns one row
--   item_count  BIGINT  items

SELECT tallied(item_count, true) AS item_count
FROM deadline_asked(
  $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
  $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
WHERE ($state::VARCHAR IS NULL OR state = $state::VARCHAR)
  AND ($due_from::DATE IS NULL OR due_on >= $due_from::DATE)
  AND ($due_to::DATE IS NULL OR due_on <= $due_to::DATE)
  AND ($offset_from::BIGINT IS NULL OR offset_days >= $offset_from::BIGINT)
  AND ($offset_to::BIGINT IS NULL OR offset_days <= $offset_to::BIGINT)
