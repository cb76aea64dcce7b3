-- The tables of the store, made once in an empty home.
--
-- The schema keeps to what a DuckDB file and a DuckLake both have: no keys, no
-- constraints, no indexes, no sequences. Uniqueness is checked when a draft is
-- published, inside the one write lock.

-- `last_upload` is the highest number among the uploads that were removed: none is given twice.
CREATE TABLE store.main.setting (name VARCHAR, value VARCHAR);

INSERT INTO store.main.setting VALUES ('last_upload', '0');

CREATE TABLE store.main.upload (
  upload BIGINT, campaign VARCHAR, month DATE, unit VARCHAR, file VARCHAR, sha256 VARCHAR,
  uploaded_by VARCHAR, uploaded_at TIMESTAMP, reported_on DATE, status VARCHAR, row_count BIGINT,
  reason VARCHAR, reversed_count BIGINT, is_sample BOOLEAN, recognised VARCHAR, problems VARCHAR,
  questions VARCHAR, answers VARCHAR, is_correction BOOLEAN, is_nil BOOLEAN, reviewed_by VARCHAR, reviewed_at TIMESTAMP,
  returned_reason VARCHAR, added_count BIGINT, changed_count BIGINT, vanished_count BIGINT
);

-- What a clerk answered about a unit's files, for its next upload: a header, a name, a sheet.
CREATE TABLE store.main.answer (
  campaign VARCHAR, unit VARCHAR, key VARCHAR, value VARCHAR, given_by VARCHAR, given_at TIMESTAMP
);

-- Why an item that a list no longer names is no longer counted. In force like a slice;
-- `upload` is the list it vanished from, `period` that list's month; `ended_by` is the upload
-- whose list the reason was taken back for. A reason that comes back keeps when it was given.
CREATE TABLE store.main.withdrawal (
  upload BIGINT, campaign VARCHAR, ledger VARCHAR, item_key VARCHAR, period DATE, reason VARCHAR,
  given_by VARCHAR, given_at TIMESTAMP, from_at TIMESTAMP, until_at TIMESTAMP, ended_by BIGINT
);

-- Months that a notice has quoted: what is published for them from then on is a correction.
CREATE TABLE store.main.seal (
  campaign VARCHAR, period DATE, quoted_in VARCHAR, sealed_by VARCHAR,
  from_at TIMESTAMP, until_at TIMESTAMP
);

-- What an upload says of one ledger and month. In force from `from_at` until
-- `until_at`; a draft has neither; `ended_by` is the upload that replaced it. One that `is_added`
-- holds rows that another month's list carries: they add to the month and replace nothing.
CREATE TABLE store.main.slice (
  upload BIGINT, campaign VARCHAR, ledger VARCHAR, period DATE, unit VARCHAR, row_count BIGINT,
  from_at TIMESTAMP, until_at TIMESTAMP, ended_by BIGINT, is_added BOOLEAN
);

CREATE TABLE store.main.problems (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  item_no VARCHAR, dimension VARCHAR, title VARCHAR, goal VARCHAR, measure VARCHAR,
  unit VARCHAR, partners VARCHAR, leader_post VARCHAR, community VARCHAR, enterprise VARCHAR,
  found_on DATE, due_on DATE, due_text VARCHAR, is_due_derived BOOLEAN,
  extended_to DATE, extended_on DATE, extension_reason VARCHAR,
  state VARCHAR, closed_on DATE, progress_note VARCHAR,
  task_no VARCHAR, channel VARCHAR, found_by VARCHAR, kind VARCHAR, difficulty VARCHAR,
  handling VARCHAR, level VARCHAR, applied_on DATE, confirmed_on DATE, carried_from VARCHAR,
  longitude DOUBLE, latitude DOUBLE, note VARCHAR
);

CREATE TABLE store.main.tasks (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  item_no VARCHAR, dimension VARCHAR, title VARCHAR, target VARCHAR, milestone VARCHAR,
  unit VARCHAR, partners VARCHAR, leader_post VARCHAR, community VARCHAR,
  due_on DATE, due_text VARCHAR, is_due_derived BOOLEAN,
  extended_to DATE, extended_on DATE, extension_reason VARCHAR,
  target_value DOUBLE, value DOUBLE, unit_of_measure VARCHAR, progress_share DOUBLE,
  state VARCHAR, closed_on DATE, progress_note VARCHAR, carried_from VARCHAR, note VARCHAR
);

