-- How many days before or after the deadline are items closed, and how many on the very day?
--
-- Counted is each item closed by the day whose closing carries a date, and each item overdue:
-- that one by the days it is late so far. Closed items without a date of closing are counted
-- apart, since only their month is known.
-- Example: due 09-30 and closed 09-28: offset_days -2. Four closed, two of them on the day of
-- the deadline: on_day_share 0.5.
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
-- Returns one row per number of days, and one of the undated; the counts of all stand on each
--   offset_days        BIGINT  days after the deadline in force, negative before; NULL: undated
--   closed_count       BIGINT  items closed so many days after it
--   overdue_count      BIGINT  items open and so many days overdue
--   all_closed_count   BIGINT  all closed with a date
--   on_day_count       BIGINT  closed on the day of the deadline
--   on_day_share       DOUBLE  of all closed with a date, 0 to 1; NULL when none is
--   days_before_count  BIGINT  closed one to three days before it
--   days_before_share  DOUBLE  of all closed with a date, 0 to 1; NULL when none is
--   late_count         BIGINT  closed after it
--   all_overdue_count  BIGINT  all overdue

WITH counted AS (
  SELECT offset_days, tallied(item_count, state = 'closed') AS closed_count,
    tallied(item_count, state = 'overdue') AS overdue_count
  FROM deadline_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
  WHERE state <> 'pending' GROUP BY ALL
),
dated AS (
  SELECT coalesce(sum(closed_count), 0)::BIGINT AS all_closed_count,
    coalesce(sum(closed_count) FILTER (offset_days = 0), 0)::BIGINT AS on_day_count,
    coalesce(sum(closed_count) FILTER (offset_days BETWEEN -3 AND -1), 0)::BIGINT
      AS days_before_count,
    coalesce(sum(closed_count) FILTER (offset_days > 0), 0)::BIGINT AS late_count,
    coalesce(sum(overdue_count), 0)::BIGINT AS all_overdue_count
  FROM counted WHERE offset_days IS NOT NULL
)
SELECT offset_days, closed_count, overdue_count, all_closed_count, on_day_count,
  share(on_day_count, all_closed_count) AS on_day_share, days_before_count,
  share(days_before_count, all_closed_count) AS days_before_share, late_count, all_overdue_count
FROM counted CROSS JOIN dated
ORDER BY offset_days NULLS LAST
