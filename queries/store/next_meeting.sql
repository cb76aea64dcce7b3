-- The number of the next meeting.
SELECT coalesce(max(meeting), 0) + 1 FROM store.main.meeting
