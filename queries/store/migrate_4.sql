-- From schema 3 to 4: figures of any place, measure and frequency, beside the month's list.

ALTER TABLE store.main.indicators ADD COLUMN place VARCHAR;
ALTER TABLE store.main.indicators ADD COLUMN frequency VARCHAR;
ALTER TABLE store.main.indicators ADD COLUMN measure VARCHAR;
ALTER TABLE store.main.indicators ADD COLUMN period_end_on DATE;
ALTER TABLE store.main.indicators ADD COLUMN is_provisional BOOLEAN;
ALTER TABLE store.main.indicators ADD COLUMN publisher VARCHAR;
ALTER TABLE store.main.indicators ADD COLUMN value_column VARCHAR;
UPDATE store.main.indicators
SET frequency = '月', period_end_on = last_day(period);

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

UPDATE store.main.setting SET value = '4' WHERE name = 'schema';
