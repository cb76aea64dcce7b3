-- How do the communities stand: items, closing, overdue, satisfaction?
--
-- Items are problems and tasks placed in the community; tickets are counted apart, over
-- every month up to $as_of. satisfied_share is satisfied / rated, never / all.
-- Example: 90 of 100 rated tickets satisfied, 50 not rated: satisfied_share 0.9, rated_count 100.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  lead units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  dimensions; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--   $level      VARCHAR    'street' sums the communities of each street; NULL keeps them apart
--
-- Returns one row per community (or street) of the campaign, in the pack's order
--   campaign          VARCHAR  campaign slug
--   community         VARCHAR  community, or the street when it is asked by street
--   code              VARCHAR  division code of the community
--   street            VARCHAR  street or township
--   item_count        BIGINT   items placed there
--   due_count         BIGINT   items due
--   closed_due_count  BIGINT   of the due, those closed
--   closed_share      DOUBLE   closed / due, 0 to 1; NULL when nothing was due
--   overdue_count     BIGINT   items overdue
--   ticket_count      BIGINT   tickets received by the day
--   satisfied_count   BIGINT   tickets rated satisfied
--   rated_count       BIGINT   tickets rated
--   satisfied_share   DOUBLE   satisfied / rated, 0 to 1; NULL when none was rated
--   is_reported       BOOLEAN  the month of $as_of is in: the community's own list, or one of
--                              all; of a street any of its communities

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of,
    coalesce($level::VARCHAR = 'street', false) AS is_by_street
),
place AS (
  SELECT campaign, community, street, is_by_street,
    CASE WHEN is_by_street THEN street ELSE community END AS area,
    CASE WHEN NOT is_by_street THEN code END AS code,
    CASE WHEN NOT is_by_street THEN position END AS own_position, position
  FROM community_known($known_at::TIMESTAMP) CROSS JOIN asked
  WHERE (slug IS NULL OR campaign = slug)
),
item_counted AS (
  SELECT campaign, community,
    sum(item_count) AS item_count, sum(due_count) AS due_count,
    sum(closed_due_count) AS closed_due_count, sum(overdue_count) AS overdue_count
  FROM place_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
  GROUP BY ALL
),
ticket_counted AS (
  SELECT campaign, community,
    sum(ticket_count) AS ticket_count, sum(satisfied_count) AS satisfied_count,
    sum(rated_count) AS rated_count
  FROM ticket_place_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $post::VARCHAR)
  GROUP BY ALL
),
reported AS (
  FROM unit_reported($as_of::DATE, $known_at::TIMESTAMP)
),
own_reported AS (SELECT campaign, unit AS community, is_reported FROM reported),
any_reported AS (SELECT campaign, bool_or(is_reported) AS is_reported FROM reported GROUP BY campaign)
SELECT
  place.campaign, area AS community, code, street,
  coalesce(sum(item_count), 0)::BIGINT AS item_count,
  coalesce(sum(due_count), 0)::BIGINT AS due_count,
  coalesce(sum(closed_due_count), 0)::BIGINT AS closed_due_count,
  share(sum(closed_due_count), sum(due_count)) AS closed_share,
  coalesce(sum(overdue_count), 0)::BIGINT AS overdue_count,
  coalesce(sum(ticket_count), 0)::BIGINT AS ticket_count,
  coalesce(sum(satisfied_count), 0)::BIGINT AS satisfied_count,
  coalesce(sum(rated_count), 0)::BIGINT AS rated_count,
  share(sum(satisfied_count), sum(rated_count)) AS satisfied_share,
  bool_or(coalesce(own_reported.is_reported, any_reported.is_reported, false)) AS is_reported
FROM place
LEFT JOIN item_counted USING (campaign, community)
LEFT JOIN ticket_counted USING (campaign, community)
LEFT JOIN own_reported USING (campaign, community)
LEFT JOIN any_reported ON any_reported.campaign = place.campaign
WHERE NOT is_by_street OR street <> ''
GROUP BY place.campaign, area, code, street, own_position
ORDER BY place.campaign, min(place.position)
