-- How do tickets and petitions get on, side by side: received, closed, resolved, satisfied?
--
-- B9. Resolved and satisfied are what the citizen says, over those who said. Due is a deadline
-- on or before $as_of; open is what is left. Old matters taken up again (积案) are left out; a
-- matter in both ledgers under one number counts once, as a petition.
-- Example: received 20, closed 16, of 10 asked 8 say resolved: closed_share 0.8, resolved_share 0.8.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    the post in charge of the lead unit; NULL means all
--   $month     VARCHAR    month of receipt YYYY-MM; NULL means all
--
-- Returns one row per total, channel, unit and community, each group with the most open first
--   campaign            VARCHAR  campaign slug
--   grouped_by          VARCHAR  total, channel, unit or community
--   name                VARCHAR  channel, unit or community; NULL in the total, and where not named
--   received_count      BIGINT   received by the day
--   closed_count        BIGINT   closed by the day
--   closed_share        DOUBLE   closed / received, 0 to 1
--   said_count          BIGINT   closed, and said to be resolved or not
--   resolved_count      BIGINT   closed and said to be resolved
--   resolved_share      DOUBLE   resolved / said, 0 to 1; NULL when nobody said
--   rated_count         BIGINT   closed and rated
--   satisfied_count     BIGINT   closed and rated satisfied
--   satisfied_share     DOUBLE   satisfied / rated, 0 to 1; NULL when none was rated
--   satisfied_low       DOUBLE   lower 95 % Wilson bound of satisfied_share
--   satisfied_high      DOUBLE   upper bound
--   satisfied_state     VARCHAR  against the total: behind (surely under it), low (5 points under, not surely) or level
--   due_count           BIGINT   deadline on or before the day
--   on_time_count       BIGINT   of the due, closed on or before the deadline
--   on_time_share       DOUBLE   on time / due, 0 to 1; NULL when none was due
--   open_count          BIGINT   not closed by the day
--   overdue_count       BIGINT   deadline passed and not closed
--   answer_days_median  DOUBLE   median days from receipt to closing; NULL when none was closed

WITH spread AS (
  SELECT campaign,
    CASE WHEN grouping(channel) = 0 THEN 'channel' WHEN grouping(unit) = 0 THEN 'unit'
         WHEN grouping(community) = 0 THEN 'community' ELSE 'total' END AS grouped_by,
    coalesce(channel, unit, community) AS name, answer_days,
    sum(received_count)::BIGINT AS received_count,
    sum(closed_count)::BIGINT AS closed_count,
    sum(said_count)::BIGINT AS said_count,
    sum(resolved_count)::BIGINT AS resolved_count,
    sum(rated_count)::BIGINT AS rated_count,
    sum(satisfied_count)::BIGINT AS satisfied_count,
    sum(due_count)::BIGINT AS due_count,
    sum(on_time_count)::BIGINT AS on_time_count,
    sum(overdue_count)::BIGINT AS overdue_count
  FROM appeal_tally_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP, $unit::VARCHAR[],
    $league::VARCHAR, $post::VARCHAR)
  WHERE NOT is_backlog AND ($month::VARCHAR IS NULL OR month = $month::VARCHAR)
  GROUP BY GROUPING SETS (
    (campaign, answer_days), (campaign, channel, answer_days), (campaign, unit, answer_days),
    (campaign, community, answer_days))
),
reached AS (
  SELECT *, CASE WHEN answer_days IS NOT NULL THEN
      sum(received_count) FILTER (answer_days IS NOT NULL) OVER (
        PARTITION BY campaign, grouped_by, name ORDER BY answer_days) END AS upto_count,
    sum(received_count) FILTER (answer_days IS NOT NULL) OVER (
      PARTITION BY campaign, grouped_by, name) AS whole_count
  FROM spread
),
counted AS (
  SELECT campaign, grouped_by, name,
    sum(received_count)::BIGINT AS received_count,
    sum(closed_count)::BIGINT AS closed_count,
    sum(said_count)::BIGINT AS said_count,
    sum(resolved_count)::BIGINT AS resolved_count,
    sum(rated_count)::BIGINT AS rated_count,
    sum(satisfied_count)::BIGINT AS satisfied_count,
    sum(due_count)::BIGINT AS due_count,
    sum(on_time_count)::BIGINT AS on_time_count,
    sum(overdue_count)::BIGINT AS overdue_count,
    -- Of an even number of answers the median is the mean of the two in the middle.
    (min(answer_days) FILTER (2 * upto_count >= whole_count)
     + min(answer_days) FILTER (2 * upto_count > whole_count)) / 2 AS answer_days_median
  FROM reached GROUP BY campaign, grouped_by, name
)
SELECT
  campaign, grouped_by, name, received_count, closed_count,
  share(closed_count, received_count) AS closed_share, said_count, resolved_count,
  share(resolved_count, said_count) AS resolved_share, rated_count, satisfied_count,
  share(satisfied_count, rated_count) AS satisfied_share,
  wilson_low(satisfied_count, rated_count) AS satisfied_low,
  wilson_high(satisfied_count, rated_count) AS satisfied_high,
  league_state(
    share(satisfied_count, rated_count), wilson_high(satisfied_count, rated_count),
    max(share(satisfied_count, rated_count)) FILTER (grouped_by = 'total')
      OVER (PARTITION BY campaign)) AS satisfied_state,
  due_count, on_time_count,
  share(on_time_count, due_count) AS on_time_share, received_count - closed_count AS open_count,
  overdue_count, answer_days_median
FROM counted
ORDER BY campaign, grouped_by, open_count DESC, received_count DESC, name NULLS LAST
