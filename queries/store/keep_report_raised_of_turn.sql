-- Write down a campaign's reports of items that were escalated or left open in good faith.
INSERT INTO memory.kept.report_raised_of_turn BY NAME
SELECT $turn::BIGINT AS turn, told.*
FROM main.report_raised(NULL::TIMESTAMP) AS told WHERE campaign = $campaign::VARCHAR
