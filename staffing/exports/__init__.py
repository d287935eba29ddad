"""A plan as files people open elsewhere: page, workbook, tables, calendar.

Every function takes the plan's JSON and returns text or bytes; nothing here reads or writes files.
Page, workbook and calendar need the extra ``export`` and are imported where they are used.
"""
