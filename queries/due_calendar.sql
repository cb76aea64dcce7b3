-- How much falls due on which day to come?
--
-- Counted is what is open and not yet overdue. The calendar goes 25 weeks and a day ahead; what
-- falls due later stands in one last row without a day.
-- Example: asked on 2022-10-31, two open items due on 2022-11-04: pending_count 2 on that day.
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
-- Returns one row per day from $as_of on, then one of all later days if anything is due there
--   due_on         DATE     the day; NULL for all later ones
--   pending_count  BIGINT   open items whose deadline in force is the day
--   unit_count     BIGINT   lead units that have one
--   due_soon_count  BIGINT  of them those within the days that the pack calls soon (临期)
--   is_workday     BOOLEAN  offices work; NULL where nobody has published the year's holidays

WITH asked AS (SELECT $as_of::DATE AS as_of),
pending AS (
  SELECT pending.item_count, pending.unit,
    pending.due_on <= pending.as_of + due_soon_days::INTEGER AS is_due_soon,
    CASE WHEN pending.due_on <= pending.as_of + 175 THEN pending.due_on END AS shown_on
  FROM deadline_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR) AS pending
  JOIN memory.main.pack_campaign USING (campaign)
  WHERE state = 'pending'
),
counted AS (
  SELECT shown_on, tallied(item_count, true) AS pending_count,
    count(DISTINCT unit) AS unit_count, tallied(item_count, is_due_soon) AS due_soon_count
  FROM pending GROUP BY ALL
),
day AS (
  SELECT unnest(generate_series(as_of, as_of + 175, INTERVAL 1 DAY))::DATE AS due_on FROM asked
)
SELECT day.due_on, coalesce(pending_count, 0) AS pending_count,
  coalesce(unit_count, 0) AS unit_count, coalesce(due_soon_count, 0) AS due_soon_count, is_workday
FROM day
LEFT JOIN counted ON counted.shown_on = day.due_on
LEFT JOIN memory.main.workday AS workday ON workday.day = day.due_on
UNION ALL
SELECT NULL, pending_count, unit_count, due_soon_count, NULL FROM counted WHERE shown_on IS NULL
ORDER BY due_on NULLS LAST
