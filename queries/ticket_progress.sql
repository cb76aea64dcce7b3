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

WITH ticket AS (
  FROM ticket_tally_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP, $unit::VARCHAR[])
  WHERE $month::VARCHAR IS NULL OR month = $month::VARCHAR
),
answered AS (
  SELECT campaign, channel, answer_days,
    sum(sum(received_count)) OVER (PARTITION BY campaign, channel ORDER BY answer_days) AS upto_count,
    sum(sum(received_count)) OVER (PARTITION BY campaign, channel) AS whole_count
  FROM ticket WHERE answer_days IS NOT NULL GROUP BY campaign, channel, answer_days
),
halfway AS (
  -- Of an even number of answers the median is the mean of the two in the middle.
  SELECT campaign, channel,
    (min(answer_days) FILTER (2 * upto_count >= whole_count)
     + min(answer_days) FILTER (2 * upto_count > whole_count)) / 2 AS answer_days_median
  FROM answered GROUP BY ALL
)
SELECT
  campaign, channel,
  sum(received_count)::BIGINT AS received_count,
  sum(closed_count)::BIGINT AS closed_count,
  sum(resolved_count)::BIGINT AS resolved_count,
  sum(satisfied_count)::BIGINT AS satisfied_count,
  sum(rated_count)::BIGINT AS rated_count,
  share(sum(closed_count), sum(received_count)) AS closed_share,
  share(sum(satisfied_count), sum(rated_count)) AS satisfied_share,
  sum(due_count)::BIGINT AS due_count,
  share(sum(on_time_count), sum(due_count)) AS on_time_share,
  sum(overdue_count)::BIGINT AS overdue_count,
  any_value(answer_days_median) AS answer_days_median
FROM ticket LEFT JOIN halfway USING (campaign, channel)
GROUP BY campaign, channel
ORDER BY campaign, channel
