-- What kinds of problems are there, how hard are they, and how are they handled?
--
-- A13: items of the problem list by kind (共性、顽固、典型、突出), difficulty (常规、疑难 …) and
-- handling (交办、督办、查办). What a list leaves empty is NULL. Items without any of the three
-- are left out; one with several kinds counts for each.
-- Example: 8 items 共性问题 × 疑难 × 督办, 5 closed, 2 overdue.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  lead units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  dimensions; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per kind, difficulty and handling that occur, and per kind and difficulty together, in the pack's order
--   campaign             VARCHAR  campaign slug
--   grouped_by           VARCHAR  all three, or cell: kind and difficulty
--   kind                 VARCHAR  kind of problem
--   difficulty           VARCHAR  how hard it is
--   handling             VARCHAR  how it is handled; NULL in a cell
--   item_count           BIGINT   items
--   closed_count         BIGINT   closed by the day
--   closed_of_all_share  DOUBLE   closed / items, 0 to 1
--   overdue_count        BIGINT   overdue
--   escalated_count      BIGINT   raised to the level above, open
--   kind_position        BIGINT   place of the kind in the pack; NULL when it does not list it
--   difficulty_position  BIGINT   place of the difficulty in the pack; NULL when it does not list it

WITH asked AS (SELECT $campaign::VARCHAR AS slug),
item AS (
  SELECT * REPLACE (kind_of AS kind)
  FROM (
    SELECT *, unnest(string_split(coalesce(kind, ''), '、')) AS kind_of
    FROM class_asked(
      $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP, $unit::VARCHAR[],
      $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
    WHERE coalesce(kind, difficulty, handling) IS NOT NULL
  )
),
counted AS (
  SELECT campaign, CASE WHEN grouping(handling) = 0 THEN 'all three' ELSE 'cell' END AS grouped_by,
    nullif(kind, '') AS kind, difficulty, handling,
    tallied(alike_count, true) AS item_count,
    tallied(alike_count, is_closed) AS closed_count,
    tallied(alike_count, is_overdue) AS overdue_count,
    tallied(alike_count, is_escalated) AS escalated_count
  FROM item
  GROUP BY GROUPING SETS ((campaign, kind, difficulty, handling), (campaign, kind, difficulty))
)
SELECT
  counted.campaign, grouped_by, counted.kind, counted.difficulty, counted.handling, item_count,
  closed_count, share(closed_count, item_count) AS closed_of_all_share, overdue_count,
  escalated_count, kinds.position AS kind_position, levels.position AS difficulty_position
FROM counted
LEFT JOIN memory.main.pack_class AS kinds
  ON kinds.campaign = counted.campaign AND kinds.axis = 'kind' AND kinds.name = counted.kind
LEFT JOIN memory.main.pack_class AS levels
  ON levels.campaign = counted.campaign AND levels.axis = 'difficulty'
 AND levels.name = counted.difficulty
LEFT JOIN memory.main.pack_class AS ways
  ON ways.campaign = counted.campaign AND ways.axis = 'handling' AND ways.name = counted.handling
ORDER BY counted.campaign, grouped_by, kinds.position NULLS LAST, counted.kind,
  levels.position NULLS LAST, counted.difficulty, ways.position NULLS LAST, counted.handling
