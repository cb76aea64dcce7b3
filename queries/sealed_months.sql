-- Which months are sealed (封账), and what quoted them?
--
-- What is published for a sealed month is a correction and says so. Lifted seals are kept.
-- Example: September quoted in 第3期通报: month 2022-09, is_in_force true.
--
-- Scope: open
--
-- Parameters
--   $campaign  VARCHAR  campaign slug; NULL means all
--
-- Returns one row per seal, newest first
--   campaign     VARCHAR    campaign slug
--   month        VARCHAR    YYYY-MM
--   quoted_in    VARCHAR    what quoted the month
--   sealed_by    VARCHAR    who sealed it
--   sealed_at    TIMESTAMP  when (UTC)
--   unsealed_at  TIMESTAMP  when the seal was lifted (UTC); NULL while it holds
--   is_in_force  BOOLEAN    the seal holds

SELECT campaign, strftime(period, '%Y-%m') AS month, quoted_in, sealed_by, from_at AS sealed_at,
  until_at AS unsealed_at, until_at IS NULL AS is_in_force
FROM store.main.seal
WHERE $campaign::VARCHAR IS NULL OR campaign = $campaign::VARCHAR
ORDER BY campaign, from_at DESC, quoted_in
