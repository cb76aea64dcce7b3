-- Which phases of a campaign are over, current or ahead?
--
-- Two phases can be current at once (A2).
-- Example: a phase from 1 August to 31 December is current on 31 October with
-- elapsed_share 92/153.
--
-- Scope: open
--
-- Parameters
--   $campaign  VARCHAR  campaign slug; NULL means all
--   $as_of     DATE     the day the question is asked
--
-- Returns one row per phase, in the document's order
--   campaign       VARCHAR  campaign slug
--   phase          VARCHAR  name of the phase
--   start_on       DATE     first day
--   end_on         DATE     last day
--   status         VARCHAR  done, current or ahead
--   elapsed_share  DOUBLE   days begun / days of the phase, 0 to 1

WITH asked AS (SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of)
SELECT
  campaign, phase, start_on, end_on,
  CASE WHEN end_on < as_of THEN 'done' WHEN start_on > as_of THEN 'ahead' ELSE 'current' END AS status,
  greatest(0, least(1, (as_of - start_on + 1) / (end_on - start_on + 1)))::DOUBLE AS elapsed_share
FROM memory.main.pack_phase CROSS JOIN asked
WHERE slug IS NULL OR campaign = slug
ORDER BY campaign, position
