-- From schema 5 to 6: boundaries that an administrator uploaded, frozen meetings, and whether a
-- notice says what is done to persons. Those issued before said it.

-- Boundaries that an administrator uploaded: the newest one not taken back is drawn. Kept are
-- the shapes in WGS-84 with name and code, and nothing else that the file said of them.
CREATE TABLE store.main.boundary (
  boundary BIGINT, campaign VARCHAR, file VARCHAR, sha256 VARCHAR, level VARCHAR, datum VARCHAR,
  approval_number VARCHAR, is_schematic BOOLEAN, note VARCHAR, area_count BIGINT,
  matched_count BIGINT, remarks VARCHAR, geojson VARCHAR, entered_by VARCHAR, from_at TIMESTAMP,
  until_at TIMESTAMP
);

ALTER TABLE store.main.notice ADD COLUMN has_personal_measures BOOLEAN;

UPDATE store.main.notice SET has_personal_measures = true;

-- What a meeting was frozen from (会议快照): the day, the moment of knowledge, the filters, the order
-- of its agenda, and the digests of what the leaders' main questions answered; lists as JSON.
CREATE TABLE store.main.meeting (
  meeting BIGINT, campaign VARCHAR, as_of DATE, known_at TIMESTAMP, last_upload BIGINT,
  league VARCHAR, units VARCHAR, dimensions VARCHAR, post VARCHAR, agenda VARCHAR,
  digests VARCHAR, pack_digest VARCHAR, program_digest VARCHAR, note VARCHAR, frozen_by VARCHAR
);

UPDATE store.main.setting SET value = '6' WHERE name = 'schema';
