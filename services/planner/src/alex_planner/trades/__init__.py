"""From a target mix to single trades: which holdings and lots, what it costs, and doing nothing beside it."""
