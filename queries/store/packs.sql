-- What the packs say, held in memory beside the store and filled at every open.

CREATE TABLE memory.main.pack_campaign (
  campaign VARCHAR, name VARCHAR, start_on DATE, end_on DATE,
  minimum_due_items BIGINT, due_soon_days BIGINT, is_reviewed BOOLEAN
);
CREATE TABLE memory.main.pack_phase (
  campaign VARCHAR, phase VARCHAR, start_on DATE, end_on DATE, position BIGINT
);
CREATE TABLE memory.main.pack_unit (
  campaign VARCHAR, unit VARCHAR, league VARCHAR, leader_post VARCHAR, position BIGINT
);
CREATE TABLE memory.main.pack_dimension (
  campaign VARCHAR, dimension VARCHAR, owner VARCHAR, stated_count BIGINT, position BIGINT
);
CREATE TABLE memory.main.pack_community (
  campaign VARCHAR, community VARCHAR, code VARCHAR, street VARCHAR, position BIGINT
);
CREATE TABLE memory.main.pack_ledger (campaign VARCHAR, ledger VARCHAR, submitted_by VARCHAR);

-- By when each month's list is due, for every month of the campaign. Without a day (none is
-- set, or the calendar of working days ends before it) `due_note` says why.
CREATE TABLE memory.main.pack_due (
  campaign VARCHAR, ledger VARCHAR, position BIGINT, submitted_by VARCHAR, period DATE,
  due_on DATE, due_note VARCHAR
);
CREATE TABLE memory.main.pack_indicator (
  campaign VARCHAR, indicator VARCHAR, task VARCHAR, unit_of_measure VARCHAR, target DOUBLE,
  direction VARCHAR, position BIGINT
);
