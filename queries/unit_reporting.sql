-- Which units have reported the month?
--
-- Not reported is not zero: a unit whose month is missing is grey, a unit that a list of
-- all units does not name has no items.
-- Example: lists of July to September from 招商部, asked on 31 October: is_reported false,
-- last_month 2022-09.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $league    VARCHAR    one league; NULL means all
--
-- Returns one row per unit of the roster
--   campaign      VARCHAR  campaign slug
--   unit          VARCHAR  unit
--   league        VARCHAR  league
--   leader_post   VARCHAR  the post in charge of the unit
--   is_reported   BOOLEAN  the month of $as_of is in
--   has_items     BOOLEAN  the unit leads at least one item
--   last_month    VARCHAR  newest month in, YYYY-MM; NULL when none
--   submitted_by  VARCHAR  unit or all, as the pack collects its ledgers

WITH lead_unit AS (
  SELECT DISTINCT campaign, unit
  FROM tally_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP, NULL, NULL, NULL, NULL)
),
collected AS (
  SELECT campaign, min(submitted_by) AS submitted_by
  FROM memory.main.pack_ledger WHERE ledger IN ('problems', 'tasks') GROUP BY campaign
)
SELECT
  reported.campaign, reported.unit, league, leader_post, is_reported,
  lead_unit.unit IS NOT NULL AS has_items,
  strftime(last_period, '%Y-%m') AS last_month,
  collected.submitted_by
FROM unit_reported($as_of::DATE, $known_at::TIMESTAMP) AS reported
LEFT JOIN lead_unit ON lead_unit.campaign = reported.campaign AND lead_unit.unit = reported.unit
LEFT JOIN collected ON collected.campaign = reported.campaign
WHERE ($campaign::VARCHAR IS NULL OR reported.campaign = $campaign::VARCHAR)
  AND ($league::VARCHAR IS NULL OR league = $league::VARCHAR)
ORDER BY reported.campaign, position
