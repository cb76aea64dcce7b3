-- How many items are overdue?
--
-- Overdue as overdue_items has it, which lists them.
-- Example: deadlines on 31 July and 30 October, both open on 31 October: item_count 2; of the
-- months from 2022-10 on 1.
--
-- Parameters
--   $campaign    VARCHAR    campaign slug; NULL means all
--   $as_of       DATE       the day the question is asked
--   $known_at    TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit        VARCHAR[]  lead units; NULL means all
--   $league      VARCHAR    one league; NULL means all
--   $dimension   VARCHAR[]  dimensions; NULL means all
--   $post        VARCHAR    the post in charge of the lead unit; NULL means all
--   $month_from  VARCHAR    first deadline month YYYY-MM; NULL means any
--   $month_to    VARCHAR    last deadline month YYYY-MM; NULL means any
--   $is_unsorted  BOOLEAN   only items without a dimension, or only the others; NULL means all
--
-- Returns one row
--   item_count  BIGINT  overdue items

SELECT tallied(alike_count, true) AS item_count
FROM tally_asked(
  $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
  $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
WHERE is_overdue
  AND ($month_from::VARCHAR IS NULL OR strftime(due_on, '%Y-%m') >= $month_from::VARCHAR)
  AND ($month_to::VARCHAR IS NULL OR strftime(due_on, '%Y-%m') <= $month_to::VARCHAR)
  AND ($is_unsorted::BOOLEAN IS NULL OR (dimension IS NULL) = $is_unsorted::BOOLEAN)
