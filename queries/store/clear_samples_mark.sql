-- Forget how far the sample campaigns were loaded.
DELETE FROM store.main.setting WHERE name = 'samples'
