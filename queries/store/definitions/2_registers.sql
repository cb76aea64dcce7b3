-- What is in force, and who is who: units, communities, enterprises.

-- The slices in force as they were known at a moment; NULL means now.
CREATE OR REPLACE MACRO slice_known(known) AS TABLE
  SELECT * REPLACE (coalesce(is_added, false) AS is_added) FROM store.main.slice
  WHERE from_at <= coalesce(known, TIMESTAMP '9999-01-01')
    AND (until_at IS NULL OR until_at > coalesce(known, TIMESTAMP '9999-01-01'));

-- The uploads whose publication had not been taken back by a moment: an undo since then does not
-- change what was known. What an upload's list lost to another one is marked by `ended_by`.
CREATE OR REPLACE MACRO upload_standing(known) AS TABLE
  SELECT upload.*
  FROM store.main.upload AS upload
  LEFT JOIN (
    SELECT upload, max(until_at) AS taken_back_at FROM store.main.slice
    WHERE ended_by IS NULL GROUP BY upload
  ) AS taken_back USING (upload)
  WHERE status IN ('published', 'replaced')
     OR (status IN ('undone', 'returned') AND taken_back_at > known);

-- The rows of happenings that another publication's row stands for, as known at a moment; of all
-- such ledgers without a kind. Where a list of one month carried rows of another, of each identity
-- in that month what was published last holds: the first publication counts, not the undo that
-- brought it back. Units keep to their own numbers; a unit's own later list takes the place of
-- what a list of all units carried of it.
CREATE OR REPLACE MACRO row_outdone(kind_asked, known) AS TABLE
  WITH first_sent AS (
    SELECT upload, ledger, period, min(from_at) AS first_at
    FROM store.main.slice WHERE from_at IS NOT NULL GROUP BY ALL
  ),
  joined_slice AS (
    SELECT slice.campaign, slice.unit AS sent_by, first_sent.*,
           min(slice.unit) OVER same_month <> max(slice.unit) OVER same_month AS is_of_several,
           list({'unit': slice.unit, 'first_at': first_at}) FILTER (NOT slice.is_added)
             OVER same_month AS own_lists
    FROM slice_known(known) AS slice JOIN first_sent USING (upload, ledger, period)
    WINDOW same_month AS (PARTITION BY slice.campaign, slice.ledger, slice.period)
    QUALIFY bool_or(slice.is_added) OVER same_month
  ),
  told AS (
    SELECT 'activities' AS kind, upload, sheet, row, period, unit, item_key, NULL AS told_by
    FROM store.main.activities
    UNION ALL
    SELECT 'approvals', upload, sheet, row, period, unit, item_key, NULL FROM store.main.approvals
    UNION ALL
    SELECT 'petitions', upload, sheet, row, period, unit, item_key, NULL FROM store.main.petitions
    UNION ALL
    SELECT 'satisfaction', upload, sheet, row, period, unit, item_key, NULL
    FROM store.main.satisfaction
    UNION ALL
    SELECT 'steps', upload, sheet, row, period, unit, item_key, concat_ws('|', step, step_on)
    FROM store.main.steps
    UNION ALL
    SELECT 'tickets', upload, sheet, row, period, unit, item_key, NULL FROM store.main.tickets
    UNION ALL
    SELECT 'visits', upload, sheet, row, period, unit, item_key, NULL FROM store.main.visits
  )
  SELECT told.upload, sheet, row, item_key
  FROM told
  JOIN joined_slice
    ON joined_slice.upload = told.upload AND joined_slice.ledger = told.kind
   AND joined_slice.period = told.period
  WHERE kind_asked IS NULL OR told.kind = kind_asked
  QUALIFY told.upload <> first_value(told.upload) OVER (
    PARTITION BY joined_slice.campaign, told.kind, told.period, item_key, told_by,
      CASE WHEN is_of_several THEN coalesce(nullif(sent_by, ''), told.unit) END
    ORDER BY first_at DESC, told.upload DESC)
    OR (sent_by = '' AND len(list_filter(
      own_lists, lambda own: own.unit = told.unit AND own.first_at > first_at)) > 0);

