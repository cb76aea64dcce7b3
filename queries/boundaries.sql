-- Which boundaries were uploaded for the map, and which is drawn?
--
-- The newest one that was not taken back is drawn; taking it back draws the one before it.
-- Example: two uploaded and the second taken back: the first in force, the second taken back.
--
-- Scope: open
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--
-- Returns one row per uploaded boundary, newest first
--   campaign         VARCHAR    campaign slug
--   boundary         BIGINT     its number
--   file             VARCHAR    name of the uploaded file
--   level            VARCHAR    community or street
--   datum            VARCHAR    datum of the file's coordinates
--   approval_number  VARCHAR    map-approval number (审图号); empty without one
--   area_count       BIGINT     areas drawn
--   matched_count    BIGINT     of them those that bear a name of the campaign
--   remarks          VARCHAR    what was mended
--   entered_by       VARCHAR    who put it in force
--   from_at          TIMESTAMP  when (UTC)
--   until_at         TIMESTAMP  when it was taken back (UTC); NULL while it was not
--   status           VARCHAR    in force, replaced or taken back

WITH asked AS (SELECT $campaign::VARCHAR AS slug, $known_at::TIMESTAMP AS known),
known_then AS (
  SELECT boundary.* REPLACE (CASE WHEN known IS NULL OR until_at <= known THEN until_at END
    AS until_at)
  FROM store.main.boundary AS boundary CROSS JOIN asked
  WHERE (slug IS NULL OR campaign = slug) AND (known IS NULL OR from_at <= known)
)
SELECT campaign, boundary, file, level, datum, approval_number, area_count, matched_count, remarks,
  entered_by, from_at, until_at,
  CASE WHEN until_at IS NOT NULL THEN 'taken back'
    WHEN boundary = max(boundary) FILTER (until_at IS NULL) OVER (PARTITION BY campaign)
    THEN 'in force' ELSE 'replaced' END AS status
FROM known_then
ORDER BY campaign, boundary DESC