CREATE TABLE store.main.tickets (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  ticket_no VARCHAR, received_on DATE, channel VARCHAR, title VARCHAR, content VARCHAR,
  unit VARCHAR, partners VARCHAR, community VARCHAR,
  due_on DATE, due_text VARCHAR, is_due_derived BOOLEAN,
  closed_on DATE, answer VARCHAR, state VARCHAR, is_resolved BOOLEAN, is_satisfied BOOLEAN,
  longitude DOUBLE, latitude DOUBLE, note VARCHAR
);

CREATE TABLE store.main.checks (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  item_no VARCHAR, title VARCHAR, unit VARCHAR, partners VARCHAR, checked_on DATE,
  is_verified BOOLEAN, checker_post VARCHAR, note VARCHAR
);

CREATE TABLE store.main.units (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  name VARCHAR, league VARCHAR, aliases VARCHAR, leader_post VARCHAR, note VARCHAR
);

CREATE TABLE store.main.communities (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  name VARCHAR, code VARCHAR, street VARCHAR, aliases VARCHAR,
  longitude DOUBLE, latitude DOUBLE, note VARCHAR
);

-- One row one published figure; `value_column` is the column of the sheet it was read from.
CREATE TABLE store.main.indicators (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  indicator VARCHAR, place VARCHAR, unit VARCHAR, partners VARCHAR, frequency VARCHAR,
  measure VARCHAR, period_end_on DATE, value DOUBLE, target_value DOUBLE,
  unit_of_measure VARCHAR, is_provisional BOOLEAN, publisher VARCHAR, note VARCHAR,
  value_column VARCHAR
);

CREATE TABLE store.main.steps (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, item_no VARCHAR,
  title VARCHAR, unit VARCHAR, partners VARCHAR, step VARCHAR, step_on DATE, post VARCHAR,
  old_value VARCHAR, new_value VARCHAR, reason VARCHAR, note VARCHAR
);

CREATE TABLE store.main.activities (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, activity VARCHAR,
  held_on DATE, ended_on DATE, unit VARCHAR, partners VARCHAR, post VARCHAR, covers DATE, topic
  VARCHAR, object VARCHAR, problem_count DOUBLE, result VARCHAR, note VARCHAR
);

CREATE TABLE store.main.visits (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, object VARCHAR,
  visited_on DATE, visit VARCHAR, unit VARCHAR, partners VARCHAR, post VARCHAR, problem_count
  DOUBLE, content VARCHAR, note VARCHAR
);

CREATE TABLE store.main.enterprises (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, name VARCHAR,
  object_kind VARCHAR, unit VARCHAR, partners VARCHAR, leader_post VARCHAR, contact_post
  VARCHAR, aliases VARCHAR, address VARCHAR, longitude DOUBLE, latitude DOUBLE, note VARCHAR
);

CREATE TABLE store.main.clues (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, item_no VARCHAR,
  title VARCHAR, unit VARCHAR, partners VARCHAR, source_unit VARCHAR, received_on DATE,
  is_complex BOOLEAN, handling VARCHAR, matter_settled_on DATE, people_settled_on DATE,
  progress_note VARCHAR, note VARCHAR
);

CREATE TABLE store.main.refusals (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, item_no VARCHAR,
  title VARCHAR, received_on DATE, unit VARCHAR, partners VARCHAR, reason VARCHAR, raised_on
  DATE, raised_to VARCHAR, is_upheld BOOLEAN, result VARCHAR, closed_on DATE, state VARCHAR,
  note VARCHAR
);

CREATE TABLE store.main.failures (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, item_no VARCHAR,
  title VARCHAR, received_on DATE, unit VARCHAR, partners VARCHAR, reason VARCHAR, channel
  VARCHAR, is_satisfied BOOLEAN, result VARCHAR, closed_on DATE, state VARCHAR, note VARCHAR
);

CREATE TABLE store.main.petitions (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, ticket_no VARCHAR,
  received_on DATE, title VARCHAR, form VARCHAR, level VARCHAR, persons_count DOUBLE,
  assigned_by VARCHAR, is_backlog BOOLEAN, unit VARCHAR, partners VARCHAR, community VARCHAR,
  disposal VARCHAR, due_on DATE, due_text VARCHAR, is_due_derived BOOLEAN, closed_on DATE,
  is_resolved BOOLEAN, is_satisfied BOOLEAN, state VARCHAR, note VARCHAR
);

CREATE TABLE store.main.approvals (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, item_no VARCHAR,
  title VARCHAR, enterprise VARCHAR, unit VARCHAR, partners VARCHAR, accepted_on DATE,
  decided_on DATE, note VARCHAR
);

