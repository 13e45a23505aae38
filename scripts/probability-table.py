"""Writes test/fixtures/probability.json: binomial and Poisson probabilities to 25 digits.

    python3 scripts/probability-table.py > test/fixtures/probability.json

It needs nothing but Python's standard library. Terms are products of exact fractions where the numbers are small, and
Stirling's series in 110 digits where they are not; tails are sums of terms until those no longer count.
"""

import json
from decimal import Decimal, getcontext
from fractions import Fraction
from math import comb, factorial

getcontext().prec = 110
getcontext().Emin = -(10**15)
getcontext().Emax = 10**15
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798214808651")


def bernoulli(count):
    numbers = []
    for m in range(count):
        numbers.append(Fraction(1 if m == 0 else 0) - sum(comb(m, k) * numbers[k] / (m - k + 1) for k in range(m)))
    return numbers


SERIES = [
    Decimal(b.numerator) / Decimal(b.denominator) / (m * (m - 1))
    for m, b in enumerate(bernoulli(80))
    if m >= 2 and m % 2 == 0
]


def log_factorial(n):
    if n < 1000:
        return Decimal(factorial(n)).ln()
    n = Decimal(n)
    power, total = n, (n + Decimal("0.5")) * n.ln() - n + (2 * PI).ln() / 2
    for coefficient in SERIES:
        total += coefficient / power
        power *= n * n
    return total


def decimal(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def binomial_log_pmf(n, p, k):
    ways = log_factorial(n) - log_factorial(k) - log_factorial(n - k)
    return ways + k * decimal(p).ln() + (n - k) * decimal(1 - p).ln()


def tail(pmf, k, step, ratio, last):
    """pmf(k) and the terms after it, down to 1e-60 of the sum."""
    term = total = pmf
    while k != last:
        term *= ratio(k)
        k += step
        total += term
        if term < total * Decimal("1e-60") and ratio(k) < 1:
            break
    return total


def row(log_pmf, lower, upper):
    short = lambda value: f"{value:.25e}"
    return {
        "logPmf": short(log_pmf),
        "logCdf": short(lower.ln()),
        "logUpper": short(upper.ln()),
    }


def binomial_row(n, p, k):
    log_pmf = binomial_log_pmf(n, p, k)
    odds = decimal(p / (1 - p))
    lower = tail(log_pmf.exp(), k, -1, lambda j: Decimal(j) / (n - j + 1) / odds if j else Decimal(0), 0)
    upper = tail(log_pmf.exp(), k, 1, lambda j: Decimal(n - j) / (j + 1) * odds, n)
    return {"n": str(n), "p": f"{p.numerator}/{p.denominator}", "k": str(k), **row(log_pmf, lower, upper)}


def poisson_row(mean, k):
    average = decimal(mean)
    log_pmf = k * average.ln() - average - log_factorial(k)
    lower = tail(log_pmf.exp(), k, -1, lambda j: Decimal(j) / average, 0)
    upper = tail(log_pmf.exp(), k, 1, lambda j: average / (j + 1), None)
    return {"mean": f"{mean.numerator}/{mean.denominator}", "k": str(k), **row(log_pmf, lower, upper)}


BINOMIAL = [
    (1, "1/3", [0, 1]),
    (2, "999999999999/1000000000000", [0, 1, 2]),
    (20, "3/10", [0, 1, 5, 6, 7, 15, 19, 20]),
    (600, "1/600", [0, 1, 2, 10, 60, 599]),
    (1000, "3/10", [1, 100, 200, 299, 300, 301, 400, 700, 999]),
    (1000, "7/10", [1, 100, 600, 700, 701, 850, 1000]),
    (10**5, "1/2", [40000, 49000, 49999, 50000, 50001, 51000, 60000]),
    (35838720, "1/150000", [100, 150, 200, 238, 239, 240, 300, 400, 800]),
    (10**9, "1/1000000000000", [0, 1, 2, 3, 10, 50]),
    (10**12, "1/45000000", [20000, 21000, 22222, 22223, 23000, 25000]),
    (10**18, "1/1000000000000", [965000, 990000, 999999, 1000000, 1000001, 1010000, 1037000]),
    (10**7, "1/3", [3310000, 3333333, 3333334, 3370000]),
]
POISSON = [
    ("1/1000000", [0, 1, 2, 20]),
    ("1/1", [0, 1, 2, 3, 4, 20, 100]),
    ("5/1", [0, 1, 4, 5, 6, 9, 11, 40, 150]),
    ("50/1", [0, 10, 49, 50, 51, 62, 67, 120, 300]),
    ("2389/10", [50, 150, 238, 239, 300, 800]),
    ("1000000/1", [965000, 999999, 1000000, 1000001, 1037000]),
]

if __name__ == "__main__":
    table = {
        "binomial": [binomial_row(n, Fraction(p), k) for n, p, counts in BINOMIAL for k in counts],
        "poisson": [poisson_row(Fraction(mean), k) for mean, counts in POISSON for k in counts],
    }
    print(json.dumps(table, indent=2))
