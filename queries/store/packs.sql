-- What the packs say, held in memory beside the store and filled at every open.

CREATE TABLE memory.main.pack_campaign (
  campaign VARCHAR, name VARCHAR, issued_on DATE, start_on DATE, end_on DATE,
  minimum_due_items BIGINT, due_soon_days BIGINT, pace_on_track DOUBLE, pace_lagging DOUBLE,
  signal_change_points DOUBLE, is_reviewed BOOLEAN
);
CREATE TABLE memory.main.pack_phase (
  campaign VARCHAR, phase VARCHAR, start_on DATE, end_on DATE, owner VARCHAR, product VARCHAR,
  position BIGINT
);
CREATE TABLE memory.main.pack_unit (
  campaign VARCHAR, unit VARCHAR, league VARCHAR, leader_post VARCHAR, parent VARCHAR,
  level VARCHAR, aliases VARCHAR[], former_name VARCHAR, renamed_on DATE, position BIGINT
);
CREATE TABLE memory.main.pack_organ (
  campaign VARCHAR, organ VARCHAR, kind VARCHAR, parent VARCHAR, position BIGINT
);
CREATE TABLE memory.main.pack_post (
  campaign VARCHAR, post VARCHAR, unit VARCHAR, aliases VARCHAR[], position BIGINT
);
CREATE TABLE memory.main.pack_population (
  campaign VARCHAR, name VARCHAR, people BIGINT, "on" DATE, position BIGINT
);
-- The limits the pack sets, each with where it is from (F5).
CREATE TABLE memory.main.pack_threshold (
  campaign VARCHAR, name VARCHAR, value DOUBLE, source VARCHAR, position BIGINT
);
-- What the pack calls each value on one of its axes, and who owns it.
CREATE TABLE memory.main.pack_class (
  campaign VARCHAR, axis VARCHAR, name VARCHAR, owner VARCHAR, position BIGINT
);
CREATE TABLE memory.main.pack_theme (
  campaign VARCHAR, theme VARCHAR, kind VARCHAR, lead VARCHAR, start_on DATE, end_on DATE,
  note VARCHAR, position BIGINT
);
CREATE TABLE memory.main.pack_deliverable (
  campaign VARCHAR, deliverable VARCHAR, owner VARCHAR, kind VARCHAR, due_on DATE, position BIGINT
);
CREATE TABLE memory.main.pack_object_kind (
  campaign VARCHAR, object_kind VARCHAR, stated_count BIGINT, part_of VARCHAR, position BIGINT
);
CREATE TABLE memory.main.pack_duty (
  campaign VARCHAR, duty VARCHAR, section VARCHAR, owner VARCHAR, subjects VARCHAR, who VARCHAR[],
  every VARCHAR, times BIGINT, at_least_days BIGINT, clock VARCHAR, note VARCHAR, source VARCHAR,
  position BIGINT
);
-- The windows of each duty; `next_on` is the day the next one starts, `due_on` the last day in
-- time. Where the calendar of working days ends, `due_on` is empty and `note` says so.
CREATE TABLE memory.main.pack_duty_window (
  campaign VARCHAR, duty VARCHAR, window_number BIGINT, window_start_on DATE, window_end_on DATE,
  next_on DATE, period_start_on DATE, period_end_on DATE, due_on DATE, topic VARCHAR, note VARCHAR
);
-- Which rows meet a duty: of a ledger, those of one kind where `kind` is not empty, and in which
-- the column `filled` is.
CREATE TABLE memory.main.pack_duty_proof (
  campaign VARCHAR, duty VARCHAR, ledger VARCHAR, kind VARCHAR, filled VARCHAR
);
-- The official calendar over the years of all campaigns (B11).
CREATE TABLE memory.main.workday (day DATE, is_workday BOOLEAN, workday_number BIGINT);
CREATE TABLE memory.main.pack_dimension (
  campaign VARCHAR, dimension VARCHAR, owner VARCHAR, stated_count BIGINT, position BIGINT
);
CREATE TABLE memory.main.pack_community (
  campaign VARCHAR, community VARCHAR, code VARCHAR, street VARCHAR, position BIGINT
);
CREATE TABLE memory.main.pack_ledger (
  campaign VARCHAR, ledger VARCHAR, submitted_by VARCHAR, units VARCHAR[]
);

-- By when each month's list is due, for every month of the campaign. Without a day (none is
-- set, or the calendar of working days ends before it) `due_note` says why.
CREATE TABLE memory.main.pack_due (
  campaign VARCHAR, ledger VARCHAR, position BIGINT, submitted_by VARCHAR, units VARCHAR[],
  period DATE, due_on DATE, due_note VARCHAR
);
CREATE TABLE memory.main.pack_indicator (
  campaign VARCHAR, indicator VARCHAR, task VARCHAR, unit_of_measure VARCHAR, target DOUBLE,
  stretch_target DOUBLE, is_target_growth BOOLEAN, direction VARCHAR, measure VARCHAR,
  frequency VARCHAR, "group" VARCHAR, definition VARCHAR, owner VARCHAR, publisher VARCHAR,
  aliases VARCHAR[], is_sum BOOLEAN, start_value DOUBLE, start_on DATE, source VARCHAR,
  position BIGINT
);
-- The areas figures are published for, and the circles in which they are ranked (C2, C3).
CREATE TABLE memory.main.pack_place (
  campaign VARCHAR, place VARCHAR, whole VARCHAR, is_own BOOLEAN, aliases VARCHAR[],
  position BIGINT
);
CREATE TABLE memory.main.pack_scope (
  campaign VARCHAR, scope VARCHAR, places VARCHAR[], position BIGINT
);
CREATE TABLE memory.main.pack_goal (
  campaign VARCHAR, subject VARCHAR, scope VARCHAR, month BIGINT, rank BIGINT, position BIGINT
);
CREATE TABLE memory.main.pack_index_part (
  campaign VARCHAR, index VARCHAR, indicator VARCHAR, weight DOUBLE, position BIGINT
);
CREATE TABLE memory.main.pack_growth_line (
  campaign VARCHAR, indicator VARCHAR, line VARCHAR, place VARCHAR, horizon_year BIGINT,
  growth_share DOUBLE, past_years BIGINT, position BIGINT
);
CREATE TABLE memory.main.pack_multiple (
  campaign VARCHAR, name VARCHAR, indicator VARCHAR, base_year BIGINT, base_value DOUBLE,
  horizon_year BIGINT, multiple DOUBLE, position BIGINT
);
CREATE TABLE memory.main.pack_stage (
  campaign VARCHAR, stage VARCHAR, quarter BIGINT, aliases VARCHAR[], position BIGINT
);

