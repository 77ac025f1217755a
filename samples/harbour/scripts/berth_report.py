"""Prints the berths that are free tonight."""

import csv
import sys


def free_berths(rows, hour):
    return [row["berth"] for row in rows if not row["vessel"] or int(row["leaves"]) <= hour]


if __name__ == "__main__":
    with open(sys.argv[1], newline="") as table:
        for berth in free_berths(csv.DictReader(table), 22):
            print(berth)
