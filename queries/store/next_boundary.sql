-- The number of the next boundary.
SELECT coalesce(max(boundary), 0) + 1 FROM store.main.boundary
