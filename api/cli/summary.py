def print_summary(q):
    print(
        q.offers.input_based.prices,
        q.offers.output_based.prices,
        q.offers.input_based.term,
        q.offers.output_based.term,
        q.cost.lines,
        q.comparison.break_even[-5:],
        q.comparison.break_even_productivity,
        q.risk.spreads,
        q.warnings,
        q.cost.reconciliation,
        sep="\n",
    )
