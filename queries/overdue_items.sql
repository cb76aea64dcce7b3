-- Which items are overdue, the longest first?
--
-- Overdue: the deadline in force fell before $as_of and the item was not closed by then.
-- An item without a deadline is never overdue.
-- Example: due 2022-07-31, open on 2022-10-31: overdue_days 92.
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
--   $community   VARCHAR[]  communities; NULL means all
--   $is_unsorted  BOOLEAN   only items without a dimension, or only the others; NULL means all
--   $at_most     BIGINT     so many rows, the longest overdue; NULL means all
--
-- Returns one row per overdue item
--   campaign         VARCHAR  campaign slug
--   ledger           VARCHAR  problems or tasks
--   item_key         VARCHAR  who the item is, from month to month
--   title            VARCHAR  what it is about
--   unit             VARCHAR  lead unit
--   dimension        VARCHAR  dimension, class or channel
--   community        VARCHAR  community, if named
--   leader_post      VARCHAR  responsible leader as the list says
--   due_on           DATE     deadline in force
--   original_due_on  DATE     first deadline given
--   overdue_days     BIGINT   days since the deadline
--   state            VARCHAR  open, escalated, tolerated or parked
--   upload           BIGINT   upload the row came in
--   file             VARCHAR  its file
--   sheet            VARCHAR  its sheet
--   row              BIGINT   its row there

SELECT
  item.campaign, item.ledger, item_key, title, item.unit, dimension, community, leader_post,
  due_on, original_due_on,
  overdue_days, state, item.upload, upload.file, sheet, row
FROM item_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR) AS item
JOIN store.main.upload AS upload ON upload.upload = item.upload
WHERE is_overdue AND NOT is_closed AND due_on < $as_of::DATE
  AND ($month_from::VARCHAR IS NULL OR strftime(due_on, '%Y-%m') >= $month_from::VARCHAR)
  AND ($month_to::VARCHAR IS NULL OR strftime(due_on, '%Y-%m') <= $month_to::VARCHAR)
  AND ($community::VARCHAR[] IS NULL OR list_contains($community::VARCHAR[], community))
  AND ($is_unsorted::BOOLEAN IS NULL OR (dimension IS NULL) = $is_unsorted::BOOLEAN)
-- By the deadline, which is kept in order, the list ends without a look at those after it.
ORDER BY due_on, item.unit, item_key
LIMIT $at_most::BIGINT
