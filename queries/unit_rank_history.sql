-- How did the ranks move from month to month?
--
-- Each month is judged at its end, the month of $as_of at $as_of itself. A move is beyond
-- noise when the Wilson intervals of the first and the last ranked month do not overlap.
-- Example: 4 of 10 in July (0.17 to 0.69) and 29 of 30 in October (0.83 to 0.99) is beyond noise.
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
-- Returns one row per unit and month with a rank
--   campaign         VARCHAR  campaign slug
--   month            VARCHAR  YYYY-MM
--   unit             VARCHAR  unit
--   league           VARCHAR  league
--   rank             BIGINT   1 is best; ties share a rank
--   closed_share     DOUBLE   closed / due, 0 to 1
--   share_low        DOUBLE   lower 95 % Wilson bound
--   share_high       DOUBLE   upper 95 % Wilson bound
--   due_count        BIGINT   items due
--   is_beyond_noise  BOOLEAN  the unit moved further than chance explains
--   state            VARCHAR  behind, low or level in the last month shown

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of
),
judged_day AS (
  SELECT list(DISTINCT least(last_day(slice.period), asked.as_of)) AS days
  FROM slice_known($known_at::TIMESTAMP) AS slice CROSS JOIN asked
  WHERE slice.ledger IN ('problems', 'tasks') AND slice.period <= asked.as_of
    AND (slug IS NULL OR slice.campaign = slug)
),
standing AS (
  FROM unit_standing(
    $campaign::VARCHAR, (SELECT days FROM judged_day), $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
  WHERE rank IS NOT NULL
)
SELECT
  campaign, strftime(as_of, '%Y-%m') AS month, unit, league, rank,
  closed_share, share_low, share_high, due_count,
  first_value(share_high) OVER whole < last_value(share_low) OVER whole
    OR first_value(share_low) OVER whole > last_value(share_high) OVER whole AS is_beyond_noise,
  last_value(state) OVER whole AS state
FROM standing
WINDOW whole AS (
  PARTITION BY campaign, unit ORDER BY as_of
  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
ORDER BY campaign, month, rank, unit
