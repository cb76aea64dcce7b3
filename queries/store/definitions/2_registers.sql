-- What is in force, and who is who: units, communities, enterprises.

-- The slices in force as they were known at a moment; NULL means now.
CREATE OR REPLACE MACRO slice_known(known) AS TABLE
  SELECT * REPLACE (coalesce(is_added, false) AS is_added) FROM store.main.slice
  WHERE from_at <= coalesce(known, TIMESTAMP '9999-01-01')
    AND (until_at IS NULL OR until_at > coalesce(known, TIMESTAMP '9999-01-01'));

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

-- Every enterprise and project that is served, by the roster last imported, with each name it is
-- met under: its own, and what the roster calls it for short (E6).
CREATE OR REPLACE MACRO object_known(known) AS TABLE
  SELECT slice_known.campaign, trim(enterprises.name) AS object, enterprises.object_kind,
         enterprises.unit, enterprises.leader_post, enterprises.contact_post,
         list_distinct(list_filter(
           [trim(enterprises.name)] || list_transform(
             regexp_split_to_array(coalesce(enterprises.aliases, ''), '[、，,;；/]'),
             lambda word: trim(word)),
           lambda word: word <> '')) AS names,
         enterprises.upload, enterprises.sheet, enterprises.row
  FROM store.main.enterprises JOIN slice_known(known) AS slice_known USING (upload)
  WHERE slice_known.ledger = 'enterprises'
  QUALIFY row_number() OVER (
    PARTITION BY slice_known.campaign, trim(enterprises.name)
    ORDER BY enterprises.upload DESC, enterprises.row) = 1;

-- Which object a name means: an object's own name goes before another's short one.
CREATE OR REPLACE MACRO object_called(known) AS TABLE
  SELECT campaign, called, arg_min(object, (called <> object, row, object)) AS object
  FROM (SELECT campaign, object, row, unnest(names) AS called FROM object_known(known))
  GROUP BY campaign, called;

-- Every visit and dispatch by the day (E6), on the object it means; one that no roster names
-- stays under the name it was written with.
CREATE OR REPLACE MACRO visit_known(day_asked, known) AS TABLE
  SELECT slice.campaign, coalesce(object_called.object, trim(visits.object)) AS subject,
         object_called.object IS NOT NULL AS is_listed,
         visits.* REPLACE (coalesce(visits.visit, '走访') AS visit)
  FROM store.main.visits
  ANTI JOIN row_outdone('visits', known) AS outdone USING (upload, sheet, row, item_key)
  JOIN slice_known(known) AS slice
    ON slice.upload = visits.upload AND slice.ledger = 'visits' AND slice.period = visits.period
  LEFT JOIN object_called(known) AS object_called
    ON object_called.campaign = slice.campaign AND object_called.called = trim(visits.object)
  WHERE visits.visited_on <= day_asked;
