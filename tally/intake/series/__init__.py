"""Tables of figures as statistics offices and data services lay them out: one row, many values.

Places, periods, indicators and measures may stand in columns, in rows, or in the title above.
"""
