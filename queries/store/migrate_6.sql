-- From schema 5 to 6: boundaries that an administrator uploaded.

-- Boundaries that an administrator uploaded: the newest one not taken back is drawn. Kept are
-- the shapes in WGS-84 with name and code, and nothing else that the file said of them.
CREATE TABLE store.main.boundary (
  boundary BIGINT, campaign VARCHAR, file VARCHAR, sha256 VARCHAR, level VARCHAR, datum VARCHAR,
  approval_number VARCHAR, is_schematic BOOLEAN, note VARCHAR, area_count BIGINT,
  matched_count BIGINT, remarks VARCHAR, geojson VARCHAR, entered_by VARCHAR, from_at TIMESTAMP,
  until_at TIMESTAMP
);

UPDATE store.main.setting SET value = '6' WHERE name = 'schema';
