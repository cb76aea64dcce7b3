-- Which problems are behind a channel, or behind a kind and a difficulty?
--
-- B17, A13: items that carry the class asked for; one with several classes along an axis carries
-- each of them.
-- Example: kind 顽固问题 finds an item of 共性问题、顽固问题.
--
-- Parameters
--   $campaign    VARCHAR    campaign slug; NULL means all
--   $as_of       DATE       the day the question is asked
--   $known_at    TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit        VARCHAR[]  lead units; NULL means all
--   $league      VARCHAR    one league; NULL means all
--   $dimension   VARCHAR[]  dimensions; NULL means all
--   $post        VARCHAR    the post in charge of the lead unit; NULL means all
--   $channel     VARCHAR    channel it came by; NULL means all
--   $kind        VARCHAR    kind of problem, empty: none is named; NULL means all
--   $difficulty  VARCHAR    how hard it is, empty: not named; NULL means all
--   $at_most     BIGINT     so many rows, in this order; NULL means all
--
-- Returns one row per item, the longest overdue first, then the open by deadline, then the closed
--   campaign      VARCHAR  campaign slug
--   ledger        VARCHAR  problems or tasks
--   item_key      VARCHAR  who the item is
--   title         VARCHAR  what it is about
--   unit          VARCHAR  lead unit
--   channel       VARCHAR  channels it came by
--   kind          VARCHAR  kinds
--   difficulty    VARCHAR  how hard it is
--   handling      VARCHAR  how it is handled
--   due_on        DATE     deadline in force
--   is_closed     BOOLEAN  closed by the day
--   is_verified   BOOLEAN  found true by the last check
--   is_overdue    BOOLEAN  overdue on the day
--   overdue_days  BIGINT   days since the deadline
--   upload        BIGINT   upload the row came in
--   file          VARCHAR  its file
--   sheet         VARCHAR  its sheet
--   row           BIGINT   its row there

WITH item AS NOT MATERIALIZED (
  FROM item_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP, $unit::VARCHAR[], $league::VARCHAR,
    $dimension::VARCHAR[], $post::VARCHAR)
  WHERE coalesce(channel, kind, difficulty, handling) IS NOT NULL
    AND ($channel::VARCHAR IS NULL OR list_contains(string_split(channel, '、'), $channel::VARCHAR))
    AND ($kind::VARCHAR IS NULL
      OR list_contains(string_split(coalesce(kind, ''), '、'), $kind::VARCHAR))
    AND ($difficulty::VARCHAR IS NULL
      OR list_contains(string_split(coalesce(difficulty, ''), '、'), $difficulty::VARCHAR))
),
-- The first of each kind are looked for by their deadline alone, and a search ends when it has them.
listed AS (
  (FROM item WHERE NOT is_closed
   ORDER BY due_on NULLS LAST, item_key, campaign LIMIT $at_most::BIGINT)
  UNION ALL
  (FROM item WHERE is_closed
   ORDER BY due_on NULLS LAST, item_key, campaign LIMIT $at_most::BIGINT)
)
SELECT
  listed.campaign, listed.ledger, item_key, title, listed.unit, channel, kind, difficulty, handling,
  due_on, is_closed, is_verified, is_overdue, overdue_days, listed.upload, upload.file, sheet, row
FROM listed
JOIN store.main.upload AS upload ON upload.upload = listed.upload
ORDER BY is_closed, due_on NULLS LAST, item_key, listed.campaign
LIMIT $at_most::BIGINT
