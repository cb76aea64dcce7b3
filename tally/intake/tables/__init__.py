"""A workbook in, the ledgers in it out: where they stand, which they are, whose and of when."""
