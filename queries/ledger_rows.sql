-- Which rows of any list in force hold these words?
--
-- Every row as its file gave it: each month's report of an item, the withdrawn too, and the rows
-- of every other ledger. Words are looked for in the text, the number, the unit, and what else
-- tells such a row apart: the post of a visit, the reason of a step, the number of a document.
-- Example: an item reported in August and September is two rows.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $words     VARCHAR    text to look for; NULL means all
--   $ledger    VARCHAR    kind of ledger; NULL means all
--   $day_from  DATE       day on or after; NULL means any
--   $day_to    DATE       day on or before; NULL means any
--   $at_most   BIGINT     so many rows, in this order; NULL means all
--   $skip      BIGINT     rows passed over before them; NULL means none
--   $unsearched  VARCHAR[]  ledgers whose texts are not looked into; NULL means none
--
-- Returns one row per ledger row, the newest month first
--   campaign  VARCHAR  campaign slug
--   ledger    VARCHAR  kind of ledger
--   month     VARCHAR  YYYY-MM of the list; NULL in a roster
--   item_key  VARCHAR  what the row is about
--   title     VARCHAR  its text, or what it is about: the enterprise visited, the form of activity
--   unit      VARCHAR  lead unit, if there is one
--   state     VARCHAR  state, result, step or kind as read, if there is one
--   day       DATE     deadline, or the day it happened
--   upload    BIGINT   upload the row came in
--   file      VARCHAR  its file
--   sheet     VARCHAR  its sheet
--   row       BIGINT   its row there
--   found_count  BIGINT  how many are found in all

