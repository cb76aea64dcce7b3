-- From schema 7 to 8: whom a meeting left out of its filters; nobody in those frozen before.

ALTER TABLE store.main.meeting ADD COLUMN units_left_out VARCHAR;

ALTER TABLE store.main.meeting ADD COLUMN dimensions_left_out VARCHAR;

UPDATE store.main.setting SET value = '8' WHERE name = 'schema';