-- The month ends from the month of the earliest day to that of the latest.
CREATE OR REPLACE MACRO month_ends(earliest, latest) AS
  list_transform(
    generate_series(date_trunc('month', earliest), date_trunc('month', latest), INTERVAL 1 MONTH),
    lambda month_start: last_day(month_start::DATE));

-- The day in Shanghai of a moment that is kept in UTC; China keeps one time all year.
CREATE OR REPLACE MACRO shanghai_day(moment) AS (moment + INTERVAL 8 HOUR)::DATE;

-- The reasons in force, as known at a moment, for items that a list no longer names.
CREATE OR REPLACE MACRO withdrawal_known(known) AS TABLE
  SELECT * FROM store.main.withdrawal
  WHERE from_at <= coalesce(known, TIMESTAMP '9999-01-01')
    AND (until_at IS NULL OR until_at > coalesce(known, TIMESTAMP '9999-01-01'));

-- Every unit of a campaign: the roster last imported over the pack's.
CREATE OR REPLACE MACRO unit_known(known) AS TABLE
  WITH imported AS (
    SELECT slice_known.campaign, units.name AS unit, units.league, units.leader_post,
           1000 + units.row AS position
    FROM store.main.units JOIN slice_known(known) AS slice_known USING (upload)
    WHERE slice_known.ledger = 'units'
  )
  SELECT campaign, unit, coalesce(imported.league, pack_unit.league) AS league,
         coalesce(imported.leader_post, pack_unit.leader_post) AS leader_post,
         coalesce(pack_unit.position, imported.position) AS position
  FROM memory.main.pack_unit AS pack_unit FULL JOIN imported USING (campaign, unit);

-- The names in a cell that may hold several: the whole of it, and its parts.
CREATE OR REPLACE MACRO named_in(text_given) AS
  list_distinct(list_filter(
    [trim(text_given)] || list_transform(
      regexp_split_to_array(coalesce(text_given, ''), '[、，,;；/]'), lambda word: trim(word)),
    lambda word: word <> ''));

-- Each unit and organ of a campaign with every word it is met under: its own name goes before
-- another's short or former one, and what two share names neither.
CREATE OR REPLACE MACRO party_called(known) AS TABLE
  WITH worded AS (
    SELECT campaign, unit AS party, unnest([unit, former_name] || aliases) AS called
    FROM memory.main.pack_unit
    UNION ALL
    SELECT campaign, organ, organ FROM memory.main.pack_organ
    UNION ALL
    SELECT slice.campaign, units.name, unnest([units.name] || named_in(units.aliases))
    FROM store.main.units JOIN slice_known(known) AS slice USING (upload)
    WHERE slice.ledger = 'units'
  )
  SELECT campaign, called,
         coalesce(any_value(party) FILTER (party = called), any_value(party)) AS party
  FROM worded WHERE called <> '' GROUP BY campaign, called
  HAVING bool_or(party = called) OR count(DISTINCT party) = 1;

-- The units whose rows each list holds: the lead, of an activity its partners too, of a clue also
-- who sent it.
CREATE OR REPLACE MACRO unit_in_list() AS TABLE
  SELECT 'problems' AS ledger, upload, period, unit FROM store.main.problems
  UNION SELECT 'tasks', upload, period, unit FROM store.main.tasks
  UNION SELECT 'tickets', upload, period, unit FROM store.main.tickets
  UNION SELECT 'checks', upload, period, unit FROM store.main.checks
  UNION SELECT 'steps', upload, period, unit FROM store.main.steps
  UNION SELECT 'activities', upload, period, unnest(named_in(concat_ws('、', unit, partners)))
        FROM store.main.activities
  UNION SELECT 'visits', upload, period, unit FROM store.main.visits
  UNION SELECT 'clues', upload, period, unnest(named_in(concat_ws('、', unit, source_unit)))
        FROM store.main.clues
  UNION SELECT 'refusals', upload, period, unit FROM store.main.refusals
  UNION SELECT 'failures', upload, period, unit FROM store.main.failures
  UNION SELECT 'petitions', upload, period, unit FROM store.main.petitions
  UNION SELECT 'approvals', upload, period, unit FROM store.main.approvals
  UNION SELECT 'returns', upload, period, unit FROM store.main.returns
  UNION SELECT 'milestones', upload, period, unit FROM store.main.milestones
  UNION SELECT 'institutions', upload, period, unit FROM store.main.institutions
  UNION SELECT 'projects', upload, period, unit FROM store.main.projects
  UNION SELECT 'satisfaction', upload, period, unit FROM store.main.satisfaction;

