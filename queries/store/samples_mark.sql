-- How far the sample campaigns were loaded: loading, loaded, or nothing.
SELECT value FROM store.main.setting WHERE name = 'samples'
