-- The tables of the store, made once in an empty home.
--
-- The schema keeps to what a DuckDB file and a DuckLake both have: no keys, no
-- constraints, no indexes, no sequences. Uniqueness is checked when a draft is
-- published, inside the one write lock.

CREATE TABLE store.main.setting (name VARCHAR, value VARCHAR);

CREATE TABLE store.main.upload (
  upload BIGINT, campaign VARCHAR, month DATE, unit VARCHAR, file VARCHAR, sha256 VARCHAR,
  uploaded_by VARCHAR, uploaded_at TIMESTAMP, reported_on DATE, status VARCHAR, row_count BIGINT,
  reason VARCHAR, reversed_count BIGINT, is_sample BOOLEAN, recognised VARCHAR, problems VARCHAR
);

-- What an upload says of one ledger and month. In force from `from_at` until
-- `until_at`; a draft has neither; `ended_by` is the upload that replaced it.
CREATE TABLE store.main.slice (
  upload BIGINT, campaign VARCHAR, ledger VARCHAR, period DATE, unit VARCHAR, row_count BIGINT,
  from_at TIMESTAMP, until_at TIMESTAMP, ended_by BIGINT
);

CREATE TABLE store.main.problems (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  item_no VARCHAR, dimension VARCHAR, title VARCHAR, goal VARCHAR, measure VARCHAR,
  unit VARCHAR, partners VARCHAR, leader_post VARCHAR, community VARCHAR, enterprise VARCHAR,
  found_on DATE, due_on DATE, due_text VARCHAR, is_due_derived BOOLEAN,
  extended_to DATE, extended_on DATE, extension_reason VARCHAR,
  state VARCHAR, closed_on DATE, progress_note VARCHAR,
  longitude DOUBLE, latitude DOUBLE, note VARCHAR
);

CREATE TABLE store.main.tasks (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  item_no VARCHAR, dimension VARCHAR, title VARCHAR, target VARCHAR, milestone VARCHAR,
  unit VARCHAR, partners VARCHAR, leader_post VARCHAR, community VARCHAR,
  due_on DATE, due_text VARCHAR, is_due_derived BOOLEAN,
  extended_to DATE, extended_on DATE, extension_reason VARCHAR,
  target_value DOUBLE, value DOUBLE, unit_of_measure VARCHAR, progress_share DOUBLE,
  state VARCHAR, closed_on DATE, progress_note VARCHAR, note VARCHAR
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

CREATE TABLE store.main.indicators (
  upload BIGINT, sheet VARCHAR, row BIGINT, period DATE, item_key VARCHAR,
  indicator VARCHAR, unit VARCHAR, partners VARCHAR, value DOUBLE, target_value DOUBLE,
  unit_of_measure VARCHAR, note VARCHAR
);