-- Every list that was ever sent, with the units it reports for (E1). Where each unit owes its own,
-- a list of all of them is split: rows for those it has rows of, nothing to report (无条目) for the
-- others; one row a unit, `is_joint`, beside the list's own, `is_split`. Any other list reports for
-- its own unit, or for all ('').
CREATE OR REPLACE MACRO list_of_unit(known) AS TABLE
  WITH joint AS (
    SELECT slice.* FROM store.main.slice AS slice
    SEMI JOIN memory.main.pack_ledger AS collected
      ON collected.campaign = slice.campaign AND collected.ledger = slice.ledger
     AND collected.submitted_by = 'unit'
    WHERE slice.unit = '' AND NOT coalesce(slice.is_added, false)
  )
  SELECT slice.*, slice.unit AS reports_for, false AS is_joint, joint.upload IS NOT NULL AS is_split
  FROM store.main.slice AS slice LEFT JOIN joint USING (upload, ledger, period)
  WHERE NOT coalesce(slice.is_added, false)
  UNION ALL
  SELECT joint.*, named.unit, true, false
  FROM joint JOIN unit_in_list() AS named USING (upload, ledger, period)
  UNION ALL
  SELECT joint.* REPLACE (0 AS row_count), roster.unit, true, false
  FROM joint JOIN unit_known(known) AS roster ON roster.campaign = joint.campaign
  ANTI JOIN unit_in_list() AS named
    ON named.upload = joint.upload AND named.ledger = joint.ledger
   AND named.period = joint.period AND named.unit = roster.unit;

-- Every community of a campaign: the list last imported over the pack's.
CREATE OR REPLACE MACRO community_known(known) AS TABLE
  WITH imported AS (
    SELECT slice_known.campaign, communities.name AS community, communities.code,
           communities.street, 1000 + communities.row AS position
    FROM store.main.communities JOIN slice_known(known) AS slice_known USING (upload)
    WHERE slice_known.ledger = 'communities'
  )
  SELECT campaign, community, coalesce(imported.code, pack_community.code) AS code,
         coalesce(imported.street, pack_community.street) AS street,
         coalesce(pack_community.position, imported.position) AS position
  FROM memory.main.pack_community AS pack_community FULL JOIN imported USING (campaign, community);

-- Every object that any roster named, by the newest one that does, and how long it is served:
-- from the month whose roster first lists it, and always if that is the first month of a roster,
-- to the end of the last month whose roster does. A month's roster is the last of that month: the
-- day is the one written on it, else that of receipt.
--
-- from_on   first day of that month; NULL from the first roster on
-- until_on  last day of that month; NULL of one that is still listed
CREATE OR REPLACE MACRO object_listed(known) AS TABLE
  WITH roster AS (
    SELECT campaign, upload, month_of, row_number() OVER months AS place,
           lead(month_of) OVER months AS next_on
    FROM (
      SELECT slice.campaign, slice.upload,
             date_trunc('month', coalesce(upload.reported_on, shanghai_day(upload.uploaded_at)))::DATE
               AS month_of
      FROM store.main.slice AS slice JOIN upload_standing(known) AS upload ON upload.upload = slice.upload
      WHERE slice.ledger = 'enterprises'
        AND slice.from_at <= coalesce(known, TIMESTAMP '9999-01-01')
      QUALIFY row_number() OVER (
        PARTITION BY slice.campaign, month_of ORDER BY slice.from_at DESC, slice.upload DESC) = 1
    )
    WINDOW months AS (PARTITION BY campaign ORDER BY month_of)
  ),
  named AS (
    SELECT roster.*, trim(enterprises.name) AS object,
           max(roster.place) OVER (PARTITION BY campaign) AS last_place
    FROM roster JOIN store.main.enterprises AS enterprises USING (upload)
  )
  SELECT campaign, object, max_by(upload, place) AS upload,
         CASE WHEN min(place) > 1 THEN min(month_of) END AS from_on,
         CASE WHEN max(place) < any_value(last_place)
              THEN max_by(next_on, place) - 1 END AS until_on
  FROM named GROUP BY campaign, object;

