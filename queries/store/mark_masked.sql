-- From now on no row holds personal data as written.
DELETE FROM store.main.setting WHERE name = 'personal'
