-- How do hotline and petition tickets stand, side by side: answered, resolved, satisfied?
--
-- All tickets received by $as_of (B9). Closed is answered; resolved and satisfied are what
-- the citizen says, over those who said. A ticket without a deadline is never late and does
-- not count for on_time_share. Days are calendar days from receipt to answer.
-- Example: received 2019-04-24, answered 2019-05-09: 15 days.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $month     VARCHAR    month of receipt YYYY-MM; NULL means all
--
-- Returns one row per channel
--   campaign            VARCHAR  campaign slug
--   channel             VARCHAR  channel; 未注明 when the list has none
--   received_count      BIGINT   tickets received
--   closed_count        BIGINT   answered by the day
--   resolved_count      BIGINT   said to be resolved
--   satisfied_count     BIGINT   rated satisfied
--   rated_count         BIGINT   rated
--   closed_share        DOUBLE   closed / received, 0 to 1
--   satisfied_share     DOUBLE   satisfied / rated, 0 to 1; NULL when none was rated
--   due_count           BIGINT   deadline on or before the day
--   on_time_share       DOUBLE   of the due, answered on or before the deadline, 0 to 1; NULL when none was due
--   overdue_count       BIGINT   deadline passed and not answered
--   answer_days_median  DOUBLE   median days from receipt to answer; NULL when none was answered

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $unit::VARCHAR[] AS units, $month::VARCHAR AS month_asked
)
SELECT
  campaign, coalesce(channel, '未注明') AS channel,
  count(*) AS received_count,
  count(*) FILTER (is_closed) AS closed_count,
  count(*) FILTER (is_closed AND is_resolved) AS resolved_count,
  count(*) FILTER (is_satisfied) AS satisfied_count,
  count(is_satisfied) AS rated_count,
  share(count(*) FILTER (is_closed), count(*)) AS closed_share,
  share(count(*) FILTER (is_satisfied), count(is_satisfied)) AS satisfied_share,
  count(*) FILTER (is_due) AS due_count,
  share(count(*) FILTER (is_on_time), count(*) FILTER (is_due)) AS on_time_share,
  count(*) FILTER (is_overdue) AS overdue_count,
  median(answer_days) AS answer_days_median
FROM ticket_on($as_of::DATE, $known_at::TIMESTAMP) CROSS JOIN asked
WHERE (slug IS NULL OR campaign = slug)
  AND (units IS NULL OR list_contains(units, unit))
  AND (month_asked IS NULL OR strftime(received_on, '%Y-%m') = month_asked)
GROUP BY ALL
ORDER BY campaign, channel
