-- From schema 2 to 3: the ledgers of families B and E, draws, archived campaigns.

ALTER TABLE store.main.problems ADD COLUMN task_no VARCHAR;
ALTER TABLE store.main.problems ADD COLUMN channel VARCHAR;
ALTER TABLE store.main.problems ADD COLUMN found_by VARCHAR;
ALTER TABLE store.main.problems ADD COLUMN kind VARCHAR;
ALTER TABLE store.main.problems ADD COLUMN difficulty VARCHAR;
ALTER TABLE store.main.problems ADD COLUMN handling VARCHAR;
ALTER TABLE store.main.problems ADD COLUMN level VARCHAR;
ALTER TABLE store.main.problems ADD COLUMN applied_on DATE;
ALTER TABLE store.main.problems ADD COLUMN confirmed_on DATE;
ALTER TABLE store.main.problems ADD COLUMN carried_from VARCHAR;
ALTER TABLE store.main.tasks ADD COLUMN carried_from VARCHAR;

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

CREATE TABLE store.main.draw (
  draw BIGINT, campaign VARCHAR, period DATE, as_of DATE, known_at TIMESTAMP, seed VARCHAR,
  size_count BIGINT, drawn_by VARCHAR, drawn_at TIMESTAMP
);

CREATE TABLE store.main.archive (
  campaign VARCHAR, archived_by VARCHAR, from_at TIMESTAMP, until_at TIMESTAMP
);

UPDATE store.main.setting SET value = '3' WHERE name = 'schema';
