-- How does each part of the chain of responsibility stand, with all that is below it?
--
-- A6: city, county, town. A parent's counts are its own items and the sums of its parts; its
-- shares are recomputed from those counts, never averaged. A unit has reported when every list of
-- items it owes for the month is in, its own or one that speaks for all. What has not reported
-- stands as last listed, and is named.
-- Example: 3 of 4 closed in one town and 1 of 6 in the other, 0 of 2 by the county itself: 4 of
-- 12, closed_of_all_share 1/3.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  items of these lead units; NULL means all
--   $league     VARCHAR    items of one league; NULL means all
--   $dimension  VARCHAR[]  dimensions; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--   $parent     VARCHAR    the unit whose parts are asked for; NULL means the top
--
-- Returns one row for the whole, one for what it leads itself, one for each part in the pack's
-- order; none for an unknown parent
--   campaign             VARCHAR  campaign slug
--   part                 VARCHAR  whole, own (led by the parent itself; at the top by no unit of the roster), part
--   unit                 VARCHAR  unit; NULL for the whole campaign
--   level                VARCHAR  its level as the pack names it; NULL when it does not
--   league               VARCHAR  its league
--   leader_post          VARCHAR  the post in charge
--   below_count          BIGINT   units directly below
--   unit_count           BIGINT   units counted, itself and all below
--   own_item_count       BIGINT   items it leads itself
--   item_count           BIGINT   items of it and all below
--   due_count            BIGINT   deadline in force on or before the day
--   closed_count         BIGINT   closed by the day
--   closed_due_count     BIGINT   of the due, those closed; closed late still counts
--   overdue_count        BIGINT   deadline before the day and not closed
--   closed_share         DOUBLE   closed_due / due, 0 to 1; NULL when nothing was due
--   closed_of_all_share  DOUBLE   closed / items, 0 to 1; NULL without items
--   schedule_share       DOUBLE   due / items, 0 to 1; NULL without items
--   gap_share            DOUBLE   closed_of_all_share - schedule_share; negative is behind
--   state                VARCHAR  behind (more than 5 points), low (behind), level; NULL without items
--   is_reported          BOOLEAN  the unit's own lists of the month are in; NULL when it is no unit
--   last_month           VARCHAR  newest month in which all its lists were in, YYYY-MM; NULL when none
--   unreported_count     BIGINT   of the units counted, those that have not reported
--   unreported           VARCHAR  their names joined by 、; NULL when all have

WITH RECURSIVE asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of, $parent::VARCHAR AS parent_asked
),
roster AS (
  SELECT known.campaign, known.unit, known.league, known.leader_post, known.position,
    nullif(pack_unit.parent, '') AS parent, nullif(pack_unit.level, '') AS level
  FROM unit_known($known_at::TIMESTAMP) AS known
  LEFT JOIN memory.main.pack_unit AS pack_unit
    ON pack_unit.campaign = known.campaign AND pack_unit.unit = known.unit
  CROSS JOIN asked WHERE slug IS NULL OR known.campaign = slug
),
-- Each unit beside itself and everyone above it.
line AS (
  SELECT campaign, unit, unit AS above FROM roster
  UNION ALL
  SELECT line.campaign, line.unit, roster.parent
  FROM line JOIN roster ON roster.campaign = line.campaign AND roster.unit = line.above
  WHERE roster.parent IS NOT NULL
),
counted AS (
  SELECT campaign, unit,
    tallied(alike_count, true) AS item_count,
    tallied(alike_count, is_due) AS due_count,
    tallied(alike_count, is_closed) AS closed_count,
    tallied(alike_count, is_due AND is_closed) AS closed_due_count,
    tallied(alike_count, is_overdue) AS overdue_count
  FROM tally_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
  GROUP BY ALL
),
reporting AS (
  SELECT campaign, unit, is_reported, last_period
  FROM unit_reported($as_of::DATE, $known_at::TIMESTAMP)
),
stranger AS (SELECT campaign, unit FROM counted ANTI JOIN roster USING (campaign, unit)),
-- Each row of the answer beside the units that are counted in it.
member AS (
  SELECT 'part' AS part, line.campaign, above AS unit, line.unit AS counted_unit
  FROM line JOIN roster ON roster.campaign = line.campaign AND roster.unit = line.above
  JOIN asked ON roster.parent IS NOT DISTINCT FROM parent_asked
  UNION ALL
  SELECT 'whole', campaign, parent_asked, unit FROM line JOIN asked ON above = parent_asked
  UNION ALL
  SELECT 'whole', campaign, NULL, unit FROM roster JOIN asked ON parent_asked IS NULL
  UNION ALL
  SELECT 'own', campaign, unit, unit FROM roster JOIN asked ON unit = parent_asked
  UNION ALL
  SELECT unnest(['whole', 'own']), campaign, NULL, unit
  FROM stranger JOIN asked ON parent_asked IS NULL
),
added AS (
  SELECT member.part, member.campaign, member.unit,
    count(roster.unit) AS unit_count,
    coalesce(sum(item_count) FILTER (counted_unit = member.unit OR roster.unit IS NULL), 0)::BIGINT
      AS own_item_count,
    coalesce(sum(item_count), 0)::BIGINT AS item_count,
    coalesce(sum(due_count), 0)::BIGINT AS due_count,
    coalesce(sum(closed_count), 0)::BIGINT AS closed_count,
    coalesce(sum(closed_due_count), 0)::BIGINT AS closed_due_count,
    coalesce(sum(overdue_count), 0)::BIGINT AS overdue_count,
    bool_or(is_reported) FILTER (counted_unit = member.unit) AS is_reported,
    max(last_period) FILTER (counted_unit = member.unit) AS last_period,
    count(*) FILTER (NOT is_reported) AS unreported_count,
    string_agg(counted_unit, '、' ORDER BY roster.position) FILTER (NOT is_reported) AS unreported
  FROM member
  LEFT JOIN roster ON roster.campaign = member.campaign AND roster.unit = counted_unit
  LEFT JOIN reporting ON reporting.campaign = member.campaign AND reporting.unit = counted_unit
  LEFT JOIN counted ON counted.campaign = member.campaign AND counted.unit = counted_unit
  GROUP BY ALL
)
SELECT
  added.campaign, part, added.unit, roster.level, roster.league, roster.leader_post,
  CASE WHEN part = 'own' THEN 0 ELSE (
    SELECT count(*) FROM roster AS below
    WHERE below.campaign = added.campaign AND below.parent IS NOT DISTINCT FROM added.unit)
  END AS below_count,
  unit_count, own_item_count, item_count, due_count, closed_count, closed_due_count, overdue_count,
  share(closed_due_count, due_count) AS closed_share,
  share(closed_count, item_count) AS closed_of_all_share,
  share(due_count, item_count) AS schedule_share,
  share(closed_count - due_count, item_count) AS gap_share,
  schedule_state(gap_share) AS state,
  is_reported, strftime(last_period, '%Y-%m') AS last_month, unreported_count, unreported
FROM added
LEFT JOIN roster ON roster.campaign = added.campaign AND roster.unit = added.unit
ORDER BY added.campaign, list_position(['whole', 'own', 'part'], part), roster.position
