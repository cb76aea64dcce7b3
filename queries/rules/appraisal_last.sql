-- Who came last in one of the appraisals of a quarter, and below the mark?
--
-- D6, 三评: three lists, each ranked by itself, quarter by quarter: last and below $score (both: our
-- reading of 排名倒数第一（低于75分）). Judged when the quarter is over. All that share the lowest
-- score are last; who was not appraised is not, nor is the only one of a list. It is an event: it
-- stays until it has been dealt with. For what is run from above, the way is a letter.
-- Example: lowest of 评重点科室 with 74 points and $score 75: found; lowest with 75: not.
--
-- Parameters
--   $campaign    VARCHAR    campaign slug
--   $as_of       DATE       the day the question is asked
--   $known_at    TIMESTAMP  as it was known then (UTC); NULL means now
--   $score       DOUBLE     points below which it counts
--   $few_raters  INTEGER    so many raters are enough; of fewer the remark says so
--
-- Returns one row per body appraised last
--   subject         VARCHAR  unit and body, with the list
--   detail          VARCHAR  the body
--   unit            VARCHAR  unit it belongs to
--   since_on        DATE     the quarter's last day
--   until_on        DATE     always NULL
--   measured_value  DOUBLE   its score
--   threshold       DOUBLE   $score
--   remark          VARCHAR  letter to the body above, tied, few raters; NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH scored AS (
  SELECT *, (date_trunc('quarter', appraised_on) + INTERVAL 3 MONTH - INTERVAL 1 DAY)::DATE
           AS quarter_end
  FROM appraisal_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR
  QUALIFY row_number() OVER (
    PARTITION BY list, quarter_end, unit, subject ORDER BY appraised_on DESC, upload DESC) = 1
),
ranked AS (
  SELECT *, count(*) OVER quarterly AS subject_count, score = min(score) OVER quarterly AS is_last,
         count(*) OVER (PARTITION BY list, quarter_end, score) AS tied_count
  FROM scored WHERE quarter_end <= $as_of::DATE AND score IS NOT NULL
  WINDOW quarterly AS (PARTITION BY list, quarter_end)
)
SELECT
  concat_ws('·', CASE WHEN unit <> subject THEN unit END, subject) || '（' || list || '）' AS subject,
  subject AS detail, unit, quarter_end AS since_on, NULL::DATE AS until_on,
  score AS measured_value, $score::DOUBLE AS threshold,
  nullif(concat_ws('；',
    CASE WHEN is_vertical THEN '上级垂直管理：向其主管部门发函建议免职' END,
    CASE WHEN tied_count > 1 THEN '并列末位' END,
    CASE WHEN raters_count < $few_raters::INTEGER
      THEN '参评仅' || raters_count::BIGINT || '人' END), '') AS remark,
  upload, sheet, row
FROM ranked WHERE is_last AND subject_count > 1 AND score < $score::DOUBLE
ORDER BY since_on, subject
