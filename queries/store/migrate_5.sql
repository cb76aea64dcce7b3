-- From schema 4 to 5: rows that a list of happenings carries of other months add to those; what
-- was done about findings; the ledgers of family D; notices that were issued.

ALTER TABLE store.main.slice ADD COLUMN is_added BOOLEAN;

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

CREATE TABLE store.main.notice (
  notice BIGINT, campaign VARCHAR, kind VARCHAR, period DATE, as_of DATE, known_at TIMESTAMP,
  issued_on DATE, ranking VARCHAR, has_red_head BOOLEAN, number VARCHAR, praised VARCHAR,
  exposed VARCHAR, title VARCHAR, template_sha256 VARCHAR, document_sha256 VARCHAR,
  issued_by VARCHAR, issued_at TIMESTAMP
);

UPDATE store.main.setting SET value = '5' WHERE name = 'schema';
