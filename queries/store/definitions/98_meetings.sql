-- What a meeting starts with: what changed since the last one.

-- Every single thing of a campaign that changed between two states: on the day before, as known
-- before, and on the day asked, as known then. Made once by the store, into
-- `memory.main.meeting_change`; stands on `memory.main.found`, which the store fills for both.
--
-- change    closed, overdue, reopened, extended, added or gone (items); found or ended (findings);
--           told, done or late (instructions); reported (units); published or corrected (lists)
-- kind      item, finding, instruction, unit or list
-- entry     what it is known by: the item's key, rule and subject, number or title, unit, list
-- moved_on  the day it changed, where one is known
-- whose     what filters know it by; NULL of what no roster names
-- other     what they knew it by in the other state, where that is something else. Then the item stands
--           here as it looks to who asks about both, and to who asks about one of them alone:
--           to the old unit it is gone, to the new one added
-- is_other_asked  whether this row is for who asks about both
-- place     its place in the list of all: by change, the newest first
CREATE OR REPLACE MACRO meeting_change_made(
  campaign_asked, day_asked, known, day_before, known_before
) AS TABLE
  WITH item_now AS (
    FROM item_asked(campaign_asked, [day_asked], known, NULL, NULL, NULL, NULL)
  ),
  item_before AS (
    FROM item_asked(campaign_asked, [day_before], known_before, NULL, NULL, NULL, NULL)
  ),
  -- Most items are as they were: only what changed is put into words.
  pair AS (
    SELECT coalesce(now.item_key, before.item_key) AS entry, now.title, before.title AS old_title,
           {'unit': now.unit, 'dimension': now.dimension, 'league': now.league,
            'post': now.unit_leader_post} AS whose,
           {'unit': before.unit, 'dimension': before.dimension, 'league': before.league,
            'post': before.unit_leader_post} AS old_whose,
           now.closed_at_on, now.due_on,
           coalesce(now.is_closed, false) AS closed_now,
           coalesce(before.is_closed, false) AS closed_before,
           coalesce(now.is_overdue, false) AS overdue_now,
           coalesce(before.is_overdue, false) AS overdue_before,
           coalesce(now.due_on > before.due_on, false) AS is_later,
           now.item_key IS NOT NULL AS is_there, before.item_key IS NOT NULL AS was_there,
           is_there AND was_there AND (
             now.unit IS DISTINCT FROM before.unit
             OR now.dimension IS DISTINCT FROM before.dimension
             OR now.league IS DISTINCT FROM before.league
             OR now.unit_leader_post IS DISTINCT FROM before.unit_leader_post) AS is_moved
    FROM item_now AS now FULL JOIN item_before AS before
      ON before.campaign = now.campaign AND before.ledger = now.ledger
     AND before.item_key = now.item_key
    WHERE closed_now <> closed_before OR overdue_now > overdue_before OR is_later
       OR NOT is_there OR NOT was_there OR is_moved
  ),
  -- Each as it looks to who asks about both states of it, or about one alone.
  seen AS (
    SELECT *, unnest(
      [{'now': is_there, 'before': was_there}]
      || CASE WHEN is_moved
              THEN [{'now': true, 'before': false}, {'now': false, 'before': true}] ELSE [] END)
        AS sees
    FROM pair
  ),
  item_change AS (
    SELECT entry, CASE WHEN sees.now THEN closed_at_on END AS closed_at_on,
           CASE WHEN sees.now THEN due_on END AS due_on,
           CASE WHEN sees.now THEN title ELSE old_title END AS title,
           CASE WHEN sees.now THEN whose ELSE old_whose END AS whose,
           CASE WHEN is_moved AND sees.now THEN old_whose WHEN is_moved THEN whose END AS other,
           CASE WHEN is_moved THEN sees.now AND sees.before END AS is_other_asked,
           unnest(list_filter([
             CASE WHEN sees.now AND closed_now AND NOT (sees.before AND closed_before)
                  THEN 'closed' END,
             CASE WHEN sees.now AND overdue_now AND NOT (sees.before AND overdue_before)
                  THEN 'overdue' END,
             CASE WHEN sees.now AND sees.before AND closed_before AND NOT closed_now
                  THEN 'reopened' END,
             CASE WHEN sees.now AND sees.before AND is_later AND NOT closed_now
                  THEN 'extended' END,
             CASE WHEN NOT sees.before THEN 'added' END,
             CASE WHEN NOT sees.now THEN 'gone' END
           ], lambda word: word IS NOT NULL)) AS change
    FROM seen
  ),
  roster AS (
    SELECT unit, {'unit': unit, 'dimension': NULL::VARCHAR, 'league': league, 'post': leader_post}
             AS whose
    FROM unit_known(known) WHERE campaign = campaign_asked
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
    SELECT 'found' AS change, 'finding' AS kind, rule || '·' || subject AS entry,
           finding_sentence(
             template, subject, detail, unit, measured_value, threshold, since_on) AS title,
           unit, since_on AS moved_on
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
  ),
  told AS (
    SELECT change, 'item' AS kind, entry, title, whose.unit AS unit,
           CASE change WHEN 'closed' THEN closed_at_on WHEN 'overdue' THEN due_on + 1 END
             AS moved_on,
           whose, other, is_other_asked
    FROM item_change
    UNION ALL BY NAME
    SELECT changed.*, whose FROM changed LEFT JOIN roster USING (unit)
    UNION ALL BY NAME
    SELECT CASE WHEN uploads IS NULL THEN 'published' ELSE 'corrected' END AS change,
           'list' AS kind,
           concat_ws('·', ledger, strftime(period, '%Y-%m'), nullif(unit, '')) AS entry,
           ledger AS title, nullif(unit, '') AS unit, shanghai_day(from_at) AS moved_on
    FROM slice_pair WHERE uploads IS NULL OR NOT list_contains(uploads, upload)
  )
  SELECT campaign_asked::VARCHAR AS campaign, day_asked::DATE AS changed_on,
         known::TIMESTAMP AS known_at, day_before::DATE AS before_on,
         known_before::TIMESTAMP AS before_known_at,
         -- What is known now is asked anew when the data change.
         CASE WHEN known IS NOT NULL AND known_before IS NOT NULL
              THEN greatest(known, known_before)::TIMESTAMP END AS found_at,
         1000000000000
           * (SELECT count(*) FROM memory.main.pack_campaign AS pack WHERE pack.campaign < campaign_asked)
           + row_number() OVER (
               ORDER BY change, moved_on DESC NULLS LAST, unit, title, entry) AS place,
         told.*
  FROM told;

