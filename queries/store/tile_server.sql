-- The address of the intranet's tile server, if one is set.
SELECT value FROM store.main.setting WHERE name = 'tile_server'