-- Every enterprise and project that any roster named (E6), with each name it is met under: its
-- own, and what the newest roster that lists it calls it for short.
CREATE OR REPLACE MACRO object_rostered(known) AS TABLE
  SELECT listed.campaign, listed.object, enterprises.object_kind,
         enterprises.unit, enterprises.leader_post, enterprises.contact_post,
         list_distinct([listed.object] || named_in(enterprises.aliases)) AS names,
         from_on, until_on, enterprises.upload, enterprises.sheet, enterprises.row
  FROM store.main.enterprises JOIN object_listed(known) AS listed
    ON listed.upload = enterprises.upload AND listed.object = trim(enterprises.name)
  QUALIFY row_number() OVER (
    PARTITION BY listed.campaign, listed.object ORDER BY enterprises.row) = 1;

-- Every enterprise and project that the roster in force lists.
CREATE OR REPLACE MACRO object_known(known) AS TABLE
  SELECT * EXCLUDE (from_on, until_on) FROM object_rostered(known) WHERE until_on IS NULL;

-- Which object a name means: an object's own name goes before another's short one.
CREATE OR REPLACE MACRO object_called(known) AS TABLE
  SELECT campaign, called, arg_min(object, (called <> object, row, object)) AS object
  FROM (SELECT campaign, object, row, unnest(names) AS called FROM object_known(known))
  GROUP BY campaign, called;

-- The objects a cell means: the one that goes by the whole of it; else, where a part of it is one,
-- each of its parts, listed or not; else what is written.
CREATE OR REPLACE MACRO objects_meant(words, object_of) AS
  CASE WHEN object_of[trim(words)] IS NOT NULL THEN [object_of[trim(words)]]
       WHEN len(list_filter(named_in(words), lambda word: object_of[word] IS NOT NULL)) > 0
       THEN list_distinct(list_transform(
         list_filter(named_in(words), lambda word: word <> trim(words)),
         lambda word: coalesce(object_of[word], word)))
       ELSE [trim(words)] END;

-- Each campaign's objects by every word they are met under, as objects_meant takes them.
CREATE OR REPLACE MACRO object_words(known) AS TABLE
  SELECT campaign, map_from_entries(list((called, object))) AS object_of
  FROM object_called(known) GROUP BY campaign;

-- Every visit and dispatch by the day (E6), on each object it means; one that no roster names
-- stays under the name it was written with.
CREATE OR REPLACE MACRO visit_known(day_asked, known) AS TABLE
  SELECT slice.campaign, unnest(objects_meant(visits.object, object_of)) AS subject,
         visits.* REPLACE (coalesce(visits.visit, '走访') AS visit)
  FROM store.main.visits
  ANTI JOIN row_outdone('visits', known) AS outdone USING (upload, sheet, row, item_key)
  JOIN slice_known(known) AS slice
    ON slice.upload = visits.upload AND slice.ledger = 'visits' AND slice.period = visits.period
  LEFT JOIN object_words(known) AS object_words ON object_words.campaign = slice.campaign
  WHERE visits.visited_on <= day_asked;
