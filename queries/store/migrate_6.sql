-- From schema 5 to 6: whether a notice says what is done to persons. Those issued before said it.

ALTER TABLE store.main.notice ADD COLUMN has_personal_measures BOOLEAN;

UPDATE store.main.notice SET has_personal_measures = true;

UPDATE store.main.setting SET value = '6' WHERE name = 'schema';
