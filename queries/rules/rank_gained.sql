-- Which units moved up by several places and stand in the leading group?
--
-- D5: the newest ranking of the quarters before is what a ranking is held against; at least $places
-- places up (以上 includes the number) and now among the first $leading. Found since the quarter's
-- first such ranking, until the next ranking of the same work.
-- Example: 8th in March, 4th in June: 4 places up, found with $places 3 and $leading 5; from 3rd to
-- 1st is two places, not found; from 12th to 8th is not in the leading group, not found.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $scope     VARCHAR    among whom: 全省, 全市, 全区, 主题活动 or 工作形式
--   $places    INTEGER    places that are enough
--   $leading   INTEGER    how many places are the leading group
--
-- Returns one row per ranking compared: the one before and the one after
--   subject         VARCHAR  unit and work
--   detail          VARCHAR  the work that was ranked
--   unit            VARCHAR  unit
--   since_on        DATE     day of the better ranking
--   until_on        DATE     day of the next ranking; NULL while there is none
--   measured_value  DOUBLE   places gained
--   threshold       DOUBLE   $places
--   remark          VARCHAR  tied, quarters without a ranking between, another number ranked; NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH ranking AS (
  SELECT *, lead(ranked_on) OVER (PARTITION BY work, unit ORDER BY ranked_on) AS next_on,
         ranked_on = max(ranked_on) OVER (PARTITION BY work, unit, quarter) AS is_newest
  FROM rank_placed($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
  WHERE scope = $scope::VARCHAR
),
compared AS (
  SELECT now.*, before.rank AS rank_before, before.quarter AS quarter_before,
         before.place_count AS place_count_before,
         [{'upload': before.upload, 'sheet': before.sheet, 'row': before.row},
          {'upload': now.upload, 'sheet': now.sheet, 'row': now.row}] AS evidence
  FROM ranking AS now
  ASOF JOIN (FROM ranking WHERE is_newest) AS before
    ON before.work = now.work AND before.unit = now.unit AND now.quarter > before.quarter
),
gained AS (
  FROM compared
  WHERE rank_before - rank >= $places::INTEGER
    AND among_first(rank, place_count, $leading::INTEGER)
  QUALIFY row_number() OVER (PARTITION BY work, unit, quarter ORDER BY ranked_on) = 1
)
SELECT
  gained.unit || '·' || work AS subject, work AS detail, gained.unit, ranked_on AS since_on,
  next_on AS until_on, rank_before - rank AS measured_value,
  $places::INTEGER::DOUBLE AS threshold,
  nullif(concat_ws('；',
    CASE WHEN tied_count > 1 THEN '并列' END,
    CASE WHEN quarter - quarter_before > 1
      THEN '与' || quarter_words(quarter_before) || '相比，其间没有排名' END,
    CASE WHEN place_count <> place_count_before
      THEN '参排由' || place_count_before::BIGINT || '家变为' || place_count::BIGINT || '家' END),
    '') AS remark,
  proof.upload, proof.sheet, proof.row
FROM gained CROSS JOIN unnest(gained.evidence) AS proofs(proof)
ORDER BY since_on, subject, upload, row
