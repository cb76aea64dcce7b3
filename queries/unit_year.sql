-- What did a unit's year look like, month by month?
--
-- D19, 一单位一档: counts for people to judge; no verdict. Items stand as on the month's last day (of
-- the month asked about, on the day); findings, checks, points and commitments are those of the
-- month. The lights are unit_lights. A month that is not reported has no counts of items.
-- Example: September: 20 items, 12 due, 9 of them closed, 3 overdue; 2 findings new and 1 dealt
-- with; 4 checks true and 1 false; 3 points; one commitment published.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units; NULL means all
--
-- Returns one row per unit and month of the year of $as_of, in the roster's order, from the
-- campaign's first month on, or from the first that a list tells of
--   unit                   VARCHAR  unit
--   month                  VARCHAR  YYYY-MM
--   is_reported            BOOLEAN  every list of items that the unit owed for the month is in
--   item_count             BIGINT   items led; NULL when the month is not reported
--   due_count              BIGINT   of those, due
--   closed_due_count       BIGINT   of the due, closed
--   closed_share           DOUBLE   closed / due, 0 to 1; NULL when nothing was due
--   overdue_count          BIGINT   overdue
--   found_count            BIGINT   findings that began in the month, good ones not counted
--   ended_count            BIGINT   findings dealt with, or that held no more, in the month
--   commended_count        BIGINT   findings to be commended that began in the month
--   true_count             BIGINT   checks on the spot that found a closing true
--   false_count            BIGINT   and false (假销号)
--   points                 DOUBLE   points given and taken
--   commitment_count       BIGINT   exposures, apologies and commitments published
--   instruction_count      BIGINT   instructions given
--   questioning_count      BIGINT   unannounced questionings

WITH roster AS (
  FROM unit_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR
    AND ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], unit))
),
-- Months of this year that any list tells of; figures of years before are in no unit's year.
told AS (
  SELECT period FROM slice_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND ledger <> 'indicators'
    AND period >= date_trunc('year', $as_of::DATE)
),
month AS (
  SELECT unnest(month_ends(
           greatest(date_trunc('year', $as_of::DATE)::DATE,
             least(start_on, coalesce((SELECT min(period) FROM told), start_on))),
           $as_of::DATE)) AS month_end,
         least(month_end, $as_of::DATE) AS seen_on
  FROM memory.main.pack_campaign WHERE campaign = $campaign::VARCHAR AND start_on <= $as_of::DATE
),
standing AS (
  SELECT as_of AS seen_on, unit,
         tallied(alike_count, true) AS item_count,
         tallied(alike_count, is_due) AS due_count,
         tallied(alike_count, is_due AND is_closed) AS closed_due_count,
         tallied(alike_count, is_overdue) AS overdue_count
  FROM tally_of_days(
    $campaign::VARCHAR, (SELECT list(seen_on) FROM month), $known_at::TIMESTAMP, $unit::VARCHAR[],
    NULL, NULL, NULL)
  GROUP BY ALL
),
sent AS (
  SELECT unit, last_day(period) AS month_end, bool_and(first_came_on IS NOT NULL) AS is_reported
  FROM unit_list_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
  WHERE ledger IN ('problems', 'tasks') GROUP BY ALL
),
finding AS (
  SELECT unit, level, since_on, ended_month, alike_count
  FROM finding_tallied($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
  WHERE status NOT IN ('gone', 'withdrawn')
),
checked AS (
  FROM closing_check($known_at::TIMESTAMP) WHERE campaign = $campaign::VARCHAR AND was_closed
),
-- What happened to a unit in a month, one row a thing.
happened AS (
  SELECT unit, since_on AS happened_on,
         CASE WHEN level = 'good' THEN 'commended' ELSE 'found' END AS thing, alike_count AS amount
  FROM finding
  UNION ALL SELECT unit, ended_month, 'ended', alike_count FROM finding WHERE level <> 'good'
  UNION ALL
  SELECT item.unit, checked.checked_on, CASE WHEN is_verified THEN 'true' ELSE 'false' END, 1
  FROM checked
  JOIN (
    SELECT ledger, item_key, arg_max(unit, period) AS unit FROM item_report($known_at::TIMESTAMP)
    WHERE campaign = $campaign::VARCHAR
      AND (ledger, item_key) IN (SELECT (ledger, item_key) FROM checked)
    GROUP BY ALL
  ) AS item USING (ledger, item_key)
  UNION ALL
  SELECT unit, given_on, 'points', points FROM points_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR
  UNION ALL
  SELECT unit, published_on, 'commitment', 1
  FROM commitment_known($as_of::DATE, $known_at::TIMESTAMP) WHERE campaign = $campaign::VARCHAR
  UNION ALL
  SELECT unit, given_on, 'instruction', 1
  FROM instruction_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
  UNION ALL
  SELECT unit, asked_on, 'questioning', 1 FROM questioning_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR
),
counted AS (
  SELECT unit, last_day(happened_on) AS month_end,
         map_from_entries(list((thing, amount))) AS amounts
  FROM (
    SELECT unit, last_day(happened_on) AS happened_on, thing, sum(amount) AS amount
    FROM happened WHERE happened_on <= $as_of::DATE GROUP BY ALL
  ) GROUP BY ALL
)
SELECT
  roster.unit, strftime(month.month_end, '%Y-%m') AS month,
  coalesce(sent.is_reported, true) AS is_reported,
  CASE WHEN coalesce(sent.is_reported, true) THEN coalesce(item_count, 0) END AS item_count,
  CASE WHEN coalesce(sent.is_reported, true) THEN coalesce(due_count, 0) END AS due_count,
  CASE WHEN coalesce(sent.is_reported, true) THEN coalesce(closed_due_count, 0) END
    AS closed_due_count,
  CASE WHEN coalesce(sent.is_reported, true) THEN share(closed_due_count, due_count) END
    AS closed_share,
  CASE WHEN coalesce(sent.is_reported, true) THEN coalesce(overdue_count, 0) END AS overdue_count,
  coalesce(amounts['found'], 0)::BIGINT AS found_count,
  coalesce(amounts['ended'], 0)::BIGINT AS ended_count,
  coalesce(amounts['commended'], 0)::BIGINT AS commended_count,
  coalesce(amounts['true'], 0)::BIGINT AS true_count,
  coalesce(amounts['false'], 0)::BIGINT AS false_count,
  coalesce(amounts['points'], 0)::DOUBLE AS points,
  coalesce(amounts['commitment'], 0)::BIGINT AS commitment_count,
  coalesce(amounts['instruction'], 0)::BIGINT AS instruction_count,
  coalesce(amounts['questioning'], 0)::BIGINT AS questioning_count
FROM roster CROSS JOIN month
LEFT JOIN standing ON standing.unit = roster.unit AND standing.seen_on = month.seen_on
LEFT JOIN sent ON sent.unit = roster.unit AND sent.month_end = month.month_end
LEFT JOIN counted ON counted.unit = roster.unit AND counted.month_end = month.month_end
ORDER BY roster.position, month.month_end
