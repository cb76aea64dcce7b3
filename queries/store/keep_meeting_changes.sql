-- Keep what changed between two states (`incoming`).
INSERT INTO memory.main.meeting_change BY NAME FROM incoming
