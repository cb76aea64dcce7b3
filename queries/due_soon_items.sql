-- Which open items fall due within the pack's days (临期)?
--
-- The pack's due_soon_days (default 7) count from $as_of; the day itself is included.
-- Example: asked on 2022-10-31 with 7 days: deadlines from 10-31 to 11-07.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  lead units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  dimensions; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--   $at_most    BIGINT     so many rows, in this order; NULL means all
--
-- Returns one row per item, the nearest deadline first
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
--   days_left        BIGINT   days until the deadline
--   upload           BIGINT   upload the row came in
--   file             VARCHAR  its file
--   sheet            VARCHAR  its sheet
--   row              BIGINT   its row there

SELECT
  item.campaign, item.ledger, item_key, title, item.unit, dimension, community, leader_post,
  due_on, original_due_on,
  item.due_on - item.as_of AS days_left, item.upload, upload.file, sheet, row
FROM item_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR) AS item
JOIN store.main.upload AS upload ON upload.upload = item.upload
JOIN memory.main.pack_campaign ON pack_campaign.campaign = item.campaign
WHERE is_due_soon_by(due_on, as_of, is_closed, due_soon_days)
ORDER BY due_on, item.unit, item_key
LIMIT $at_most::BIGINT
