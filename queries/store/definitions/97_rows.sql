-- Rows of any ledger as their files gave them, for who looks a row up.

-- Every row that was ever kept, in the words of the list of rows: `day` its deadline or the day it happened,
-- `also_said` what else tells such a row apart. Checks are those in force.
CREATE OR REPLACE MACRO ledger_row(known) AS TABLE
  SELECT 'problems' AS ledger, upload, sheet, row, period, item_key, title, unit, state,
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
  FROM check_known(known)
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
  FROM store.main.cases;

-- Those of the slices in force, as known at a moment.
CREATE OR REPLACE MACRO ledger_row_known(known) AS TABLE
  SELECT slice.campaign, told.*
  FROM ledger_row(known) AS told
  ANTI JOIN row_outdone(NULL, known) AS outdone USING (upload, sheet, row, item_key)
  JOIN slice_known(known) AS slice
    ON slice.upload = told.upload AND slice.ledger = told.ledger
   AND slice.period IS NOT DISTINCT FROM told.period;

-- How many there are of each slice, unit and day.
CREATE OR REPLACE MACRO ledger_row_tally(known) AS TABLE
  SELECT campaign, ledger, period, upload, unit, day, count(*) AS alike_count
  FROM ledger_row_known(known) GROUP BY ALL;

-- Whether the texts of a ledger are looked into.
CREATE OR REPLACE MACRO is_text_searched(ledger_told, ledgers_unsearched) AS
  NOT list_contains(coalesce(ledgers_unsearched, []), ledger_told);

-- Whether a row is among those looked for. Words are looked for in its number and unit, and in its texts
-- unless its ledger is one whose texts are not looked into.
CREATE OR REPLACE MACRO is_row_meant(
  row_told, units_asked, words_asked, ledgers_unsearched, first_day, last_day_asked
) AS
  (units_asked IS NULL OR list_contains(units_asked, row_told.unit))
  AND (words_asked IS NULL
    OR holds_first_word(row_told.item_key, words_asked) OR holds_first_word(row_told.unit, words_asked)
    OR (is_text_searched(row_told.ledger, ledgers_unsearched)
      AND (holds_first_word(row_told.title, words_asked)
        OR holds_first_word(row_told.also_said, words_asked))))
  AND (words_asked IS NULL OR holds_other_words(concat_ws(chr(10), row_told.item_key, row_told.unit,
    CASE WHEN is_text_searched(row_told.ledger, ledgers_unsearched)
         THEN concat_ws(chr(10), row_told.title, row_told.also_said) END), words_asked))
  AND (first_day IS NULL OR row_told.day >= first_day)
  AND (last_day_asked IS NULL OR row_told.day <= last_day_asked);
