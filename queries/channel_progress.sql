-- How far are the problems that came by each channel closed: motions, proposals, the public?
--
-- B17: items of the problem list by the channel they came by (problems.channel). One that came
-- by several counts for each; one without a channel for none. Every channel of the pack is
-- listed, also those without an item.
-- Example: 12 motions, 9 due, 8 of them closed: closed_share 8/9.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  lead units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  dimensions; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per channel, in the pack's order, unlisted ones last
--   campaign             VARCHAR  campaign slug
--   channel              VARCHAR  channel
--   owner                VARCHAR  office that keeps it, if the pack says
--   item_count           BIGINT   items
--   closed_count         BIGINT   closed by the day
--   closed_of_all_share  DOUBLE   closed / items, 0 to 1; NULL when there are none
--   due_count            BIGINT   deadline on or before the day
--   closed_due_count     BIGINT   of the due, those closed
--   closed_share         DOUBLE   closed of the due, 0 to 1; NULL when nothing was due
--   on_time_count        BIGINT   of the due, closed by the deadline
--   overdue_count        BIGINT   overdue
--   verified_count       BIGINT   closed, and a check found it true

WITH asked AS (SELECT $campaign::VARCHAR AS slug),
item AS (
  SELECT *, unnest(string_split(channel, '、')) AS came_by
  FROM class_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP, $unit::VARCHAR[],
    $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
),
counted AS (
  SELECT campaign, came_by AS channel,
    tallied(alike_count, true) AS item_count,
    tallied(alike_count, is_closed) AS closed_count,
    tallied(alike_count, is_due) AS due_count,
    tallied(alike_count, is_due AND is_closed) AS closed_due_count,
    tallied(alike_count, is_on_time) AS on_time_count,
    tallied(alike_count, is_overdue) AS overdue_count,
    tallied(alike_count, is_verified) AS verified_count
  FROM item GROUP BY ALL
),
listed AS (
  SELECT campaign, name AS channel, nullif(owner, '') AS owner, position
  FROM memory.main.pack_class CROSS JOIN asked
  WHERE axis = 'channel' AND (slug IS NULL OR campaign = slug)
)
SELECT
  campaign, channel, owner, coalesce(item_count, 0) AS item_count,
  coalesce(closed_count, 0) AS closed_count, share(closed_count, item_count) AS closed_of_all_share,
  coalesce(due_count, 0) AS due_count, coalesce(closed_due_count, 0) AS closed_due_count,
  share(closed_due_count, due_count) AS closed_share, coalesce(on_time_count, 0) AS on_time_count,
  coalesce(overdue_count, 0) AS overdue_count, coalesce(verified_count, 0) AS verified_count
FROM counted FULL JOIN listed USING (campaign, channel)
ORDER BY campaign, position NULLS LAST, channel
