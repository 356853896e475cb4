"""What recorded runs show: predicates over traces, bounds on how often they hold, the store."""