-- Whether the filters ask about what is known by these words; NULL is false.
CREATE OR REPLACE MACRO is_party_asked(
  party, units_asked, league_asked, dimensions_asked, post_asked
) AS coalesce(
  is_asked(NULL, NULL, party.unit, units_asked, party.league, league_asked,
    party.dimension, dimensions_asked, party.post, post_asked), false);

-- Whether what changed is among what is asked about. Lists are those of all units, whatever is asked;
-- what is no item has no dimension.
CREATE OR REPLACE MACRO is_change_asked(
  kind_of, whose_it_is, whose_else, is_else_asked, units_asked, league_asked, dimensions_asked,
  post_asked
) AS
  CASE kind_of
    WHEN 'list' THEN true
    WHEN 'item' THEN
      is_party_asked(whose_it_is, units_asked, league_asked, dimensions_asked, post_asked)
      AND (whose_else IS NULL OR is_else_asked = is_party_asked(
        whose_else, units_asked, league_asked, dimensions_asked, post_asked))
    ELSE units_asked IS NULL AND league_asked IS NULL AND post_asked IS NULL
      OR (whose_it_is IS NOT NULL
        AND is_party_asked(whose_it_is, units_asked, league_asked, NULL, post_asked)) END;

-- What the store made for the campaign, both days and both moments, of it what is asked about.
CREATE OR REPLACE MACRO meeting_change_told(
  campaign_asked, day_asked, known, day_before, known_before, units_asked, league_asked,
  dimensions_asked, post_asked
) AS TABLE
  FROM memory.main.meeting_change AS told
  WHERE (campaign_asked IS NULL OR told.campaign = campaign_asked)
    AND changed_on = day_asked AND known_at IS NOT DISTINCT FROM known
    AND before_on IS NOT DISTINCT FROM day_before
    AND before_known_at IS NOT DISTINCT FROM known_before
    AND is_change_asked(kind, whose, other, is_other_asked, units_asked, league_asked,
      dimensions_asked, post_asked);

-- The same tally: those alike in kind of change, unit, and all that is asked about, as one row.
CREATE OR REPLACE MACRO meeting_change_tallied(
  campaign_asked, day_asked, known, day_before, known_before, units_asked, league_asked,
  dimensions_asked, post_asked
) AS TABLE
  FROM memory.main.meeting_change_tally AS told
  WHERE (campaign_asked IS NULL OR told.campaign = campaign_asked)
    AND changed_on = day_asked AND known_at IS NOT DISTINCT FROM known
    AND before_on IS NOT DISTINCT FROM day_before
    AND before_known_at IS NOT DISTINCT FROM known_before
    AND is_change_asked(kind, whose, other, is_other_asked, units_asked, league_asked,
      dimensions_asked, post_asked);
