-- Count the rows of a campaign's lists by slice, unit and day.
INSERT INTO memory.kept.ledger_row_tally_of_turn BY NAME
SELECT $turn::BIGINT AS turn, told.*
FROM main.ledger_row_tally(NULL::TIMESTAMP) AS told WHERE campaign = $campaign::VARCHAR
