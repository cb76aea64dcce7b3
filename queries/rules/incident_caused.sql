-- Which incidents was a unit found to answer for, by the cause that was found?
--
-- D10 (4)–(7), D18: entered events of these kinds with responsibility found (是否认定责任) and the
-- cause found to be one of $causes: whose side it is (包保责任, 行业部门). What is not yet judged, has
-- no cause or is nobody's doing is none. It is an event: it stays until it has been dealt with.
-- Example: an enterprise moved away on 10 August, responsibility and 包保责任 found: found since that
-- day; with the finding still open, or 企业自身 found: not.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $kinds     VARCHAR[]  kinds of the 事件认定台账
--   $causes    VARCHAR[]  causes found: 包保责任, 行业部门, 企业自身, 外部原因
--
-- Returns one row per incident
--   subject         VARCHAR  the enterprise, else the unit
--   detail          VARCHAR  what happened
--   unit            VARCHAR  the unit
--   since_on        DATE     the day it happened
--   until_on        DATE     always NULL
--   measured_value  DOUBLE   days since then
--   threshold       DOUBLE   always NULL
--   remark          VARCHAR  the cause found, its level, and who found it
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

SELECT
  coalesce(nullif(trim(object), ''), unit) AS subject, title AS detail, unit,
  happened_on AS since_on, NULL::DATE AS until_on,
  ($as_of::DATE - happened_on)::DOUBLE AS measured_value, NULL::DOUBLE AS threshold,
  concat_ws('；', '原因：' || cause, nullif(level, ''), '认定单位：' || nullif(found_by, '')) AS remark,
  upload, sheet, row
FROM incident_known($known_at::TIMESTAMP)
WHERE campaign = $campaign::VARCHAR AND happened_on <= $as_of::DATE AND is_attributed
  AND list_contains($kinds::VARCHAR[], kind) AND list_contains($causes::VARCHAR[], cause)
ORDER BY since_on, subject, detail
