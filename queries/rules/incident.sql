-- Which incidents of these kinds were recorded?
--
-- D4 (提升缓慢无实质措施), D7 (4), D10: an entered event with what was found of it, by people. It is
-- an event: it stays until it has been dealt with. With $is_attributed only those for which the unit
-- was found to answer; without it all but those found not to be its doing. With $levels only those
-- of one of these grades (特大以上), and those whose grade is not written, which the remark says.
-- Example: a 重大舆情 of 12 May not yet attributed: found for 必访, not for what needs a finding.
--
-- Parameters
--   $campaign       VARCHAR    campaign slug
--   $as_of          DATE       the day the question is asked
--   $known_at       TIMESTAMP  as it was known then (UTC); NULL means now
--   $kinds          VARCHAR[]  kinds of the 事件认定台账
--   $levels         VARCHAR[]  grades that count; an empty list means all
--   $is_attributed  BOOLEAN    only where the unit was found to answer for it
--
-- Returns one row per incident
--   subject         VARCHAR  unit, enterprise and what happened
--   detail          VARCHAR  what happened
--   unit            VARCHAR  unit
--   since_on        DATE     the day it happened
--   until_on        DATE     always NULL
--   measured_value  DOUBLE   days since then
--   threshold       DOUBLE   always NULL
--   remark          VARCHAR  its grade, the cause found, not yet attributed; NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

SELECT
  concat_ws('·', unit, object, title) AS subject, title AS detail, unit,
  happened_on AS since_on, NULL::DATE AS until_on,
  ($as_of::DATE - happened_on)::DOUBLE AS measured_value, NULL::DOUBLE AS threshold,
  nullif(concat_ws('；',
    coalesce(level, CASE WHEN len($levels::VARCHAR[]) > 0 THEN '等级没有写' END),
    '原因：' || cause, CASE WHEN is_attributed IS NULL THEN '尚未认定责任' END), '') AS remark,
  upload, sheet, row
FROM incident_known($known_at::TIMESTAMP)
WHERE campaign = $campaign::VARCHAR AND happened_on <= $as_of::DATE
  AND list_contains($kinds::VARCHAR[], kind)
  AND (len($levels::VARCHAR[]) = 0 OR level IS NULL OR list_contains($levels::VARCHAR[], level))
  AND CASE WHEN $is_attributed::BOOLEAN THEN coalesce(is_attributed, false)
           ELSE coalesce(is_attributed, true) END
ORDER BY since_on, subject
