-- Roll what changed between two states (`incoming`) up: what is alike in all that is counted, one row.
INSERT INTO memory.main.meeting_change_tally BY NAME
SELECT * EXCLUDE (place, entry, title, moved_on), count(*) AS alike_count
FROM incoming GROUP BY ALL