-- The rules of family D: `limits` are the parameters of the rule's file, as JSON. A rule that is
-- off can only be tried.
CREATE TABLE memory.main.pack_rule (
  campaign VARCHAR, rule VARCHAR, kind VARCHAR, mechanism VARCHAR, level VARCHAR,
  consequence VARCHAR, measures VARCHAR[], sentence VARCHAR, source VARCHAR, limits VARCHAR,
  limit_source VARCHAR, is_light BOOLEAN, is_personal BOOLEAN, is_on BOOLEAN, position BIGINT
);
-- The ladder of slips; where a pack has none of its own, that of the house.
CREATE TABLE memory.main.pack_slip (
  campaign VARCHAR, slip VARCHAR, level VARCHAR, working_days BIGINT, source VARCHAR,
  position BIGINT
);
-- What the rules found on the days they were asked about, one row an evidence row; kept until
-- the data changes. What was known at an earlier moment never does. `found_at` is the moment of
-- knowledge, NULL means now; `for_lights` are the rules that turn lights, at the end of a month;
-- `trial` are the limits that a rule was tried with, empty for what is in force. Of the rules that
-- turn lights one row a rule and unit is enough.
CREATE TABLE memory.main.found (
  campaign VARCHAR, found_on DATE, found_at TIMESTAMP, for_lights BOOLEAN, trial VARCHAR,
  rule VARCHAR,
  subject VARCHAR, detail VARCHAR, unit VARCHAR, since_on DATE, until_on DATE, measured_value DOUBLE, threshold DOUBLE,
  remark VARCHAR, upload BIGINT, sheet VARCHAR, row BIGINT
);
-- The same as findings: grouped, judged by the steps taken on them, laid down in the order in which they are
-- listed (`place`). It comes and goes with `memory.main.found`; `finding_made` says what it is.
CREATE TABLE memory.main.finding (
  found_on DATE, found_at TIMESTAMP, place BIGINT,
  campaign VARCHAR, rule VARCHAR, subject VARCHAR, since_on DATE, detail VARCHAR, unit VARCHAR,
  until_on DATE, measured_value DOUBLE, threshold DOUBLE, remark VARCHAR, evidence_count BIGINT,
  moved_on DATE, report_due_on DATE, rectify_by_on DATE, reference VARCHAR, has_reply BOOLEAN,
  slip_level VARCHAR, slip_due_on DATE, is_holding BOOLEAN, status VARCHAR, is_open BOOLEAN
);
-- And those that are alike in all that is counted as one row; `finding_alike` says what it is.
CREATE TABLE memory.main.finding_tally (
  found_on DATE, found_at TIMESTAMP,
  campaign VARCHAR, rule VARCHAR, unit VARCHAR, since_on DATE, remark VARCHAR, is_holding BOOLEAN,
  status VARCHAR, is_open BOOLEAN, is_over BOOLEAN, last_month DATE, ended_month DATE,
  is_ended_lately BOOLEAN, is_outdone BOOLEAN, need VARCHAR, alike_count BIGINT,
  first_subject VARCHAR, first_sentence VARCHAR, last_subject VARCHAR, last_sentence VARCHAR
);
-- What changed between two states that a meeting compares, in the order in which it is listed, and those
-- alike in all that is counted as one row; `meeting_change_made` says what it is. It comes and goes with
-- `memory.main.found`.
CREATE TABLE memory.main.meeting_change (
  campaign VARCHAR, changed_on DATE, known_at TIMESTAMP, before_on DATE, before_known_at TIMESTAMP,
  found_at TIMESTAMP, place BIGINT, change VARCHAR, kind VARCHAR, unit VARCHAR, entry VARCHAR, title VARCHAR, moved_on DATE,
  whose STRUCT(unit VARCHAR, dimension VARCHAR, league VARCHAR, post VARCHAR),
  other STRUCT(unit VARCHAR, dimension VARCHAR, league VARCHAR, post VARCHAR),
  is_other_asked BOOLEAN
);
CREATE TABLE memory.main.meeting_change_tally (
  campaign VARCHAR, changed_on DATE, known_at TIMESTAMP, before_on DATE, before_known_at TIMESTAMP,
  found_at TIMESTAMP, change VARCHAR, kind VARCHAR, unit VARCHAR, 
  whose STRUCT(unit VARCHAR, dimension VARCHAR, league VARCHAR, post VARCHAR),
  other STRUCT(unit VARCHAR, dimension VARCHAR, league VARCHAR, post VARCHAR),
  is_other_asked BOOLEAN, alike_count BIGINT
);
