-- Write down the units of each list of a campaign: its rows are as they were sent, whatever is in force.
INSERT INTO memory.kept.unit_in_list_of_turn BY NAME
SELECT $turn::BIGINT AS turn, told.*
FROM main.unit_in_list() AS told
SEMI JOIN (FROM store.main.slice WHERE campaign = $campaign::VARCHAR) AS slice
  ON slice.upload = told.upload
