-- The number of the next draw.
SELECT coalesce(max(draw), 0) + 1 FROM store.main.draw