WITH kept AS (
  SELECT 'problems' AS kind, upload, sheet, row, period, item_key, title, unit, state,
    due_on AS day, enterprise AS also_said
  FROM store.main.problems
  UNION ALL
  SELECT 'tasks', upload, sheet, row, period, item_key, title, unit, state, due_on, NULL
  FROM store.main.tasks
  UNION ALL
  SELECT 'tickets', upload, sheet, row, period, item_key, title, unit, state, received_on, NULL
  FROM store.main.tickets
  UNION ALL
  SELECT 'checks', upload, sheet, row, period, item_key, title, unit,
    CASE WHEN is_verified THEN 'true' ELSE 'false' END, checked_on, checker_post
  FROM check_known($known_at::TIMESTAMP)
  UNION ALL
  SELECT 'indicators', upload, sheet, row, period, item_key, indicator, unit, value::VARCHAR,
    period, NULL
  FROM store.main.indicators
  UNION ALL
  SELECT 'units', upload, sheet, row, period, item_key, name, name, league, NULL, aliases
  FROM store.main.units
  UNION ALL
  SELECT 'communities', upload, sheet, row, period, item_key, name, NULL, street, NULL, aliases
  FROM store.main.communities
  UNION ALL
  SELECT 'steps', upload, sheet, row, period, item_key, coalesce(title, item_no), unit, step,
    step_on, concat_ws(' ', post, reason, old_value, new_value)
  FROM store.main.steps
  UNION ALL
  SELECT 'activities', upload, sheet, row, period, item_key, activity, unit, NULL, held_on,
    concat_ws(' ', post, topic, object, result)
  FROM store.main.activities
  UNION ALL
  SELECT 'visits', upload, sheet, row, period, item_key, object, unit, visit, visited_on,
    concat_ws(' ', post, content)
  FROM store.main.visits
  UNION ALL
  SELECT 'enterprises', upload, sheet, row, period, item_key, name, unit, object_kind, NULL,
    concat_ws(' ', leader_post, contact_post, aliases, address)
  FROM store.main.enterprises
  UNION ALL
  SELECT 'clues', upload, sheet, row, period, item_key, title, unit, handling, received_on,
    source_unit
  FROM store.main.clues
  UNION ALL
  SELECT 'refusals', upload, sheet, row, period, item_key, title, unit, state, received_on,
    concat_ws(' ', reason, raised_to)
  FROM store.main.refusals
  UNION ALL
  SELECT 'failures', upload, sheet, row, period, item_key, title, unit, state, received_on,
    concat_ws(' ', reason, channel)
  FROM store.main.failures
  UNION ALL
  SELECT 'petitions', upload, sheet, row, period, item_key, title, unit, state, received_on,
    concat_ws(' ', form, level, assigned_by, community)
  FROM store.main.petitions
  UNION ALL
  SELECT 'approvals', upload, sheet, row, period, item_key, title, unit, NULL, accepted_on,
    enterprise
  FROM store.main.approvals
  UNION ALL
  SELECT 'institutions', upload, sheet, row, period, item_key, title, unit, kind,
    coalesce(issued_on, due_on), document_no
  FROM store.main.institutions
  UNION ALL
  SELECT 'returns', upload, sheet, row, period, item_key, unit, unit, NULL, period, NULL
  FROM store.main.returns
  UNION ALL
  SELECT 'milestones', upload, sheet, row, period, item_key, title, unit, NULL, due_on, item_no
  FROM store.main.milestones
  UNION ALL
  SELECT 'projects', upload, sheet, row, period, item_key, title, unit, stage, stage_on,
    concat_ws(' ', industry, obstacle)
  FROM store.main.projects
  UNION ALL
  SELECT 'satisfaction', upload, sheet, row, period, item_key, action, unit, NULL, surveyed_on,
    concat_ws(' ', community, method)
  FROM store.main.satisfaction
  UNION ALL
  SELECT 'ranks', upload, sheet, row, period, item_key, work, unit, rank::BIGINT::VARCHAR,
    ranked_on, concat_ws(' ', scope, published_by)
  FROM store.main.ranks
  UNION ALL
  SELECT 'appraisals', upload, sheet, row, period, item_key, subject, unit, list, appraised_on,
    NULL
  FROM store.main.appraisals
  UNION ALL
  SELECT 'points', upload, sheet, row, period, item_key, reason, unit, points::VARCHAR, given_on,
    concat_ws(' ', post, basis)
  FROM store.main.points
  UNION ALL
  SELECT 'contests', upload, sheet, row, period, item_key, criterion, unit, score::VARCHAR,
    scored_on, concat_ws(' ', contest, scorer_post)
  FROM store.main.contests
  UNION ALL
  SELECT 'reviews', upload, sheet, row, period, item_key, title, unit, kind, due_on,
    concat_ws(' ', post, sampled_by)
  FROM store.main.reviews
  UNION ALL
  SELECT 'instructions', upload, sheet, row, period, item_key, title, unit, NULL,
    coalesce(due_on, given_on), concat_ws(' ', given_by, occasion, effect)
  FROM store.main.instructions
  UNION ALL
  SELECT 'incidents', upload, sheet, row, period, item_key, title, unit, kind, happened_on,
    concat_ws(' ', object, level, cause, found_by)
  FROM store.main.incidents
  UNION ALL
  SELECT 'commitments', upload, sheet, row, period, item_key, title, unit, kind,
    coalesce(due_on, published_on), concat_ws(' ', post, medium)
  FROM store.main.commitments
  UNION ALL
  SELECT 'questionings', upload, sheet, row, period, item_key, unit, unit,
    concat_ws('、', situation, measures, effect), asked_on, concat_ws(' ', post, asked_by)
  FROM store.main.questionings
  UNION ALL
  SELECT 'cases', upload, sheet, row, period, item_key, title, unit, kind, published_on,
    concat_ws(' ', content, item_no, published_in)
  FROM store.main.cases
),
-- Counted apart, which takes less than a count beside each row.
found AS MATERIALIZED (
  SELECT
    slice.campaign, kept.kind AS ledger, strftime(kept.period, '%Y-%m') AS month, kept.item_key,
    kept.title, kept.unit, kept.state, kept.day, kept.upload, upload.file, kept.sheet, kept.row,
    kept.period
  FROM kept
  ANTI JOIN row_outdone(NULL, $known_at::TIMESTAMP) AS outdone USING (upload, sheet, row, item_key)
  JOIN slice_known($known_at::TIMESTAMP) AS slice
    ON slice.upload = kept.upload AND slice.ledger = kept.kind
   AND slice.period IS NOT DISTINCT FROM kept.period
  JOIN store.main.upload AS upload ON upload.upload = kept.upload
  WHERE ($campaign::VARCHAR IS NULL OR slice.campaign = $campaign::VARCHAR)
    AND (kept.period IS NULL OR kept.period <= $as_of::DATE)
    AND ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], kept.unit))
    AND ($ledger::VARCHAR IS NULL OR kept.kind = $ledger::VARCHAR)
    AND ($words::VARCHAR IS NULL OR contains(lower(concat_ws(' ', kept.item_key, kept.unit, CASE
        WHEN NOT list_contains(coalesce($unsearched::VARCHAR[], []), kept.kind)
        THEN concat_ws(' ', kept.title, kept.also_said) END)), lower($words::VARCHAR)))
    AND ($day_from::DATE IS NULL OR kept.day >= $day_from::DATE)
    AND ($day_to::DATE IS NULL OR kept.day <= $day_to::DATE)
)
SELECT found.* EXCLUDE (period), found_count
FROM found CROSS JOIN (SELECT count(*) AS found_count FROM found)
ORDER BY campaign, period DESC NULLS LAST, ledger, upload, sheet, row, item_key, title
LIMIT $at_most::BIGINT OFFSET coalesce($skip::BIGINT, 0)
