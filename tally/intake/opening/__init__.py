"""Bytes in, a workbook of columns out: every form, in a process of its own, within limits."""
