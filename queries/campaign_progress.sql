-- How far is each dimension of a campaign, against the time schedule?
--
-- An item is a row of a problem or task ledger; tickets have a question of their own.
-- Items whose list names no dimension are under 未注明.
-- Example: 31 items, 27 due, 21 closed of which 20 were due: closed_share 20/27,
-- closed_of_all_share 21/31, schedule_share 27/31, gap_share -6/31.
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
-- Returns one row per dimension, in the pack's order
--   campaign             VARCHAR  campaign slug
--   dimension            VARCHAR  dimension, class or channel
--   item_count           BIGINT   items in the ledgers, the withdrawn not counted
--   due_count            BIGINT   deadline in force on or before the day
--   closed_count         BIGINT   closed by the day; one that a check found false is open (B4)
--   closed_due_count     BIGINT   of the due, those closed; closed late still counts
--   on_time_count        BIGINT   of the due, those closed on or before the deadline in force
--   closed_share         DOUBLE   closed_due / due, 0 to 1; NULL when nothing was due
--   closed_of_all_share  DOUBLE   closed / items, 0 to 1; NULL without items
--   on_time_share        DOUBLE   on_time / due, 0 to 1; NULL when nothing was due
--   verified_count       BIGINT   closed and found true by the last check since
--   reported_closed_count  BIGINT  closed by the lists' own word, the refuted among them
--   reopened_count       BIGINT   found false by a check (假销号) and not closed anew: open again
--   overdue_count        BIGINT   deadline before the day and not closed
--   schedule_share       DOUBLE   due / items: where the time schedule should stand, 0 to 1
--   gap_share            DOUBLE   closed_of_all_share - schedule_share; negative is behind
--   state                VARCHAR  behind (more than 5 points), low (behind), level; NULL without items

WITH item AS (
  FROM tally_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
),
counted AS (
  SELECT campaign, coalesce(dimension, '未注明') AS dimension,
    tallied(alike_count, true) AS item_count,
    tallied(alike_count, is_due) AS due_count,
    tallied(alike_count, is_closed) AS closed_count,
    tallied(alike_count, is_due AND is_closed) AS closed_due_count,
    tallied(alike_count, is_on_time) AS on_time_count,
    tallied(alike_count, is_verified) AS verified_count,
    tallied(alike_count, is_reported_closed) AS reported_closed_count,
    tallied(alike_count, is_reopened) AS reopened_count,
    tallied(alike_count, is_overdue) AS overdue_count
  FROM item GROUP BY ALL
)
SELECT
  counted.campaign, counted.dimension,
  item_count, due_count, closed_count, closed_due_count, on_time_count,
  share(closed_due_count, due_count) AS closed_share,
  share(closed_count, item_count) AS closed_of_all_share,
  share(on_time_count, due_count) AS on_time_share,
  verified_count, reported_closed_count, reopened_count, overdue_count,
  share(due_count, item_count) AS schedule_share,
  gap_share,
  schedule_state(gap_share) AS state
FROM (SELECT *, share(closed_count - due_count, item_count) AS gap_share FROM counted) AS counted
LEFT JOIN memory.main.pack_dimension USING (campaign, dimension)
ORDER BY counted.campaign, pack_dimension.position NULLS LAST, counted.dimension
