-- What was kept of one row of a file, column by column?
--
-- Any ledger's row as it is stored, whether its upload is in force, replaced or a draft.
-- Example: row 14 of a sheet: column title, value the item's text; column due_on, 2022-09-30.
--
-- Scope: row
--
-- Parameters
--   $upload  BIGINT   number of the upload
--   $sheet   VARCHAR  its sheet
--   $row     BIGINT   its row there, 1-based
--
-- Returns one row per stored column, in the ledger's order; none when no such row was kept
--   ledger    VARCHAR  kind of ledger
--   month     VARCHAR  YYYY-MM of the list; NULL in a roster
--   item_key  VARCHAR  what the row is about
--   column    VARCHAR  our name of the column
--   value     VARCHAR  what is stored; NULL when empty

WITH asked AS (SELECT $upload::BIGINT AS upload, $sheet::VARCHAR AS sheet, $row::BIGINT AS row),
chosen AS (
  SELECT 'problems' AS ledger, period, item_key, to_json(problems) AS cells
  FROM store.main.problems JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'tasks', period, item_key, to_json(tasks)
  FROM store.main.tasks JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'tickets', period, item_key, to_json(tickets)
  FROM store.main.tickets JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'checks', period, item_key, to_json(checks)
  FROM store.main.checks JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'indicators', period, item_key, to_json(indicators)
  FROM store.main.indicators JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'units', period, item_key, to_json(units)
  FROM store.main.units JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'communities', period, item_key, to_json(communities)
  FROM store.main.communities JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'steps', period, item_key, to_json(steps)
  FROM store.main.steps JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'activities', period, item_key, to_json(activities)
  FROM store.main.activities JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'visits', period, item_key, to_json(visits)
  FROM store.main.visits JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'enterprises', period, item_key, to_json(enterprises)
  FROM store.main.enterprises JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'clues', period, item_key, to_json(clues)
  FROM store.main.clues JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'refusals', period, item_key, to_json(refusals)
  FROM store.main.refusals JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'failures', period, item_key, to_json(failures)
  FROM store.main.failures JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'petitions', period, item_key, to_json(petitions)
  FROM store.main.petitions JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'approvals', period, item_key, to_json(approvals)
  FROM store.main.approvals JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'institutions', period, item_key, to_json(institutions)
  FROM store.main.institutions JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'returns', period, item_key, to_json(returns)
  FROM store.main.returns JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'milestones', period, item_key, to_json(milestones)
  FROM store.main.milestones JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'projects', period, item_key, to_json(projects)
  FROM store.main.projects JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'satisfaction', period, item_key, to_json(satisfaction)
  FROM store.main.satisfaction JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'ranks', period, item_key, to_json(ranks)
  FROM store.main.ranks JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'appraisals', period, item_key, to_json(appraisals)
  FROM store.main.appraisals JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'points', period, item_key, to_json(given)
  FROM store.main.points AS given JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'contests', period, item_key, to_json(contests)
  FROM store.main.contests JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'reviews', period, item_key, to_json(reviews)
  FROM store.main.reviews JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'instructions', period, item_key, to_json(instructions)
  FROM store.main.instructions JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'incidents', period, item_key, to_json(incidents)
  FROM store.main.incidents JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'commitments', period, item_key, to_json(commitments)
  FROM store.main.commitments JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'questionings', period, item_key, to_json(questionings)
  FROM store.main.questionings JOIN asked USING (upload, sheet, row)
  UNION ALL
  SELECT 'cases', period, item_key, to_json(cases)
  FROM store.main.cases JOIN asked USING (upload, sheet, row)
),
listed AS (
  SELECT *, unnest(json_keys(cells)) AS name, generate_subscripts(json_keys(cells), 1) AS position
  FROM chosen
)
SELECT
  ledger, strftime(period, '%Y-%m') AS month, item_key, name AS "column", cells ->> name AS value
FROM listed
WHERE name NOT IN ('upload', 'sheet', 'row', 'period', 'item_key')
ORDER BY ledger, position
