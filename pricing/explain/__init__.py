"""Any number of a quote unfolds into its formula, its inputs and its rounding step.

`unfold.explain` is the use case. Fields are registered by pattern in `fields/` and collected in
`catalogue`; `formula` evaluates the very text that is shown. ``docs/explain.md`` says how a new
field of a quote gets its explanation.
"""
