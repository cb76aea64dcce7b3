-- Periodic duties: what happened, who owes them, how they stand.

-- Everything by the day that can prove a duty (E1–E13), one row a ledger row, with whom it can
-- prove it for: `units` and `organs` that took part, joint ones too, `posts`, `tasks`, `objects`,
-- `fields` in charge, as cells that may hold several names. What the same item's later list repeats counts once.
--
-- happened_on  the day it happened; of a monthly list the day it first came, of a problem when
--              it was found, of a clue when it was received, of an institution when it was issued
-- last_on      its last day
-- covers       the month it was held for, or the month of the list
-- kinds        forms of activity, 走访 or 调度, steps, channels, kinds of institution, ledgers
-- filled       names of columns that are not empty
CREATE OR REPLACE MACRO duty_event(day_asked, known) AS TABLE
  WITH slice AS (SELECT * FROM slice_known(known) WHERE period IS NULL OR period <= day_asked),
  -- Of ledgers that prove no duty of their campaign nothing is read.
  proving_slice AS (FROM slice SEMI JOIN memory.main.pack_duty_proof USING (campaign, ledger)),
  came AS (
    SELECT sent.campaign, sent.ledger, sent.period, sent.unit AS sent_by,
           min(CASE WHEN upload.is_sample
                    THEN coalesce(upload.reported_on, shanghai_day(upload.uploaded_at))
                    ELSE shanghai_day(upload.uploaded_at) END) AS came_on
    FROM store.main.slice AS sent
    JOIN upload_standing(known) AS upload ON upload.upload = sent.upload
    WHERE sent.from_at <= coalesce(known, TIMESTAMP '9999-01-01')
      AND NOT coalesce(sent.is_added, false)
    GROUP BY ALL
  ),
  list_sent AS (
    SELECT slice.*, came.came_on
    FROM slice JOIN came
      ON came.campaign = slice.campaign AND came.ledger = slice.ledger
     AND came.period IS NOT DISTINCT FROM slice.period AND came.sent_by = slice.unit
    WHERE NOT slice.is_added
  ),
  -- Who reported what, as submissions_due has it: a unit's own list goes before a joint one.
  unit_list AS (
    SELECT sent.campaign, sent.ledger, sent.period, sent.unit AS sent_by, reports_for, is_joint,
           max(sent.upload) FILTER (slice.upload IS NOT NULL) AS upload,
           min(CASE WHEN upload.is_sample
                    THEN coalesce(upload.reported_on, shanghai_day(upload.uploaded_at))
                    ELSE shanghai_day(upload.uploaded_at) END) AS came_on
    FROM list_of_unit(known) AS sent
    JOIN upload_standing(known) AS upload ON upload.upload = sent.upload
    LEFT JOIN slice ON slice.upload = sent.upload AND slice.ledger = sent.ledger
     AND slice.period = sent.period
    WHERE sent.from_at <= coalesce(known, TIMESTAMP '9999-01-01') AND sent.period IS NOT NULL
      AND NOT sent.is_split
    GROUP BY sent.campaign, sent.ledger, sent.period, sent.unit, reports_for, is_joint
    HAVING bool_or(slice.upload IS NOT NULL)
    QUALIFY row_number() OVER (
      PARTITION BY sent.campaign, sent.ledger, sent.period, reports_for ORDER BY is_joint) = 1
  ),
  enterprise_of_item AS (
    SELECT slice.campaign, problems.item_key,
           string_agg(DISTINCT problems.enterprise, '、') AS objects
    FROM store.main.problems
    JOIN slice ON slice.upload = problems.upload AND slice.ledger = 'problems'
     AND slice.period = problems.period
    SEMI JOIN (FROM memory.main.pack_duty_proof WHERE ledger = 'steps') AS proof
      ON proof.campaign = slice.campaign
    WHERE problems.enterprise IS NOT NULL GROUP BY ALL
  ),
  everybody AS (SELECT campaign, string_agg(unit, '、') AS units FROM unit_known(known) GROUP BY campaign),
  proving AS (
    SELECT slice.campaign, 'activities' AS ledger, named_in(activity) AS kinds,
           concat_ws('、', activities.unit, partners) AS units, units AS organs, post AS posts,
           object AS tasks, object AS objects, concat_ws('、', post, object) AS fields,
           held_on AS happened_on, greatest(held_on, ended_on) AS last_on, covers,
           concat_ws(' ', CASE WHEN topic <> '' THEN 'topic' END,
                     CASE WHEN object <> '' THEN 'object' END,
                     CASE WHEN result <> '' THEN 'result' END,
                     CASE WHEN problem_count IS NOT NULL THEN 'problem_count' END) AS filled,
           topic, item_key, activities.upload, sheet, row
    FROM store.main.activities
    ANTI JOIN row_outdone('activities', known) AS outdone USING (upload, sheet, row, item_key)
    JOIN proving_slice AS slice ON slice.upload = activities.upload AND slice.ledger = 'activities'
     AND slice.period = activities.period
    UNION ALL
    SELECT campaign, 'visits', [visit], concat_ws('、', unit, partners),
           concat_ws('、', unit, partners), post, NULL, subject, NULL,
           visited_on, visited_on, NULL,
           concat_ws(' ', CASE WHEN content <> '' THEN 'content' END,
                     CASE WHEN problem_count IS NOT NULL THEN 'problem_count' END),
           content, item_key, upload, sheet, row
    FROM visit_known(day_asked, known)
    UNION ALL
    SELECT steps.campaign, 'steps', [step], concat_ws('、', steps.unit, partners),
           concat_ws('、', steps.unit, post), post, steps.item_key, enterprise_of_item.objects, NULL,
           step_on, step_on, NULL,
           concat_ws(' ', CASE WHEN new_value <> '' THEN 'new_value' END,
                     CASE WHEN reason <> '' THEN 'reason' END),
           title, steps.item_key, steps.upload, sheet, row
    FROM step_known(known) AS steps
    LEFT JOIN enterprise_of_item
      ON enterprise_of_item.campaign = steps.campaign
     AND enterprise_of_item.item_key = steps.item_key
    UNION ALL
    SELECT campaign, 'checks', [], unit, checker_post, checker_post, item_key,
           NULL, NULL, checked_on, checked_on, NULL, '', title, item_key, upload, sheet, row
    FROM check_known(known)
    UNION ALL
    (SELECT slice.campaign, 'problems', list_filter([channel, found_by, dimension],
            lambda word: word IS NOT NULL),
            problems.unit, problems.unit, NULL, NULL, NULL, NULL, found_on, found_on, NULL, '',
            title, problems.item_key, problems.upload, sheet, row
     FROM store.main.problems
     JOIN proving_slice AS slice ON slice.upload = problems.upload AND slice.ledger = 'problems'
      AND slice.period = problems.period
     QUALIFY row_number() OVER (
       PARTITION BY slice.campaign, problems.item_key ORDER BY problems.period DESC) = 1)
    UNION ALL
    (SELECT slice.campaign, 'clues', [], concat_ws('、', clues.unit, source_unit),
            concat_ws('、', clues.unit, source_unit), NULL, NULL, NULL, NULL, received_on,
            received_on, NULL, '', title, clues.item_key, clues.upload, sheet, row
     FROM store.main.clues
     JOIN proving_slice AS slice ON slice.upload = clues.upload AND slice.ledger = 'clues'
      AND slice.period = clues.period
     QUALIFY row_number() OVER (
       PARTITION BY slice.campaign, clues.item_key ORDER BY clues.period DESC) = 1)
    UNION ALL
    (SELECT slice.campaign, 'institutions', list_filter([kind], lambda word: word IS NOT NULL),
            concat_ws('、', institutions.unit, partners),
            concat_ws('、', institutions.unit, partners), NULL, NULL, NULL, NULL, issued_on, issued_on,
            NULL, '', title, institutions.item_key, institutions.upload,
            sheet, row
     FROM store.main.institutions
     JOIN proving_slice AS slice ON slice.upload = institutions.upload AND slice.ledger = 'institutions'
      AND slice.period = institutions.period
     QUALIFY row_number() OVER (
       PARTITION BY slice.campaign, institutions.item_key
       ORDER BY institutions.period DESC) = 1)
    UNION ALL
    SELECT list_sent.campaign, 'tasks', [], tasks.unit, NULL, NULL, tasks.item_key, NULL, NULL,
           came_on, came_on, tasks.period, '', title, tasks.item_key, tasks.upload, sheet, row
    FROM store.main.tasks
    JOIN list_sent ON list_sent.upload = tasks.upload AND list_sent.ledger = 'tasks'
     AND list_sent.period = tasks.period
    UNION ALL
    SELECT list_sent.campaign, 'returns', [], returns.unit, NULL, NULL, NULL, NULL, NULL, came_on,
           came_on, returns.period, '', NULL, returns.item_key, returns.upload, sheet, row
    FROM store.main.returns
    JOIN list_sent ON list_sent.upload = returns.upload AND list_sent.ledger = 'returns'
     AND list_sent.period = returns.period
    UNION ALL
    SELECT unit_list.campaign, 'submissions', [unit_list.ledger],
           CASE WHEN reports_for = '' THEN everybody.units ELSE reports_for END,
           sent_by, NULL, NULL, NULL, NULL, came_on, came_on, unit_list.period, '',
           CASE WHEN is_joint THEN '合并报送' END, NULL, unit_list.upload, NULL, NULL
    FROM unit_list LEFT JOIN everybody ON everybody.campaign = unit_list.campaign
  )
  SELECT * FROM proving WHERE happened_on <= day_asked;

