-- Where does a campaign stand as a whole?
--
-- The same counts as campaign_progress over all dimensions; shares are recomputed
-- from counts, never averaged.
-- Example: 148 items, 127 due, 118 closed: closed_of_all_share 0.797, schedule_share
-- 0.858, gap_share -0.061.
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
-- Returns one row per campaign; none without items
--   campaign             VARCHAR  campaign slug
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
--   overdue_30_count     BIGINT   overdue for more than 30 days
--   due_soon_count       BIGINT   open and due within the pack's days after the day
--   due_soon_days        BIGINT   those days
--   vanished_count       BIGINT   open, missing from a later list without a reason, still counted

WITH item AS (
  SELECT asked.*, pack.due_soon_days
  FROM tally_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR) AS asked
  JOIN memory.main.pack_campaign AS pack USING (campaign)
),
counted AS (
  SELECT campaign, due_soon_days,
    tallied(alike_count, true) AS item_count,
    tallied(alike_count, is_due) AS due_count,
    tallied(alike_count, is_closed) AS closed_count,
    tallied(alike_count, is_due AND is_closed) AS closed_due_count,
    tallied(alike_count, is_on_time) AS on_time_count,
    tallied(alike_count, is_verified) AS verified_count,
    tallied(alike_count, is_reported_closed) AS reported_closed_count,
    tallied(alike_count, is_reopened) AS reopened_count,
    tallied(alike_count, is_overdue) AS overdue_count,
    tallied(alike_count, overdue_days > 30) AS overdue_30_count,
    tallied(alike_count, is_due_soon_by(due_on, as_of, is_closed, due_soon_days)) AS due_soon_count,
    tallied(alike_count, is_vanished) AS vanished_count
  FROM item GROUP BY ALL
)
SELECT
  campaign, item_count, due_count, closed_count, closed_due_count, on_time_count,
  share(closed_due_count, due_count) AS closed_share,
  share(closed_count, item_count) AS closed_of_all_share,
  share(on_time_count, due_count) AS on_time_share,
  verified_count, reported_closed_count, reopened_count, overdue_count,
  share(due_count, item_count) AS schedule_share,
  gap_share,
  schedule_state(gap_share) AS state,
  overdue_30_count, due_soon_count, due_soon_days, vanished_count
FROM (SELECT *, share(closed_count - due_count, item_count) AS gap_share FROM counted)
ORDER BY campaign
