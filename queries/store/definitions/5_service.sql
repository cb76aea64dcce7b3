-- Enterprises and projects that are served, and the levels of coordination.

-- How each enterprise and project is served on a day (E6): every object of the roster, and those
-- of a visit or of a problem that no roster names. Weeks run from Monday to Sunday; missed ones
-- count from the week of the ledger's first visit to the last week that is over, of an object only
-- while a roster lists it. What names several objects counts for each of them.
--
-- problems      its problems, one entry each: counted over several objects, each of them is one
-- leader_post   the roster's, else the post in charge of the unit that serves it
-- unit          the roster's; of an object in no roster, who visited it last or has its problem
CREATE OR REPLACE MACRO object_service(day_asked, known) AS TABLE
  WITH visit AS (FROM visit_known(day_asked, known)),
  visited AS (
    SELECT campaign, subject, arg_max(unit, visited_on) AS unit,
           max(visited_on) FILTER (visit = '走访') AS last_visit_on,
           max(visited_on) FILTER (visit = '调度') AS last_dispatch_on,
           count(*) FILTER (visit = '走访') AS visit_count,
           count(*) FILTER (visit = '调度') AS dispatch_count,
           count(*) FILTER (visit = '走访' AND visited_on >= date_trunc('week', day_asked))
             AS week_visit_count,
           count(*) FILTER (visit = '调度' AND visited_on >= date_trunc('week', day_asked))
             AS week_dispatch_count,
           count(*) FILTER (visit = '走访' AND visited_on >= date_trunc('month', day_asked))
             AS month_visit_count
    FROM visit GROUP BY ALL
  ),
  problem AS (
    SELECT campaign, subject, arg_max(unit, period) AS unit,
           list({'ledger': ledger, 'item_key': item_key, 'is_closed': is_closed,
                 'is_overdue': is_overdue}) AS problems,
           count(*) AS problem_count,
           count(*) FILTER (is_closed) AS closed_count,
           count(*) FILTER (is_overdue) AS overdue_count,
           count(*) FILTER (NOT is_closed AND state = 'parked') AS parked_count,
           max(as_of - found_on) FILTER (NOT is_closed) AS open_days_max
    FROM (
      SELECT item.*, unnest(objects_meant(enterprise, object_of)) AS subject
      FROM item_on([day_asked], known) AS item LEFT JOIN object_words(known) USING (campaign)
      WHERE trim(enterprise) <> ''
    )
    GROUP BY ALL
  ),
  week AS (
    SELECT campaign, unnest(generate_series(
             date_trunc('week', first_on)::TIMESTAMP,
             date_trunc('week', day_asked + 1)::TIMESTAMP - INTERVAL 7 DAY, INTERVAL 7 DAY
           ))::DATE AS monday
    FROM (SELECT campaign, min(visited_on) AS first_on FROM visit GROUP BY campaign) AS begun
  ),
  visited_week AS (
    SELECT DISTINCT campaign, subject, date_trunc('week', visited_on)::DATE AS monday
    FROM visit WHERE visit = '走访'
  ),
  subject AS (
    SELECT campaign, object AS subject FROM object_known(known)
    UNION SELECT campaign, subject FROM visited
    UNION SELECT campaign, subject FROM problem
  ),
  missed AS (
    SELECT subject.campaign, subject.subject,
           count(*) FILTER (visited_week.monday IS NULL) AS missed_week_count,
           count(*) FILTER (last_visit_on IS NULL OR week.monday > last_visit_on)
             AS unvisited_week_count
    FROM subject
    LEFT JOIN object_listed(known) AS listed
      ON listed.campaign = subject.campaign AND listed.object = subject.subject
    JOIN week ON week.campaign = subject.campaign
     AND week.monday + 6 >= coalesce(listed.from_on, week.monday)
     AND week.monday <= coalesce(listed.until_on, week.monday)
    LEFT JOIN visited
      ON visited.campaign = subject.campaign AND visited.subject = subject.subject
    LEFT JOIN visited_week
      ON visited_week.campaign = subject.campaign AND visited_week.subject = subject.subject
     AND visited_week.monday = week.monday
    GROUP BY ALL
  ),
  served AS (
    SELECT subject.*, roster.object_kind AS kind,
           coalesce(roster.unit, visited.unit, problem.unit) AS unit,
           roster.leader_post AS roster_post, roster.contact_post,
           roster.object IS NOT NULL AS is_listed,
           visited.* EXCLUDE (campaign, subject, unit), problem.* EXCLUDE (campaign, subject, unit),
           missed_week_count, unvisited_week_count
    FROM subject
    LEFT JOIN object_known(known) AS roster
      ON roster.campaign = subject.campaign AND roster.object = subject.subject
    LEFT JOIN visited
      ON visited.campaign = subject.campaign AND visited.subject = subject.subject
    LEFT JOIN problem
      ON problem.campaign = subject.campaign AND problem.subject = subject.subject
    LEFT JOIN missed ON missed.campaign = subject.campaign AND missed.subject = subject.subject
  )
  SELECT served.campaign, served.subject, kind, served.unit, unit_known.league,
         coalesce(roster_post, unit_known.leader_post) AS leader_post, contact_post, is_listed,
         last_visit_on, last_dispatch_on,
         coalesce(visit_count, 0) AS visit_count,
         coalesce(dispatch_count, 0) AS dispatch_count,
         coalesce(week_visit_count, 0) AS week_visit_count,
         coalesce(week_dispatch_count, 0) AS week_dispatch_count,
         coalesce(month_visit_count, 0) AS month_visit_count,
         coalesce(missed_week_count, 0) AS missed_week_count,
         coalesce(unvisited_week_count, 0) AS unvisited_week_count,
         coalesce(problem_count, 0) AS problem_count,
         coalesce(closed_count, 0) AS closed_count,
         coalesce(problem_count, 0) - coalesce(closed_count, 0) AS open_count,
         coalesce(overdue_count, 0) AS overdue_count,
         coalesce(parked_count, 0) AS parked_count,
         open_days_max, coalesce(problems, []) AS problems
  FROM served LEFT JOIN unit_known(known) AS unit_known USING (campaign, unit);