-- Whose each duty is by itself (E1–E13): one row a subject with the names it goes by. `of_units`
-- are the units it is filtered by. A task is owed from the month it was first listed until it was
-- closed, an object from the month whose roster first lists it (the first roster's: always) to the
-- end of the last month whose roster does.
CREATE OR REPLACE MACRO duty_subject(day_asked, known) AS TABLE
  WITH duty AS (SELECT campaign, duty, subjects, who, len(who) = 0 AS is_all FROM memory.main.pack_duty),
  roster AS (FROM unit_known(known)),
  task AS (
    SELECT * FROM item_on([day_asked], known) WHERE ledger = 'tasks'
  )
  SELECT duty.campaign, duty, unit AS subject, unit AS title, [unit] AS names, unit,
         [unit] AS of_units, NULL::VARCHAR AS dimension, NULL::DATE AS from_on,
         NULL::DATE AS until_on, position
  FROM duty JOIN roster ON roster.campaign = duty.campaign AND duty.subjects = 'units'
   AND (is_all OR list_contains(who, unit) OR list_contains(who, league))
  UNION ALL
  SELECT duty.campaign, duty, post, post, list_distinct([post] || aliases), unit, [unit], NULL,
         NULL, NULL, position
  FROM duty JOIN memory.main.pack_post AS pack_post
    ON pack_post.campaign = duty.campaign AND duty.subjects = 'posts'
   AND (is_all OR list_contains(who, post) OR list_contains(who, unit))
  UNION ALL
  SELECT duty.campaign, duty, task.item_key, task.title, [task.item_key], task.unit, [task.unit],
         task.dimension, task.first_period, CASE WHEN task.is_closed THEN task.closed_at_on END,
         row_number() OVER (PARTITION BY duty.campaign, duty ORDER BY task.item_key)
  FROM duty JOIN task ON task.campaign = duty.campaign AND duty.subjects = 'tasks'
   AND (is_all OR list_contains(who, task.dimension))
  UNION ALL
  SELECT duty.campaign, duty, object, object, names, unit, [unit], NULL, from_on, until_on,
         object_roster.row
  FROM duty JOIN object_rostered(known) AS object_roster
    ON object_roster.campaign = duty.campaign AND duty.subjects = 'objects'
   AND (is_all OR list_contains(who, object_kind))
  UNION ALL
  SELECT campaign, duty, subject, subject, [subject], subject, [subject], NULL, NULL, NULL, position
  FROM (
    SELECT campaign, duty, unnest(who) AS subject, generate_subscripts(who, 1) AS position
    FROM duty WHERE subjects = 'organs'
  )
  UNION ALL
  SELECT duty.campaign, duty, leader_post, leader_post, [leader_post], NULL, list(unit), NULL,
         NULL, NULL, min(position)
  FROM duty JOIN roster ON roster.campaign = duty.campaign AND duty.subjects = 'fields'
   AND leader_post <> '' AND (is_all OR list_contains(who, leader_post))
  GROUP BY duty.campaign, duty, leader_post;

-- Which ledger rows meet which duty, under each name that the row gives. A row that names none of
-- the bodies that owe an organs' duty counts for each of them where its ledger does not say who
-- acted (monthly lists, steps, checks, problems, clues).
CREATE OR REPLACE MACRO duty_named(campaign_asked, day_asked, known, duties_asked) AS TABLE
  SELECT DISTINCT duty.campaign, duty.duty, event.* EXCLUDE (
           campaign, kinds, units, organs, posts, tasks, objects, fields, filled),
         unnest(CASE duty.subjects
           WHEN 'units' THEN named_in(units) WHEN 'posts' THEN named_in(posts)
           WHEN 'tasks' THEN named_in(tasks) WHEN 'objects' THEN named_in(objects)
           WHEN 'fields' THEN named_in(fields)
           ELSE CASE WHEN event.ledger IN ('activities', 'visits', 'institutions')
                       OR list_has_any(named_in(organs), duty.who)
                     THEN named_in(organs) ELSE duty.who END END) AS name
  FROM duty_event(day_asked, known) AS event
  JOIN memory.main.pack_duty_proof AS proof
    ON proof.campaign = event.campaign AND proof.ledger = event.ledger
   AND (proof.kind = '' OR list_contains(event.kinds, proof.kind))
   AND (proof.filled = '' OR contains(event.filled, proof.filled))
  JOIN memory.main.pack_duty AS duty
    ON duty.campaign = proof.campaign AND duty.duty = proof.duty
  WHERE (campaign_asked IS NULL OR event.campaign = campaign_asked)
    AND (duties_asked IS NULL OR list_contains(duties_asked, proof.duty));

-- How each duty stands with each of its subjects in each of its windows, by the day.
--
-- done         enough proofs dated in the window, or for its month and dated in time
-- late         enough with those dated after it and before the next one starts, or for its month
-- missing      the window is over and there are not enough
-- not yet due  it is not over and there are not enough, or nobody can say when it is due
CREATE OR REPLACE MACRO duty_standing(
  campaign_asked, day_asked, known, duties_asked, first_asked, last_asked,
  units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  WITH scope AS (
    SELECT campaign, list(unit) AS units
    FROM unit_known(known)
    WHERE (units_asked IS NULL OR list_contains(units_asked, unit))
      AND (league_asked IS NULL OR league = league_asked)
      AND (post_asked IS NULL OR leader_post = post_asked)
    GROUP BY campaign
  ),
  subject AS MATERIALIZED (
    SELECT subject.*
    FROM duty_subject(day_asked, known) AS subject
    LEFT JOIN scope ON scope.campaign = subject.campaign
    WHERE (campaign_asked IS NULL OR subject.campaign = campaign_asked)
      AND (duties_asked IS NULL OR list_contains(duties_asked, duty))
      AND (dimensions_asked IS NULL OR dimension IS NULL OR list_contains(dimensions_asked, dimension))
      AND ((units_asked IS NULL AND league_asked IS NULL AND post_asked IS NULL)
           OR subject.subject = post_asked OR list_has_any(of_units, coalesce(scope.units, [])))
  ),
  owed AS (
    SELECT subject.* EXCLUDE (names, of_units, from_on, until_on, position),
           subject.position AS subject_position,
           duty.section, duty.owner, duty.subjects, duty.every, duty.position AS duty_position,
           greatest(duty.times, duty.at_least_days) AS needed_count,
           duty.at_least_days > 0 AS is_by_days,
           list_contains(['day', 'week', 'fortnight'], duty.every) AS is_shorter_than_month,
           period.* EXCLUDE (campaign, duty)
    FROM subject
    JOIN memory.main.pack_duty AS duty
      ON duty.campaign = subject.campaign AND duty.duty = subject.duty
    JOIN memory.main.pack_duty_window AS period
      ON period.campaign = subject.campaign AND period.duty = subject.duty
     AND period.window_start_on
         <= coalesce(last_asked, greatest(make_date(year(day_asked), 12, 31), day_asked + 31))
     AND (first_asked IS NULL OR coalesce(period.due_on, period.window_end_on) >= first_asked)
     AND (subject.from_on IS NULL OR subject.from_on <= period.period_end_on)
     AND (subject.until_on IS NULL OR subject.until_on >= period.window_start_on)
  ),
  found AS (
    SELECT DISTINCT named.* EXCLUDE (name), subject.subject
    FROM (SELECT campaign, duty, subject, unnest(names) AS name FROM subject) AS subject
    JOIN duty_named(campaign_asked, day_asked, known, duties_asked) AS named
      ON named.campaign = subject.campaign AND named.duty = subject.duty
     AND named.name = subject.name
  ),
  proof AS (
    SELECT owed.campaign, owed.duty, owed.subject, owed.window_number, owed.is_by_days,
           found.ledger, found.item_key, found.upload, found.sheet, found.row,
           found.topic AS proof_topic, found.happened_on,
           CASE WHEN found.covers IS NULL OR is_shorter_than_month
                THEN greatest(found.happened_on, window_start_on) ELSE found.happened_on END
             AS first_on,
           CASE WHEN found.covers IS NULL OR is_shorter_than_month
                THEN least(found.last_on, coalesce(next_on - 1, found.last_on), day_asked)
                ELSE least(found.last_on, day_asked) END AS last_on,
           CASE WHEN found.covers IS NULL OR is_shorter_than_month THEN window_end_on
                ELSE coalesce(due_on, DATE '9999-12-31') END AS in_time_until
    FROM owed JOIN found
      ON found.campaign = owed.campaign AND found.duty = owed.duty AND found.subject = owed.subject
     AND CASE WHEN found.covers IS NULL OR is_shorter_than_month
              THEN found.happened_on < coalesce(next_on, DATE '9999-12-31')
               AND CASE WHEN is_by_days THEN found.last_on ELSE found.happened_on END
                   >= window_start_on
              ELSE found.covers BETWEEN date_trunc('month', period_start_on) AND period_end_on END
  ),
  -- What is counted: each row, or each of its days once.
  counted AS (
    SELECT DISTINCT ON (campaign, duty, subject, window_number, day)
           * EXCLUDE (happened_on) , day AS happened_on
    FROM (SELECT *, unnest(generate_series(first_on, last_on, INTERVAL 1 DAY))::DATE AS day
          FROM proof WHERE is_by_days)
    ORDER BY campaign, duty, subject, window_number, day, upload, row
  ),
  met AS (
    SELECT campaign, duty, subject, window_number,
           list(entry ORDER BY entry) FILTER (entry.happened_on <= in_time_until) AS in_time,
           list(entry ORDER BY entry) AS entries
    FROM (
      SELECT campaign, duty, subject, window_number, in_time_until,
             {'happened_on': happened_on, 'upload': upload, 'row': row, 'sheet': sheet,
              'ledger': ledger, 'item_key': item_key, 'topic': proof_topic} AS entry
      FROM (SELECT * EXCLUDE (first_on, last_on) FROM proof WHERE NOT is_by_days
            UNION ALL BY NAME SELECT * EXCLUDE (first_on, last_on, day) FROM counted)
    ) GROUP BY ALL
  ),
  judged AS (
    SELECT owed.*, coalesce(len(in_time), 0) >= needed_count AS is_in_time,
           coalesce(len(entries), 0) AS met_count, in_time, entries,
           coalesce(day_asked > due_on, false) AS is_over
    FROM owed LEFT JOIN met USING (campaign, duty, subject, window_number)
  ),
  shown AS (
    SELECT *,
           CASE WHEN is_in_time THEN in_time[needed_count]
                ELSE entries[least(needed_count, met_count)] END AS entry,
           CASE WHEN is_in_time THEN 'done' WHEN NOT is_over THEN 'not yet due'
                WHEN met_count >= needed_count THEN 'late' ELSE 'missing' END AS status
    FROM judged
  )
  SELECT * EXCLUDE (in_time, entries, entry, is_in_time, is_over),
         CASE WHEN status IN ('done', 'late') THEN entry.happened_on END AS met_on,
         entry.ledger, entry.item_key, entry.topic AS proof_topic, entry.upload, entry.sheet,
         entry.row
  FROM shown;
