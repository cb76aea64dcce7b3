"""Pages as one writes them without a database, timed beside ours on the same rows."""
