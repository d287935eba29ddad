"""Tables as people keep them: CSV files and sheets of workbooks, read row by row."""
