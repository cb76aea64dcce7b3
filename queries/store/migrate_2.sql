-- From schema 1 to 2: answers, withdrawals, seals, and what review adds to an upload.

ALTER TABLE store.main.upload ADD COLUMN questions VARCHAR;
ALTER TABLE store.main.upload ADD COLUMN answers VARCHAR;
ALTER TABLE store.main.upload ADD COLUMN is_correction BOOLEAN;
ALTER TABLE store.main.upload ADD COLUMN is_nil BOOLEAN;
ALTER TABLE store.main.upload ADD COLUMN reviewed_by VARCHAR;
ALTER TABLE store.main.upload ADD COLUMN reviewed_at TIMESTAMP;
ALTER TABLE store.main.upload ADD COLUMN returned_reason VARCHAR;
ALTER TABLE store.main.upload ADD COLUMN added_count BIGINT;
ALTER TABLE store.main.upload ADD COLUMN changed_count BIGINT;
ALTER TABLE store.main.upload ADD COLUMN vanished_count BIGINT;

CREATE TABLE store.main.answer (
  campaign VARCHAR, unit VARCHAR, key VARCHAR, value VARCHAR, given_by VARCHAR, given_at TIMESTAMP
);

CREATE TABLE store.main.withdrawal (
  upload BIGINT, campaign VARCHAR, ledger VARCHAR, item_key VARCHAR, period DATE, reason VARCHAR,
  given_by VARCHAR, given_at TIMESTAMP, from_at TIMESTAMP, until_at TIMESTAMP, ended_by BIGINT
);

CREATE TABLE store.main.seal (
  campaign VARCHAR, period DATE, quoted_in VARCHAR, sealed_by VARCHAR,
  from_at TIMESTAMP, until_at TIMESTAMP
);

INSERT INTO store.main.setting
SELECT 'last_upload', coalesce(max(upload), 0)::VARCHAR FROM store.main.upload;

UPDATE store.main.setting SET value = '2' WHERE name = 'schema';
