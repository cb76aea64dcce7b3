-- Which uploaded boundary does a campaign's map draw?
--
-- The newest one that was not taken back; none where the pack's own boundary is drawn.
-- Example: nothing uploaded: no row.
--
-- Scope: open
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--
-- Returns one row per campaign that has one
--   campaign         VARCHAR  campaign slug
--   boundary         BIGINT   its number
--   level            VARCHAR  community or street: what its areas are
--   approval_number  VARCHAR  map-approval number (审图号); empty without one
--   is_schematic     BOOLEAN  its lines are a sketch
--   note             VARCHAR  where it comes from
--   geojson          VARCHAR  the areas in WGS-84, each with name and code

WITH asked AS (SELECT $campaign::VARCHAR AS slug, $known_at::TIMESTAMP AS known)
SELECT campaign, boundary, level, approval_number, is_schematic, note, geojson
FROM store.main.boundary AS boundary CROSS JOIN asked
WHERE (slug IS NULL OR campaign = slug)
  AND CASE WHEN known IS NULL THEN until_at IS NULL
    ELSE from_at <= known AND (until_at IS NULL OR until_at > known) END
QUALIFY boundary = max(boundary) OVER (PARTITION BY campaign)
ORDER BY campaign
