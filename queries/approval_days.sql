-- How many working days does an approval take from acceptance to decision?
--
-- Working days by the official calendar with its adjusted days (B11): accepted on a Friday and
-- decided on the Monday after is 1. An approval belongs to the month of its decision. The first
-- month with decisions is what later ones are compared with: 16 down to 5 is 68.75 % faster.
-- Where the calendar is not known, an approval is counted and has no days.
-- Example: accepted 2022-09-30, decided 2022-10-08 (a working Saturday): 1 working day.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  deciding units; NULL means all
--   $league    VARCHAR    one league of them; NULL means all
--   $post      VARCHAR    the post in charge of the deciding unit; NULL means all
--
-- Returns one row per month and unit, and one per month for all units together
--   campaign       VARCHAR  campaign slug
--   month          VARCHAR  month of the decisions, YYYY-MM
--   unit           VARCHAR  deciding unit; NULL is all units together
--   decided_count  BIGINT   decided in the month
--   unknown_count  BIGINT   of those, whose working days no known calendar counts
--   days_median    DOUBLE   median working days; NULL when none could be counted
--   days_max       BIGINT   most working days
--   first_median   DOUBLE   median of the first month with decisions
--   faster_share   DOUBLE   1 - days_median / first_median; below 0 is slower
--   open_count     BIGINT   accepted and not decided by the month's end or the day asked
--   open_days_max  BIGINT   working days that the longest of those has waited by then; NULL when there is none

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of,
    $unit::VARCHAR[] AS units, $league::VARCHAR AS league_asked, $post::VARCHAR AS post_asked
),
approval AS (
  SELECT slice.campaign, approvals.unit, accepted_on,
    CASE WHEN decided_on <= as_of AND decided_on >= accepted_on THEN decided_on END AS decided_on,
    accepted.workday_number AS accepted_number
  FROM store.main.approvals
  ANTI JOIN row_outdone('approvals', $known_at::TIMESTAMP) AS outdone
    USING (upload, sheet, row, item_key)
  CROSS JOIN asked
  JOIN slice_known($known_at::TIMESTAMP) AS slice
    ON slice.upload = approvals.upload AND slice.ledger = 'approvals'
   AND slice.period = approvals.period
  LEFT JOIN unit_known($known_at::TIMESTAMP) AS unit_known
    ON unit_known.campaign = slice.campaign AND unit_known.unit = approvals.unit
  LEFT JOIN memory.main.workday AS accepted ON accepted.day = accepted_on
  WHERE accepted_on <= as_of
    AND (slug IS NULL OR slice.campaign = slug)
    AND (units IS NULL OR list_contains(units, approvals.unit))
    AND (league_asked IS NULL OR unit_known.league = league_asked)
    AND (post_asked IS NULL OR unit_known.leader_post = post_asked)
),
decided AS (
  SELECT campaign, unit, date_trunc('month', decided_on)::DATE AS month_start,
    workday.workday_number - accepted_number AS working_days
  FROM approval LEFT JOIN memory.main.workday ON workday.day = decided_on
  WHERE decided_on IS NOT NULL
),
counted AS (
  SELECT campaign, month_start, unit, grouping(unit) = 1 AS is_all,
    count(*) AS decided_count, count(*) FILTER (working_days IS NULL) AS unknown_count,
    median(working_days) AS days_median, max(working_days) AS days_max
  FROM decided GROUP BY GROUPING SETS ((campaign, month_start, unit), (campaign, month_start))
),
month AS (
  SELECT counted.*, least(last_day(month_start), as_of) AS month_end FROM counted CROSS JOIN asked
),
waiting AS (
  SELECT month.campaign, month.month_start, month.unit, month.is_all,
    count(*) AS open_count, max(workday.workday_number - accepted_number) AS open_days_max
  FROM month
  LEFT JOIN memory.main.workday ON workday.day = month_end
  JOIN approval
    ON approval.campaign = month.campaign AND approval.accepted_on <= month_end
   AND (approval.decided_on IS NULL OR approval.decided_on > month_end)
   AND (month.is_all OR approval.unit = month.unit)
  GROUP BY ALL
)
SELECT
  counted.campaign, strftime(counted.month_start, '%Y-%m') AS month, counted.unit, decided_count,
  unknown_count, days_median, days_max,
  first_value(days_median IGNORE NULLS) OVER months AS first_median,
  1 - days_median / nullif(first_value(days_median IGNORE NULLS) OVER months, 0) AS faster_share,
  coalesce(open_count, 0) AS open_count, open_days_max
FROM counted
LEFT JOIN waiting
  ON waiting.campaign = counted.campaign AND waiting.month_start = counted.month_start
 AND waiting.is_all = counted.is_all AND waiting.unit IS NOT DISTINCT FROM counted.unit
WINDOW months AS (
  PARTITION BY counted.campaign, counted.is_all, counted.unit ORDER BY counted.month_start)
ORDER BY counted.campaign, counted.is_all, counted.unit, month
