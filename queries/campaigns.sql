-- Which campaigns run here, and what has come in for each?
--
-- Every pack is listed, with or without data, those put away last (A15).
-- Example: a pack without a published list has item_count 0 and no newest_month; one that ended on
-- 31 December with 3 items still open has state ended and open_count 3 on 1 January.
--
-- Scope: open
--
-- Parameters
--   $as_of  DATE  the day the question is asked
--
-- Returns one row per pack
--   campaign      VARCHAR  campaign slug
--   name          VARCHAR  name
--   start_on      DATE     first day
--   end_on        DATE     last day
--   phase         VARCHAR  current phases, joined by 、; NULL when none
--   first_month   VARCHAR  oldest published month, YYYY-MM
--   newest_month  VARCHAR  newest published month, YYYY-MM
--   upload_count  BIGINT   uploads in force
--   item_count    BIGINT   items at $as_of
--   closed_count  BIGINT   closed by then
--   is_sample     BOOLEAN  demonstration data is in force
--   state         VARCHAR  archived, upcoming, running or ended
--   open_count    BIGINT   items not closed by then
--   archived_on   DATE     day in Shanghai it was put away; NULL when it is not
--   archived_by   VARCHAR  post that did

WITH asked AS (SELECT $as_of::DATE AS as_of),
item AS (FROM tally_on((SELECT [as_of] FROM asked), NULL::TIMESTAMP)),
counted AS (
  SELECT campaign, tallied(alike_count, true) AS item_count, tallied(alike_count, is_closed) AS closed_count
  FROM item GROUP BY ALL
),
published AS (
  SELECT slice.campaign, min(period) AS first_month, max(period) AS newest_month,
    count(DISTINCT slice.upload) AS upload_count, bool_or(upload.is_sample) AS is_sample
  FROM slice_known(NULL::TIMESTAMP) AS slice
  JOIN store.main.upload AS upload ON upload.upload = slice.upload
  GROUP BY slice.campaign
),
phased AS (
  SELECT campaign, string_agg(phase, '、' ORDER BY position) AS phase
  FROM memory.main.pack_phase CROSS JOIN asked WHERE as_of BETWEEN start_on AND end_on GROUP BY campaign
)
SELECT
  pack.campaign, name, start_on, end_on, phase,
  strftime(first_month, '%Y-%m') AS first_month, strftime(newest_month, '%Y-%m') AS newest_month,
  coalesce(upload_count, 0) AS upload_count,
  coalesce(item_count, 0) AS item_count, coalesce(closed_count, 0) AS closed_count,
  coalesce(is_sample, false) AS is_sample,
  CASE WHEN archive.from_at IS NOT NULL THEN 'archived' WHEN as_of < start_on THEN 'upcoming'
       WHEN as_of > end_on THEN 'ended' ELSE 'running' END AS state,
  coalesce(item_count - closed_count, 0) AS open_count,
  shanghai_day(archive.from_at) AS archived_on, archive.archived_by
FROM memory.main.pack_campaign AS pack
CROSS JOIN asked
LEFT JOIN published USING (campaign)
LEFT JOIN counted USING (campaign)
LEFT JOIN phased USING (campaign)
LEFT JOIN store.main.archive AS archive
  ON archive.campaign = pack.campaign AND archive.until_at IS NULL
ORDER BY archive.from_at IS NOT NULL, pack.campaign
