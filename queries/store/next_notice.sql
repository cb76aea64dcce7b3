-- The number of the next notice.
SELECT coalesce(max(notice), 0) + 1 FROM store.main.notice
