-- What came in and what went out, month by month, until nothing is left open?
--
-- Each item is compared with where it stood at the end of the month before (B6); the month of
-- $as_of is judged on $as_of. In: listed for the first time or again, and reopened by its list or
-- by a check. Out: closed, and withdrawn with a reason (合并、移交、撤销、重复). What came and was
-- closed within a month is in both.
-- Example: 20 left, 6 new, 1 reopened, 9 closed, 1 withdrawn: 17 left.
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
-- Returns one row per month, from the first list to the month of the day
--   campaign         VARCHAR  campaign slug
--   month            VARCHAR  YYYY-MM
--   new_count        BIGINT   listed now and not the month before
--   reopened_count   BIGINT   closed the month before, open now
--   in_count         BIGINT   new + reopened
--   closed_count     BIGINT   open the month before or new, closed now
--   withdrawn_count  BIGINT   open the month before, not counted now
--   out_count        BIGINT   closed + withdrawn
--   remaining_count  BIGINT   open now: those before + in - out

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of
),
month_day AS (
  SELECT month_last_day, least(month_last_day, as_of) AS judged_on,
    row_number() OVER (ORDER BY month_last_day) AS month_number
  FROM (
    SELECT unnest(month_ends(min(period), any_value(as_of))) AS month_last_day, any_value(as_of) AS as_of
    FROM asked CROSS JOIN slice_known($known_at::TIMESTAMP) AS slice
    WHERE ledger IN ('problems', 'tasks') AND period <= as_of
      AND (slug IS NULL OR slice.campaign = slug)
  )
),
item AS (
  SELECT campaign, history_number, alike_count, is_closed, month_number
  FROM history_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
  JOIN month_day USING (month_last_day)
),
neighbour AS (
  SELECT *,
    lag(is_closed) OVER months AS was_closed,
    coalesce(lag(month_number) OVER months, 0) = month_number - 1 AND lag(is_closed) OVER months IS NOT NULL
      AS is_known_before,
    coalesce(lead(month_number) OVER months, 0) = month_number + 1 AS is_counted_after
  FROM item
  WINDOW months AS (PARTITION BY campaign, history_number ORDER BY month_number)
),
moved AS (
  SELECT campaign, month_number, alike_count,
    NOT is_known_before AS is_new,
    is_known_before AND was_closed AND NOT is_closed AS is_reopened,
    is_closed AND NOT (is_known_before AND was_closed) AS is_closed_now,
    false AS is_withdrawn, NOT is_closed AS is_open
  FROM neighbour
  UNION ALL
  SELECT campaign, month_number + 1, alike_count, false, false, false, true, false
  FROM neighbour WHERE NOT is_closed AND NOT is_counted_after
)
SELECT moved.campaign, strftime(month_last_day, '%Y-%m') AS month,
  tallied(alike_count, is_new) AS new_count,
  tallied(alike_count, is_reopened) AS reopened_count,
  new_count + reopened_count AS in_count,
  tallied(alike_count, is_closed_now) AS closed_count,
  tallied(alike_count, is_withdrawn) AS withdrawn_count,
  tallied(alike_count, is_closed_now OR is_withdrawn) AS out_count,
  tallied(alike_count, is_open) AS remaining_count
FROM moved JOIN month_day USING (month_number)
GROUP BY moved.campaign, month_last_day
ORDER BY moved.campaign, month_last_day
