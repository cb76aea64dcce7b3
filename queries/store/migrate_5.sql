-- From schema 4 to 5: rows that a list of happenings carries of other months add to those.

ALTER TABLE store.main.slice ADD COLUMN is_added BOOLEAN;

UPDATE store.main.setting SET value = '5' WHERE name = 'schema';
