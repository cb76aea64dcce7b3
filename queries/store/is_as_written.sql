-- Whether rows of an earlier version may still hold personal data as written.
SELECT value FROM store.main.setting WHERE name = 'personal'
