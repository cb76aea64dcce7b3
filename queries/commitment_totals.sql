-- How much was said in public, and how much of it was kept?
--
-- D17: the counts of queries/commitments.sql, by the same filters.
-- Example: three promises, one kept, one past its day, one open: promised_count 3, kept_count 1,
-- overdue_count 1, open_count 1.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge of the unit; NULL means all
--
-- Returns one row
--   told_count        BIGINT  entries
--   exposed_count     BIGINT  曝光
--   apologised_count  BIGINT  公开道歉
--   promised_count    BIGINT  公开承诺
--   kept_count        BIGINT  kept
--   overdue_count     BIGINT  past their day and not kept
--   broken_count      BIGINT  found untrue by a follow-up
--   open_count        BIGINT  not yet due, or without a day
--   reported_count    BIGINT  reported fulfilled
--   checked_count     BIGINT  of these, followed up

SELECT
  count(*) AS told_count, count(*) FILTER (kind = '曝光') AS exposed_count,
  count(*) FILTER (kind = '公开道歉') AS apologised_count,
  count(*) FILTER (kind = '公开承诺') AS promised_count,
  count(*) FILTER (status = 'kept') AS kept_count,
  count(*) FILTER (status = 'overdue') AS overdue_count,
  count(*) FILTER (status = 'broken') AS broken_count,
  count(*) FILTER (status = 'open') AS open_count,
  count(reported_on) AS reported_count,
  count(*) FILTER (reported_on IS NOT NULL AND is_confirmed IS NOT NULL) AS checked_count
FROM commitment_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
WHERE ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], unit))
  AND ($league::VARCHAR IS NULL OR league = $league::VARCHAR)
  AND ($post::VARCHAR IS NULL OR leader_post = $post::VARCHAR)
