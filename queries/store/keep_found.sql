-- Keep what a rule found (`incoming`). Of the rules that turn lights one row a rule and unit: with a
-- million items they find a hundred thousand at the end of each month, and each turns the same light.
INSERT INTO memory.main.found BY NAME
FROM incoming WHERE NOT for_lights
UNION ALL BY NAME
SELECT DISTINCT ON (rule, unit) * FROM incoming
WHERE for_lights AND (until_on IS NULL OR until_on > found_on)