-- The objects a question is asked about: object_service with the filters. A kind stands for its
-- parts too (规上工业企业 are part of 投产工业企业).
CREATE OR REPLACE MACRO object_asked(
  campaign_asked, day_asked, known, units_asked, league_asked, post_asked, kind_asked
) AS TABLE
  SELECT served.*, pack_object_kind.part_of
  FROM object_service(day_asked, known) AS served
  LEFT JOIN memory.main.pack_object_kind AS pack_object_kind
    ON pack_object_kind.campaign = served.campaign AND pack_object_kind.object_kind = served.kind
  WHERE (campaign_asked IS NULL OR served.campaign = campaign_asked)
    AND (units_asked IS NULL OR list_contains(units_asked, served.unit))
    AND (league_asked IS NULL OR served.league = league_asked)
    AND (post_asked IS NULL OR served.leader_post = post_asked)
    AND (kind_asked IS NULL OR served.kind = kind_asked OR part_of = kind_asked);

-- How long each enterprise's problem was at each of the three levels (E7): item_asked, with what
-- the steps 收集, 会商 and 集中研究 say. Without a step of collecting the first level begins on
-- the day the problem was found; a level that was passed over has no days.
CREATE OR REPLACE MACRO item_level(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  WITH levelled AS (
    FROM step_known(known) WHERE step IN ('收集', '会商', '集中研究')
  ),
  -- An item that names nobody and was never at a level has none, and most name nobody.
  asked_item AS (
    FROM item_asked(
      campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked)
    WHERE enterprise <> ''
    UNION ALL
    FROM item_asked(
      campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked)
      SEMI JOIN levelled USING (campaign, item_key)
    WHERE enterprise IS NULL OR enterprise = ''
  ),
  item AS (
    SELECT asked_item.*, coalesce(object_called.object, trim(enterprise)) AS subject
    FROM asked_item
    LEFT JOIN object_called(known) AS object_called
      ON object_called.campaign = asked_item.campaign
     AND object_called.called = trim(asked_item.enterprise)
  ),
  stepped AS (
    SELECT item.as_of, item.campaign, item.ledger, item.item_key,
           min(step_on) FILTER (step = '收集') AS first_collected,
           min(step_on) FILTER (step = '会商') AS first_conferred,
           min(step_on) FILTER (step = '集中研究') AS studied_on
    FROM item JOIN levelled AS steps
      ON steps.campaign = item.campaign AND steps.item_key = item.item_key
     AND steps.step_on <= item.as_of
    GROUP BY ALL
  ),
  dated AS (
    SELECT item.*, coalesce(first_collected, found_on, first_period) AS collected_on, studied_on,
           -- Conferring after the committees' study is no step up.
           CASE WHEN studied_on IS NULL OR first_conferred < studied_on THEN first_conferred END
             AS conferred_on,
           CASE WHEN is_closed THEN closed_at_on ELSE as_of END AS ended_on
    FROM item LEFT JOIN stepped USING (as_of, campaign, ledger, item_key)
    WHERE subject <> '' OR stepped.item_key IS NOT NULL
  ),
  timed AS (
    SELECT *,
           greatest(coalesce(conferred_on, studied_on, ended_on) - collected_on, 0)
             AS responsible_days,
           CASE WHEN conferred_on IS NOT NULL
                THEN greatest(coalesce(studied_on, ended_on) - conferred_on, 0) END AS leader_days,
           CASE WHEN studied_on IS NOT NULL THEN greatest(ended_on - studied_on, 0) END
             AS committee_days,
           CASE WHEN studied_on IS NOT NULL THEN 3 WHEN conferred_on IS NOT NULL THEN 2 ELSE 1 END
             AS level_reached
    FROM dated
  )
  SELECT *, [responsible_days, leader_days, committee_days] AS days_at FROM timed;

-- What the pack calls each of the three levels, in its order; else the step that leads there.
CREATE OR REPLACE MACRO level_named() AS TABLE
  SELECT campaign, level_reached,
         coalesce(named.name, ['收集', '会商', '集中研究'][level_reached]) AS level_name
  FROM (SELECT campaign, unnest([1, 2, 3]) AS level_reached FROM memory.main.pack_campaign) AS level
  LEFT JOIN (
    SELECT campaign, name, row_number() OVER (PARTITION BY campaign ORDER BY position)
      AS level_reached
    FROM memory.main.pack_class WHERE axis = 'level'
  ) AS named USING (campaign, level_reached);
