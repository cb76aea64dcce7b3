-- How many petitions came, per million people, and how often did people go to the province or the capital?
--
-- B9. A trip is a petition brought in person above the city: one row is one batch, of as many
-- persons as it tells (one where it does not). Old matters (积案) are left out. Per million is
-- over the people the pack counts, and is not said for a part of the units.
-- Example: 7 petitions among 35000 people: per_million 200.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per total, month of registration, community and lead unit
--   campaign               VARCHAR  campaign slug
--   grouped_by             VARCHAR  total, month, community or unit
--   name                   VARCHAR  month YYYY-MM, community or unit; NULL in the total, and where not named
--   petition_count         BIGINT   petitions registered by the day
--   province_batch_count   BIGINT   trips to the province
--   province_person_count  BIGINT   persons on them
--   capital_batch_count    BIGINT   trips to the capital
--   capital_person_count   BIGINT   persons on them
--   people                 BIGINT   people who live there; NULL when the pack does not say
--   per_million            DOUBLE   petitions per million people; NULL without people

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $unit::VARCHAR[] AS units,
    $league::VARCHAR AS league_asked, $post::VARCHAR AS post_asked
),
petition AS (
  SELECT petition.*, strftime(received_on, '%Y-%m') AS month,
    greatest(coalesce(persons_count, 1), 1)::BIGINT AS person_count
  FROM petition_on($as_of::DATE, $known_at::TIMESTAMP) AS petition
  LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
    ON roster.campaign = petition.campaign AND roster.unit = petition.unit
  CROSS JOIN asked
  WHERE NOT petition.is_backlog AND (slug IS NULL OR petition.campaign = slug)
    AND (units IS NULL OR list_contains(units, petition.unit))
    AND (league_asked IS NULL OR roster.league = league_asked)
    AND (post_asked IS NULL OR roster.leader_post = post_asked)
),
counted AS (
  SELECT campaign,
    CASE WHEN grouping(month) = 0 THEN 'month' WHEN grouping(community) = 0 THEN 'community'
         WHEN grouping(unit) = 0 THEN 'unit' ELSE 'total' END AS grouped_by,
    coalesce(month, community, unit) AS name,
    count(*) AS petition_count,
    count(*) FILTER (is_trip AND level = '省级') AS province_batch_count,
    coalesce(sum(person_count) FILTER (is_trip AND level = '省级'), 0)::BIGINT
      AS province_person_count,
    count(*) FILTER (is_trip AND level = '中央') AS capital_batch_count,
    coalesce(sum(person_count) FILTER (is_trip AND level = '中央'), 0)::BIGINT
      AS capital_person_count
  FROM petition
  GROUP BY GROUPING SETS ((campaign), (campaign, month), (campaign, community), (campaign, unit))
),
-- All people: those of the communities, else of whatever the pack counts.
living AS (
  SELECT population.campaign, coalesce(
    sum(people) FILTER (community IS NOT NULL), sum(people))::BIGINT AS all_people
  FROM memory.main.pack_population AS population
  LEFT JOIN memory.main.pack_community AS place
    ON place.campaign = population.campaign AND place.community = population.name
  GROUP BY population.campaign
),
lived AS (
  SELECT counted.*, CASE
    WHEN grouped_by = 'community' THEN population.people
    WHEN grouped_by IN ('total', 'month')
      AND coalesce(units::VARCHAR, league_asked, post_asked) IS NULL THEN all_people END AS people
  FROM counted
  CROSS JOIN asked
  LEFT JOIN living ON living.campaign = counted.campaign
  LEFT JOIN memory.main.pack_population AS population
    ON population.campaign = counted.campaign AND population.name = counted.name
)
SELECT
  campaign, grouped_by, name, petition_count, province_batch_count, province_person_count,
  capital_batch_count, capital_person_count, people,
  share(petition_count * 1000000.0, people) AS per_million
FROM lived
ORDER BY campaign, grouped_by, name NULLS LAST
