-- Which institutions and dated deliverables are issued, which are late, which have no day?
--
-- B19, E11: what the pack says is to be issued, met with the list of institutions by its name
-- (marks and spaces aside), and what that list has besides. A day the document gives goes
-- before the list's. Each entry is as its newest list says.
-- Example: due 31 August, issued 9 September: status late. Due and not issued: overdue.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units that answer for it; NULL means all
--
-- Returns one row per institution or deliverable, the overdue first, then by day
--   campaign           VARCHAR  campaign slug
--   title              VARCHAR  its name
--   kind               VARCHAR  制度, 方案, 清单 …
--   unit               VARCHAR  who answers for it: the list's unit, else the pack's owner
--   is_deliverable     BOOLEAN  the document asks for it
--   is_due_by_pack     BOOLEAN  the document gives the day
--   due_on             DATE     day it is due; NULL when nobody gave one
--   issued_on          DATE     day it was issued, by the day asked
--   document_no        VARCHAR  its number
--   status             VARCHAR  issued, late (issued after its day), overdue, waiting (day not over) or open (no day)
--   overdue_days       BIGINT   days since its day when overdue, or between day and issue when late
--   upload             BIGINT   upload of the newest list; NULL when no list names it
--   file               VARCHAR  its file
--   sheet              VARCHAR  its sheet
--   row                BIGINT   its row there

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of,
    $unit::VARCHAR[] AS units
),
listed AS (
  SELECT slice.campaign, kept.*, regexp_replace(kept.title, '[\p{P}\p{Z}]', '', 'g') AS bare
  FROM store.main.institutions AS kept
  JOIN slice_known($known_at::TIMESTAMP) AS slice
    ON slice.upload = kept.upload AND slice.ledger = 'institutions' AND slice.period = kept.period
  CROSS JOIN asked
  WHERE kept.period <= as_of AND (slug IS NULL OR slice.campaign = slug)
  QUALIFY row_number() OVER (
    PARTITION BY slice.campaign, bare ORDER BY kept.period DESC, kept.upload DESC, kept.row) = 1
),
asked_for AS (
  SELECT deliverable.*, regexp_replace(deliverable, '[\p{P}\p{Z}]', '', 'g') AS bare
  FROM memory.main.pack_deliverable AS deliverable CROSS JOIN asked
  WHERE slug IS NULL OR campaign = slug
),
met AS (
  SELECT campaign, coalesce(asked_for.deliverable, listed.title) AS title,
    coalesce(listed.kind, asked_for.kind) AS kind,
    coalesce(listed.unit, nullif(asked_for.owner, '')) AS unit,
    asked_for.deliverable IS NOT NULL AS is_deliverable,
    asked_for.due_on IS NOT NULL AS is_due_by_pack,
    coalesce(asked_for.due_on, listed.due_on) AS due_on,
    CASE WHEN listed.issued_on <= as_of THEN listed.issued_on END AS issued_on,
    CASE WHEN listed.issued_on <= as_of THEN listed.document_no END AS document_no,
    listed.upload, listed.sheet, listed.row, asked_for.position
  FROM asked_for FULL JOIN listed USING (campaign, bare)
  CROSS JOIN asked
),
judged AS (
  SELECT met.*,
    CASE WHEN issued_on > due_on THEN 'late' WHEN issued_on IS NOT NULL THEN 'issued'
         WHEN due_on < as_of THEN 'overdue' WHEN due_on IS NOT NULL THEN 'waiting'
         ELSE 'open' END AS status
  FROM met CROSS JOIN asked
)
SELECT
  judged.campaign, title, kind, judged.unit, is_deliverable, is_due_by_pack, due_on, issued_on,
  document_no, judged.status,
  CASE judged.status WHEN 'overdue' THEN as_of - due_on WHEN 'late' THEN issued_on - due_on END
    AS overdue_days,
  judged.upload, upload.file, sheet, row
FROM judged
LEFT JOIN store.main.upload AS upload ON upload.upload = judged.upload
CROSS JOIN asked
WHERE units IS NULL OR list_contains(units, judged.unit)
ORDER BY judged.campaign,
  list_position(['overdue', 'waiting', 'open', 'late', 'issued'], judged.status),
  due_on NULLS LAST, position NULLS LAST, title
