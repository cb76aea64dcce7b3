-- The tables of what is kept beside the ledgers, anew: they hold nothing that cannot be made again.
CREATE OR REPLACE TABLE store.main.item_stretch (
  stretch BIGINT, campaign VARCHAR, asked_on DATE, from_on DATE, until_on DATE, stands_on VARCHAR
);
CREATE OR REPLACE TABLE store.main.item_kept AS
SELECT 0::BIGINT AS stretch, * EXCLUDE (gone),
  gone.said_on AS gone_on, gone.upload AS gone_upload, gone.row AS gone_row
FROM item_stated([]::DATE[], NULL::TIMESTAMP) LIMIT 0;
CREATE OR REPLACE TABLE store.main.tally_kept AS
SELECT stretch, campaign, ledger, unit, dimension, community, due_on, is_closed,
  closed_at_on <= due_on AS is_in_time, is_reported_closed, is_reopened, is_verified, is_vanished,
  0::BIGINT AS alike_count
FROM store.main.item_kept LIMIT 0;
