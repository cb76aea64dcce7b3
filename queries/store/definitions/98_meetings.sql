-- What a meeting starts with: what changed since the last one.

-- Every single thing that changed between two states: on the day before, as known before, and on
-- the day asked, as known then. Stands on `memory.main.found`, which the store fills for both.
--
-- change    closed, overdue, reopened, extended, added or gone (items); found or ended (findings);
--           told, done or late (instructions); reported (units); published or corrected (lists)
-- kind      item, finding, instruction, unit or list
-- entry     what it is known by: the item's key, rule and subject, number or title, unit, list
-- moved_on  the day it changed, where one is known
CREATE OR REPLACE MACRO meeting_change(
  campaign_asked, day_asked, known, day_before, known_before, units_asked, league_asked,
  dimensions_asked, post_asked
) AS TABLE
  WITH item_now AS (
    FROM item_asked(campaign_asked, [day_asked], known, units_asked, league_asked,
      dimensions_asked, post_asked)
  ),
  item_before AS (
    FROM item_asked(campaign_asked, [day_before], known_before, units_asked, league_asked,
      dimensions_asked, post_asked)
  ),
  -- Most items are as they were: only what changed is put into words.
  pair AS (
    SELECT coalesce(now.ledger, before.ledger) AS ledger,
           coalesce(now.item_key, before.item_key) AS entry,
           coalesce(now.title, before.title) AS title, coalesce(now.unit, before.unit) AS unit,
           now.closed_at_on, now.due_on,
           now.is_closed AND NOT coalesce(before.is_closed, false) AS is_now_closed,
           now.is_overdue AND NOT coalesce(before.is_overdue, false) AS is_now_overdue,
           before.is_closed AND NOT now.is_closed AS is_now_open,
           now.due_on > before.due_on AND NOT now.is_closed AS is_now_later,
           before.item_key IS NULL AS is_now_there, now.item_key IS NULL AS is_now_gone
    FROM item_now AS now FULL JOIN item_before AS before
      ON before.campaign = now.campaign AND before.ledger = now.ledger
     AND before.item_key = now.item_key
    WHERE is_now_closed OR is_now_overdue OR is_now_open OR is_now_later OR is_now_there
       OR is_now_gone
  ),
  item_change AS (
    SELECT *,
           unnest(list_filter([
             CASE WHEN is_now_closed THEN 'closed' END, CASE WHEN is_now_overdue THEN 'overdue' END,
             CASE WHEN is_now_open THEN 'reopened' END, CASE WHEN is_now_later THEN 'extended' END,
             CASE WHEN is_now_there THEN 'added' END, CASE WHEN is_now_gone THEN 'gone' END
           ], lambda word: word IS NOT NULL)) AS change
    FROM pair
  ),
  roster AS (
    FROM unit_known(known)
    WHERE campaign = campaign_asked
      AND (units_asked IS NULL OR list_contains(units_asked, unit))
      AND (league_asked IS NULL OR league = league_asked)
      AND (post_asked IS NULL OR leader_post = post_asked)
  ),
  is_narrowed AS (
    SELECT units_asked IS NOT NULL OR league_asked IS NOT NULL OR post_asked IS NOT NULL AS narrowed
  ),
  finding_now AS (
    FROM finding_on(campaign_asked, day_asked, known) WHERE level <> 'good'
  ),
  finding_before AS (
    FROM finding_on(campaign_asked, day_before, known_before) WHERE level <> 'good' AND is_open
  ),
  -- What was open and is not, as it stands now if the rules still know it.
  finding_ended AS (
    SELECT before.rule, before.subject, before.since_on, now.moved_on, now.until_on,
           coalesce(now.unit, before.unit) AS unit,
           CASE WHEN now.rule IS NULL
                THEN finding_sentence(before.template, before.subject, before.detail, before.unit,
                       before.measured_value, before.threshold, before.since_on)
                ELSE finding_sentence(now.template, now.subject, now.detail, now.unit,
                       now.measured_value, now.threshold, now.since_on) END AS title
    FROM finding_before AS before
    ANTI JOIN (FROM finding_now WHERE is_open) AS still
      ON still.rule = before.rule AND still.subject = before.subject
     AND still.since_on = before.since_on
    LEFT JOIN finding_now AS now
      ON now.rule = before.rule AND now.subject = before.subject
     AND now.since_on = before.since_on
  ),
  told_pair AS (
    SELECT now.*, coalesce(now.item_no, now.title || '·' || now.unit) AS entry,
           before.given_on IS NULL AS is_told, coalesce(before.is_effective, false) AS was_effective,
           coalesce(before.is_overdue, false) AS was_overdue
    FROM instruction_on(campaign_asked, day_asked, known) AS now
    LEFT JOIN instruction_on(campaign_asked, day_before, known_before) AS before
      ON before.campaign = now.campaign AND before.item_no IS NOT DISTINCT FROM now.item_no
     AND (now.item_no IS NOT NULL OR (before.title = now.title AND before.unit = now.unit))
  ),
  list_before AS (
    SELECT ledger, period, unit, list(upload) AS uploads FROM slice_known(known_before)
    WHERE campaign = campaign_asked AND period <= day_before AND NOT is_added GROUP BY ALL
  ),
  slice_pair AS (
    SELECT slice.ledger, slice.period, slice.unit, slice.from_at, slice.upload, before.uploads
    FROM slice_known(known) AS slice
    LEFT JOIN list_before AS before
      ON before.ledger = slice.ledger AND before.period = slice.period AND before.unit = slice.unit
    WHERE campaign = campaign_asked AND slice.period <= day_asked AND NOT is_added
  ),
  changed AS (
    SELECT change, 'item' AS kind, entry, title, unit,
           CASE change WHEN 'closed' THEN closed_at_on WHEN 'overdue' THEN due_on + 1 END
             AS moved_on
    FROM item_change
    UNION ALL
    SELECT 'found', 'finding', rule || '·' || subject,
           finding_sentence(
             template, subject, detail, unit, measured_value, threshold, since_on),
           unit, since_on
    FROM finding_now AS now
    ANTI JOIN finding_before AS before
      ON before.rule = now.rule AND before.subject = now.subject
     AND before.since_on = now.since_on
    WHERE is_open
    UNION ALL
    SELECT 'ended', 'finding', rule || '·' || subject, title, unit, coalesce(moved_on, until_on)
    FROM finding_ended
    UNION ALL
    SELECT 'told', 'instruction', entry, title, unit, given_on FROM told_pair WHERE is_told
    UNION ALL
    SELECT 'done', 'instruction', entry, title, unit, effective_on
    FROM told_pair WHERE is_effective AND NOT was_effective
    UNION ALL
    SELECT 'late', 'instruction', entry, title, unit, due_on + 1
    FROM told_pair WHERE is_overdue AND NOT was_overdue
    UNION ALL
    SELECT 'reported', 'unit', now.unit, now.unit, now.unit, NULL
    FROM unit_reported(day_asked, known) AS now
    LEFT JOIN unit_reported(day_asked, known_before) AS before
      ON before.campaign = now.campaign AND before.unit = now.unit
    WHERE now.campaign = campaign_asked AND now.is_reported
      AND NOT (coalesce(before.is_reported, false) AND day_before >= date_trunc('month', day_asked))
  )
  SELECT changed.* FROM changed CROSS JOIN is_narrowed
  WHERE kind = 'item' OR NOT narrowed OR unit IN (SELECT unit FROM roster)
  UNION ALL
  SELECT CASE WHEN uploads IS NULL THEN 'published' ELSE 'corrected' END, 'list',
         concat_ws('·', ledger, strftime(period, '%Y-%m'), nullif(unit, '')), ledger,
         nullif(unit, ''), shanghai_day(from_at)
  FROM slice_pair WHERE uploads IS NULL OR NOT list_contains(uploads, upload);
