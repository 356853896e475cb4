"""Raise an exception whose causes go in circles, with groups in groups and endless notes."""

first, second = ValueError("first"), ValueError("second")
first.__cause__, second.__cause__ = second, first
group = first
for number in range(300):
    group = ExceptionGroup(str(number), [group, second])
chain = group
for number in range(3000):
    new = KeyError(number)
    new.__context__ = chain
    chain = new
chain.add_note("x" * 1_000_000)
raise chain
