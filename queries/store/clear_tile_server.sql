-- Draw maps without a tile server.
DELETE FROM store.main.setting WHERE name = 'tile_server'
