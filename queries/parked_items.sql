-- Which items are put aside (暂时不能解决), and how many weeks went by without a dispatch?
--
-- Whoever leads dispatches each of them once a week (B16): a step 调度 of the item. Weeks run from
-- Monday to Sunday and count from the first one that begins after the month whose list put the
-- item aside; the week of $as_of counts once it is over.
-- Example: aside since June's list, dispatched in one of the thirteen weeks to 2 October: 12 without.
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
-- Returns one row per item, the one with the most weeks without a dispatch first
--   campaign          VARCHAR  campaign slug
--   ledger            VARCHAR  problems or tasks
--   item_key          VARCHAR  who the item is, from month to month
--   title             VARCHAR  what it is about
--   enterprise        VARCHAR  enterprise or project, by its name in the roster
--   unit              VARCHAR  lead unit
--   due_on            DATE     deadline in force
--   is_overdue        BOOLEAN  overdue on the day
--   parked_month      VARCHAR  month since whose list it is put aside, YYYY-MM
--   last_dispatch_on  DATE     last dispatch; NULL when there was none
--   dispatch_count    BIGINT   dispatches since the weeks count
--   week_count        BIGINT   whole weeks
--   missed_count      BIGINT   of those, without a dispatch
--   missed_run_count  BIGINT   of those, the latest in a row
--   is_dispatched     BOOLEAN  dispatched in the week of the day asked
--   upload            BIGINT   upload the row came in
--   file              VARCHAR  its file
--   sheet             VARCHAR  its sheet
--   row               BIGINT   its row there

WITH parked AS (
  SELECT * FROM item_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
  WHERE NOT is_closed AND state = 'parked'
),
-- The list that put it aside is the last one by the day to say another state than that before.
since AS (
  SELECT parked.campaign, parked.ledger, parked.item_key, parked.as_of,
    max(report.period) AS parked_period
  FROM parked
  JOIN report_marked($known_at::TIMESTAMP) AS report USING (campaign, ledger, item_key)
  WHERE report.state = 'parked' AND report.state_before IS DISTINCT FROM 'parked'
    AND report.period <= parked.as_of
  GROUP BY ALL
),
dispatch AS (
  SELECT DISTINCT campaign, item_key, step_on, date_trunc('week', step_on)::DATE AS monday
  FROM step_known($known_at::TIMESTAMP) WHERE step = '调度' AND step_on <= $as_of::DATE
),
week AS (
  SELECT since.campaign, since.ledger, since.item_key,
    unnest(generate_series(
      date_trunc('week', last_day(parked_period) + 7)::TIMESTAMP,
      date_trunc('week', since.as_of + 1)::TIMESTAMP - INTERVAL 7 DAY,
      INTERVAL 7 DAY))::DATE AS monday
  FROM since
),
week_held AS (
  SELECT week.*, EXISTS (
    FROM dispatch
    WHERE dispatch.campaign = week.campaign AND dispatch.item_key = week.item_key
      AND dispatch.monday = week.monday) AS is_held
  FROM week
),
counted AS (
  SELECT campaign, ledger, item_key, count(*) AS week_count,
    count(*) FILTER (NOT is_held) AS missed_count,
    max(monday) FILTER (is_held) AS last_held, min(monday) AS first_monday
  FROM week_held GROUP BY ALL
),
run AS (
  SELECT week.campaign, week.ledger, week.item_key,
    count(*) FILTER (last_held IS NULL OR monday > last_held) AS missed_run_count
  FROM week JOIN counted USING (campaign, ledger, item_key) GROUP BY ALL
),
dispatched AS (
  SELECT since.campaign, since.ledger, since.item_key, max(step_on) AS last_dispatch_on,
    count(step_on) FILTER (step_on > last_day(parked_period)) AS dispatch_count,
    coalesce(bool_or(monday = date_trunc('week', since.as_of)), false) AS is_dispatched
  FROM since LEFT JOIN dispatch USING (campaign, item_key) GROUP BY ALL
)
SELECT
  parked.campaign, parked.ledger, parked.item_key, title,
  coalesce(object_called.object, trim(parked.enterprise)) AS enterprise, parked.unit, due_on,
  is_overdue, strftime(parked_period, '%Y-%m') AS parked_month, last_dispatch_on, dispatch_count,
  coalesce(week_count, 0) AS week_count, coalesce(missed_count, 0) AS missed_count,
  coalesce(missed_run_count, 0) AS missed_run_count, is_dispatched,
  parked.upload, upload.file, sheet, row
FROM parked
JOIN since USING (campaign, ledger, item_key)
JOIN dispatched USING (campaign, ledger, item_key)
LEFT JOIN counted USING (campaign, ledger, item_key)
LEFT JOIN run USING (campaign, ledger, item_key)
LEFT JOIN object_called($known_at::TIMESTAMP) AS object_called
  ON object_called.campaign = parked.campaign AND object_called.called = trim(parked.enterprise)
JOIN store.main.upload AS upload ON upload.upload = parked.upload
ORDER BY missed_count DESC, missed_run_count DESC, parked.campaign, parked.item_key
