-- Write down what a campaign's lists say of items beyond their progress.
INSERT INTO memory.kept.report_marked_of_turn BY NAME
SELECT $turn::BIGINT AS turn, told.*
FROM main.report_marked(NULL::TIMESTAMP) AS told WHERE campaign = $campaign::VARCHAR
