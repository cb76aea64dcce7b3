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
