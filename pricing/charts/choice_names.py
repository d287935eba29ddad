"""What parts of a premium, levers and clauses are called where they are read."""

POINTS = {
    "equal_premium": "the same premium on both stand-alone prices",
    "preferred_offer": "the smallest premium on the offer that most clients take",
    "expected_profit": "the highest expected profit against a rival",
}
PARTS = {
    "futures_beyond_the_plan": "futures beyond the plan",
    "terms_of_the_contract": "terms of the contract",
    "bad_futures": "bad futures",
    "knowledge_of_volume": "the client's knowledge of volume",
    "knowledge_of_complexity": "the client's knowledge of complexity",
    "pair_quoted": "the pair that is quoted",
}
LEVERS = {
    "pilot": "Pilot",
    "classes": "Classes",
    "cap_and_collar": "Cap and collar",
    "commitment": "Commitment",
}
CLAUSES = {
    "collar": "Collar",
    "minimum": "Minimum",
    "notice": "Notice",
    "cola": "COLA",
    "dso": "Payment",
    "fte_minimum": "FTE minimum",
    "schedule": "Price schedule",
    "band": "Band",
    "hybrid": "Base and units",
    "forecast_lock": "Forecast lock",
    "glide_path": "Glide path",
    "conversion": "Conversion",
    "fx": "Exchange rate",
    "standby": "Standby",
    "rebates": "Rebates",
}