CREATE TABLE store.main.institutions (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, title VARCHAR, unit
  VARCHAR, partners VARCHAR, kind VARCHAR, due_on DATE, issued_on DATE, document_no VARCHAR,
  note VARCHAR
);

CREATE TABLE store.main.returns (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, unit VARCHAR,
  partners VARCHAR, clue_count DOUBLE, case_count DOUBLE, persons_count DOUBLE, rectified_count
  DOUBLE, reform_count DOUBLE, note VARCHAR
);

CREATE TABLE store.main.milestones (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, item_no VARCHAR,
  milestone_no VARCHAR, title VARCHAR, unit VARCHAR, partners VARCHAR, start_on DATE, due_on
  DATE, done_on DATE, note VARCHAR
);

-- A draw of items to be checked on the spot (B5): with the seed, the size and the state of
-- knowledge it was made from, anyone can repeat it.
CREATE TABLE store.main.draw (
  draw BIGINT, campaign VARCHAR, period DATE, as_of DATE, known_at TIMESTAMP, seed VARCHAR,
  size_count BIGINT, drawn_by VARCHAR, drawn_at TIMESTAMP
);

-- Campaigns put away (A15): nothing is taken in for them while `until_at` is empty.
CREATE TABLE store.main.archive (
  campaign VARCHAR, archived_by VARCHAR, from_at TIMESTAMP, until_at TIMESTAMP
);

CREATE TABLE store.main.projects (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, item_no VARCHAR,
  title VARCHAR, unit VARCHAR, partners VARCHAR, stage VARCHAR, stage_on DATE, kind VARCHAR,
  industry VARCHAR, level VARCHAR, invested_total DOUBLE, invested_this_year DOUBLE,
  funds_won DOUBLE, signed_on DATE, started_on DATE, resumed_on DATE, supply VARCHAR,
  land_mu DOUBLE, tax_wan DOUBLE, check_industry VARCHAR, check_tax VARCHAR,
  check_environment VARCHAR, check_labour VARCHAR, check_safety VARCHAR, check_energy VARCHAR,
  check_fit VARCHAR, obstacle VARCHAR, progress_note VARCHAR, note VARCHAR
);

CREATE TABLE store.main.satisfaction (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, action VARCHAR,
  community VARCHAR, surveyed_on DATE, asked_count DOUBLE, aware_count DOUBLE,
  joined_count DOUBLE, rated_count DOUBLE, satisfied_count DOUBLE, method VARCHAR, unit VARCHAR,
  partners VARCHAR, note VARCHAR
);

-- What was done about a finding of a rule (family D): 确认, 处置, 申辩, 督办单, 销号, 撤回. One row
-- a step, in the order taken; a step taken back ends and stays.
CREATE TABLE store.main.finding_step (
  finding_step BIGINT, campaign VARCHAR, rule VARCHAR, subject VARCHAR, since_on DATE,
  step VARCHAR, step_on DATE, post VARCHAR, measure VARCHAR, content VARCHAR,
  report_due_on DATE, rectify_by_on DATE, slip_level VARCHAR, slip_due_on DATE,
  reference VARCHAR, entered_at TIMESTAMP, from_at TIMESTAMP, until_at TIMESTAMP
);

-- What a leader told somebody to do in a meeting (会上交办), in two lines: it stands like a row of
-- the 交办批示台账 until a list names its number.
CREATE TABLE store.main.meeting_instruction (
  item_no VARCHAR, campaign VARCHAR, title VARCHAR, given_by VARCHAR, given_on DATE,
  occasion VARCHAR, unit VARCHAR, due_on DATE, entered_by VARCHAR, from_at TIMESTAMP,
  until_at TIMESTAMP
);

-- What is ranked, appraised, scored, owed, told, found and published (family D, G2).
CREATE TABLE store.main.ranks (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, work VARCHAR,
  scope VARCHAR, unit VARCHAR, partners VARCHAR, rank DOUBLE, of_count DOUBLE, score DOUBLE,
  ranked_on DATE, published_by VARCHAR, is_confirmed BOOLEAN, checked_on DATE, note VARCHAR
);

CREATE TABLE store.main.appraisals (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, subject VARCHAR,
  list VARCHAR, unit VARCHAR, partners VARCHAR, score DOUBLE, appraised_on DATE,
  raters_count DOUBLE, is_vertical BOOLEAN, note VARCHAR
);

CREATE TABLE store.main.points (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, reason VARCHAR,
  unit VARCHAR, partners VARCHAR, post VARCHAR, points DOUBLE, given_on DATE, basis VARCHAR,
  note VARCHAR
);

