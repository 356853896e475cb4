"""Map a function over a pool of processes."""

import multiprocessing


def square(number):
    return number * number


if __name__ in ("__main__", "submission"):
    with multiprocessing.Pool(2) as pool:
        result = pool.map(square, range(5))
