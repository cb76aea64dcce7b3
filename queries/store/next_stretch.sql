-- The number for the next stretch that is kept.
SELECT coalesce(max(stretch), 0) + 1 AS stretch FROM store.main.item_stretch
