-- From schema 5 to 6: frozen meetings.

-- What a meeting was frozen from (会议快照): the day, the moment of knowledge, the filters, the order
-- of its agenda, and the digests of what the leaders' main questions answered.
CREATE TABLE store.main.meeting (
  meeting BIGINT, campaign VARCHAR, as_of DATE, known_at TIMESTAMP, last_upload BIGINT,
  league VARCHAR, units VARCHAR[], dimensions VARCHAR[], post VARCHAR, agenda VARCHAR[],
  digests VARCHAR, pack_digest VARCHAR, program_digest VARCHAR, note VARCHAR, frozen_by VARCHAR
);

UPDATE store.main.setting SET value = '6' WHERE name = 'schema';
