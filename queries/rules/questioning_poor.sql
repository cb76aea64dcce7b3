-- Whom did an unannounced questioning find at a loss?
--
-- D20: of the three marks (情况, 措施, 成效) at least $marks are the worst (不清楚, 不力, 不好). It
-- holds until the unit is asked again and does better. A mark not given is no bad mark.
-- Example: 不清楚, 一般, 一般 on 15 September with $marks 1: found since that day with 1; asked
-- again on 20 October with no worst mark: until then.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $marks     INTEGER    worst marks of three from which it is found
--
-- Returns one row per questioning, with its row
--   subject         VARCHAR  the post asked, else the unit
--   detail          VARCHAR  the worst marks
--   unit            VARCHAR  the unit
--   since_on        DATE     the day of the questioning
--   until_on        DATE     the day the unit was asked again; NULL when it was not
--   measured_value  DOUBLE   worst marks
--   threshold       DOUBLE   $marks
--   remark          VARCHAR  which marks were not given; else NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH marked AS (
  SELECT *, worst_marks(situation, measures, effect) AS worst,
         concat_ws('、', CASE WHEN situation IS NULL THEN '情况' END,
                   CASE WHEN measures IS NULL THEN '措施' END,
                   CASE WHEN effect IS NULL THEN '成效' END) AS unmarked,
         lead(asked_on) OVER (PARTITION BY unit ORDER BY asked_on, upload, row) AS next_on
  FROM questioning_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND asked_on <= $as_of::DATE
)
SELECT
  coalesce(nullif(post, ''), unit) AS subject, array_to_string(worst, '、') AS detail, unit,
  asked_on AS since_on, next_on AS until_on, len(worst)::DOUBLE AS measured_value,
  $marks::INTEGER::DOUBLE AS threshold,
  CASE WHEN unmarked <> '' THEN unmarked || '没有评定' END AS remark, upload, sheet, row
FROM marked
WHERE len(worst) >= $marks::INTEGER
ORDER BY since_on, subject
