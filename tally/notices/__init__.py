"""Rows in, an office file out."""