CREATE TABLE store.main.contests (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, criterion VARCHAR,
  contest VARCHAR, unit VARCHAR, partners VARCHAR, score DOUBLE, full_score DOUBLE,
  scored_on DATE, scorer_post VARCHAR, note VARCHAR
);

CREATE TABLE store.main.reviews (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, item_no VARCHAR,
  kind VARCHAR, unit VARCHAR, partners VARCHAR, post VARCHAR, title VARCHAR, due_on DATE,
  due_text VARCHAR, is_due_derived BOOLEAN, handed_in_on DATE, is_filed BOOLEAN,
  sampled_by VARCHAR, is_confirmed BOOLEAN, note VARCHAR
);

CREATE TABLE store.main.instructions (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, item_no VARCHAR,
  title VARCHAR, given_by VARCHAR, given_on DATE, occasion VARCHAR, unit VARCHAR,
  partners VARCHAR, due_on DATE, due_text VARCHAR, is_due_derived BOOLEAN, tracked_on DATE,
  inspected_on DATE, effective_on DATE, effect VARCHAR, note VARCHAR
);

CREATE TABLE store.main.incidents (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, kind VARCHAR,
  unit VARCHAR, partners VARCHAR, object VARCHAR, title VARCHAR, happened_on DATE, level VARCHAR,
  is_attributed BOOLEAN, cause VARCHAR, found_by VARCHAR, note VARCHAR
);

CREATE TABLE store.main.commitments (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, item_no VARCHAR,
  kind VARCHAR, unit VARCHAR, partners VARCHAR, post VARCHAR, title VARCHAR, medium VARCHAR,
  published_on DATE, due_on DATE, fulfilled_on DATE, is_confirmed BOOLEAN, note VARCHAR
);

CREATE TABLE store.main.questionings (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, unit VARCHAR,
  partners VARCHAR, post VARCHAR, asked_on DATE, situation VARCHAR, measures VARCHAR,
  effect VARCHAR, asked_by VARCHAR, note VARCHAR
);

CREATE TABLE store.main.cases (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR, kind VARCHAR,
  unit VARCHAR, partners VARCHAR, title VARCHAR, content VARCHAR, item_no VARCHAR,
  published_on DATE, published_in VARCHAR, note VARCHAR
);

-- Notices (通报) that were issued: what each is rebuilt from, and what it then has to equal (G1).
CREATE TABLE store.main.notice (
  notice BIGINT, campaign VARCHAR, kind VARCHAR, period DATE, as_of DATE, known_at TIMESTAMP,
  issued_on DATE, ranking VARCHAR, has_red_head BOOLEAN, number VARCHAR, praised VARCHAR,
  exposed VARCHAR, title VARCHAR, template_sha256 VARCHAR, document_sha256 VARCHAR,
  issued_by VARCHAR, issued_at TIMESTAMP, has_personal_measures BOOLEAN
);

-- Boundaries that an administrator uploaded: the newest one not taken back is drawn. Kept are
-- the shapes in WGS-84 with name and code, and nothing else that the file said of them.
CREATE TABLE store.main.boundary (
  boundary BIGINT, campaign VARCHAR, file VARCHAR, sha256 VARCHAR, level VARCHAR, datum VARCHAR,
  approval_number VARCHAR, is_schematic BOOLEAN, note VARCHAR, area_count BIGINT,
  matched_count BIGINT, remarks VARCHAR, geojson VARCHAR, entered_by VARCHAR, from_at TIMESTAMP,
  until_at TIMESTAMP
);

-- What a meeting was frozen from (会议快照): the day, the moment of knowledge, the filters, the order
-- of its agenda, and the digests of what the leaders' main questions answered; lists as JSON.
CREATE TABLE store.main.meeting (
  meeting BIGINT, campaign VARCHAR, as_of DATE, known_at TIMESTAMP, last_upload BIGINT,
  league VARCHAR, units VARCHAR, dimensions VARCHAR, post VARCHAR, agenda VARCHAR,
  digests VARCHAR, pack_digest VARCHAR, program_digest VARCHAR, note VARCHAR, frozen_by VARCHAR,
  units_left_out VARCHAR, dimensions_left_out VARCHAR
);

-- What rows said of persons: `shown` is what is shown of the
-- columns that no ledger has, `sealed` all of the row's cells as written, each row by itself under
-- its upload's own key, which lies in `vault_key`, wrapped by the key file's.
CREATE TABLE store.main.vault (
  upload BIGINT, ledger VARCHAR, sheet VARCHAR, row BIGINT, item_key VARCHAR, shown VARCHAR,
  sealed BLOB
);

CREATE TABLE store.main.vault_key (upload BIGINT, wrapped BLOB);
