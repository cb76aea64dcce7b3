"""The clerk's own workbook back, its bad cells coloured, a note in each and a list in front."""
