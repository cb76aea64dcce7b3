-- What was counted of a day that was looked at, with what its units are filtered by, and what was read
-- once a `turn`: there is a new one whenever the data changed. In memory only. The columns are written
-- out: asking the words for them takes longer than all the rest of opening.

CREATE SCHEMA memory.kept;
-- The units as unit_known has them.
CREATE TABLE memory.kept.roster_of_turn (
  turn BIGINT, campaign VARCHAR, unit VARCHAR, league VARCHAR, leader_post VARCHAR, position BIGINT
);
-- The months that units sent as unit_sent has them.
CREATE TABLE memory.kept.unit_sent_of_turn (
  turn BIGINT, campaign VARCHAR, unit VARCHAR, league VARCHAR, leader_post VARCHAR, position BIGINT,
  ledger VARCHAR, periods DATE[]
);
CREATE TABLE memory.kept.tally_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, ledger VARCHAR, unit VARCHAR, dimension VARCHAR,
  due_on DATE, is_closed BOOLEAN, is_in_time BOOLEAN, is_reported_closed BOOLEAN,
  is_reopened BOOLEAN, is_verified BOOLEAN, is_vanished BOOLEAN, is_due BOOLEAN,
  is_overdue BOOLEAN, overdue_days BIGINT, is_on_time BOOLEAN, alike_count BIGINT,
  league VARCHAR, leader_post VARCHAR
);
CREATE TABLE memory.kept.promise_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, dimension VARCHAR, item_count BIGINT,
  original_due_count BIGINT, original_on_time_count BIGINT, due_count BIGINT,
  on_time_count BIGINT, extended_count BIGINT, escalated_count BIGINT, tolerated_count BIGINT,
  league VARCHAR, leader_post VARCHAR
);
CREATE TABLE memory.kept.way_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, dimension VARCHAR, ways VARCHAR,
  item_count BIGINT, league VARCHAR, leader_post VARCHAR
);
CREATE TABLE memory.kept.place_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, dimension VARCHAR, community VARCHAR,
  item_count BIGINT, due_count BIGINT, closed_due_count BIGINT, overdue_count BIGINT,
  league VARCHAR, leader_post VARCHAR
);
CREATE TABLE memory.kept.history_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, history_number BIGINT, alike_count BIGINT,
  month_last_day DATE, unit VARCHAR, dimension VARCHAR, is_closed BOOLEAN, league VARCHAR,
  leader_post VARCHAR
);
CREATE TABLE memory.kept.ticket_place_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, community VARCHAR, month DATE,
  ticket_count BIGINT, closed_count BIGINT, overdue_count BIGINT, satisfied_count BIGINT,
  rated_count BIGINT, league VARCHAR, leader_post VARCHAR
);
CREATE TABLE memory.kept.ticket_tally_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, channel VARCHAR, month VARCHAR,
  answer_days BIGINT, received_count BIGINT, closed_count BIGINT, resolved_count BIGINT,
  satisfied_count BIGINT, rated_count BIGINT, due_count BIGINT, on_time_count BIGINT,
  overdue_count BIGINT
);
-- Items by the days from their deadline.
CREATE TABLE memory.kept.deadline_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, dimension VARCHAR, state VARCHAR,
  due_on DATE, offset_days BIGINT, item_count BIGINT, league VARCHAR, leader_post VARCHAR
);
-- The units of each list.
CREATE TABLE memory.kept.unit_in_list_of_turn (
  turn BIGINT, ledger VARCHAR, upload BIGINT, period DATE, unit VARCHAR
);
CREATE TABLE memory.kept.appeal_tally_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, community VARCHAR, channel VARCHAR,
  month VARCHAR, answer_days BIGINT, is_backlog BOOLEAN, received_count BIGINT,
  closed_count BIGINT, said_count BIGINT, resolved_count BIGINT, rated_count BIGINT,
  satisfied_count BIGINT, due_count BIGINT, on_time_count BIGINT, overdue_count BIGINT,
  league VARCHAR, leader_post VARCHAR
);
CREATE TABLE memory.kept.class_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, dimension VARCHAR, channel VARCHAR,
  kind VARCHAR, difficulty VARCHAR, handling VARCHAR, is_closed BOOLEAN, is_due BOOLEAN,
  is_overdue BOOLEAN, is_on_time BOOLEAN, is_verified BOOLEAN, is_escalated BOOLEAN,
  alike_count BIGINT, league VARCHAR, leader_post VARCHAR
);
CREATE TABLE memory.kept.lead_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, likeness DOUBLE, is_same_unit BOOLEAN,
  is_same_place BOOLEAN, ledger VARCHAR, item_key VARCHAR, title VARCHAR, unit VARCHAR,
  dimension VARCHAR, place VARCHAR, found_at_on DATE, upload BIGINT, sheet VARCHAR, row BIGINT,
  earlier_item_key VARCHAR, earlier_title VARCHAR, earlier_unit VARCHAR, earlier_dimension VARCHAR,
  earlier_place VARCHAR, earlier_closed_on DATE, days_between BIGINT, is_earlier_verified BOOLEAN,
  earlier_upload BIGINT, earlier_sheet VARCHAR, earlier_row BIGINT, league VARCHAR,
  earlier_league VARCHAR, leader_post VARCHAR, earlier_leader_post VARCHAR
);
CREATE TABLE memory.kept.report_marked_of_turn (
  turn BIGINT, campaign VARCHAR, ledger VARCHAR, item_key VARCHAR, period DATE, upload BIGINT,
  sheet VARCHAR, row BIGINT, state VARCHAR, state_before VARCHAR, extended_on DATE,
  extended_to DATE, extension_reason VARCHAR, title VARCHAR, unit VARCHAR, dimension VARCHAR,
  original_due_on DATE
);
CREATE TABLE memory.kept.ledger_row_tally_of_turn (
  turn BIGINT, campaign VARCHAR, ledger VARCHAR, period DATE, upload BIGINT, unit VARCHAR, day DATE,
  alike_count BIGINT
);
