-- Which public commitments were not kept by their day?
--
-- D17: past the day given, or $days days after publication where none is given, and not fulfilled.
-- What is reported fulfilled and found untrue by a follow-up is not fulfilled.
-- Example: published on 12 May without a day, $days 30, fulfilled on 20 June: found since 12 June
-- until 20 June.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $kinds     VARCHAR[]  曝光, 公开道歉, 公开承诺
--   $days      INTEGER    days after publication where no day is given
--
-- Returns one row per commitment, with its newest row
--   subject         VARCHAR  its number, or what was committed where it has none
--   detail          VARCHAR  what was exposed or committed
--   unit            VARCHAR  the unit
--   since_on        DATE     the first day it was late
--   until_on        DATE     the day it was fulfilled; NULL while it is not
--   measured_value  DOUBLE   days late, by that day or by $as_of
--   threshold       DOUBLE   $days where no day was given, else 0
--   remark          VARCHAR  found untrue by a follow-up, no day given; else NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH commitment AS (
  SELECT *, coalesce(due_on, published_on + $days::INTEGER) AS limit_on,
         CASE WHEN fulfilled_on <= $as_of::DATE AND coalesce(is_confirmed, true)
              THEN fulfilled_on END AS kept_on
  FROM commitment_known($as_of::DATE, $known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND list_contains($kinds::VARCHAR[], kind)
    AND published_on <= $as_of::DATE
)
SELECT
  coalesce(item_no, title) AS subject, format('{}：{}', kind, title) AS detail, unit,
  (limit_on + 1)::DATE AS since_on, kept_on AS until_on,
  (coalesce(kept_on, $as_of::DATE) - limit_on)::DOUBLE AS measured_value,
  CASE WHEN due_on IS NULL THEN $days::INTEGER ELSE 0 END::DOUBLE AS threshold,
  nullif(concat_ws('；',
    CASE WHEN fulfilled_on <= $as_of::DATE AND NOT is_confirmed THEN '核查不属实' END,
    CASE WHEN due_on IS NULL THEN '没有写明时限' END), '') AS remark,
  upload, sheet, row
FROM commitment
WHERE coalesce(kept_on, $as_of::DATE) > limit_on
ORDER BY since_on, subject
