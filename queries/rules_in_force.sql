-- Which rules does a campaign have, by which clause, with which limits?
--
-- F5: each says whether its number is set by the text (a clause) or by the office (本级自定).
-- Example: 严重超期, limits {"days": 30}, limit_source 本级自定, is_on true.
--
-- Scope: open
--
-- Parameters
--   $campaign  VARCHAR  campaign slug; NULL means all
--
-- Returns one row per rule, as the pack lists them
--   campaign      VARCHAR    campaign slug
--   rule          VARCHAR    rule
--   kind          VARCHAR    the file of queries/rules that finds it
--   mechanism     VARCHAR    which mechanism of the plans it is
--   level         VARCHAR    red, amber, blue or good
--   consequence   VARCHAR    what follows
--   measures      VARCHAR[]  the ways the text gives for it
--   limits        VARCHAR    its limits as JSON
--   limit_source  VARCHAR    where they are from: the clause, or 本级自定
--   clause        VARCHAR    where the rule is from
--   is_light      BOOLEAN    it turns the light of the unit that answers for it
--   is_on         BOOLEAN    it is switched on

SELECT campaign, rule, kind, mechanism, level, consequence, measures, limits,
  coalesce(nullif(limit_source, ''), source) AS limit_source, source AS clause, is_light, is_on
FROM memory.main.pack_rule
WHERE $campaign::VARCHAR IS NULL OR campaign = $campaign::VARCHAR
ORDER BY campaign, position
