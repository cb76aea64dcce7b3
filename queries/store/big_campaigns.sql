-- The campaigns whose lists of items in force hold at least so many rows.
SELECT campaign FROM slice_known(NULL::TIMESTAMP)
WHERE ledger IN ('problems', 'tasks')
GROUP BY campaign HAVING sum(row_count) >= $row_count::BIGINT ORDER BY campaign
