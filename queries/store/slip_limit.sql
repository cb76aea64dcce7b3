-- The last working day of a slip that goes out on $day: so many working days after it. NULL where
-- the calendar of working days ends before.
SELECT min(later.day)
FROM memory.main.workday AS issued
JOIN memory.main.workday AS later
  ON later.workday_number = issued.workday_number + $working_days::BIGINT AND later.is_workday
WHERE issued.day = $day::DATE
