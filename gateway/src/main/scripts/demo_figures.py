#!/usr/bin/env python3
"""Writes the demonstration figures in SDMX-CSV 2.0 under the diaspora structure.

Usage: demo_figures.py FOLDER

FOLDER holds the source tables as tidy CSV: undesa_ims2020_od_sex.csv (destination, origin, year, sex, value),
undesa_ims2020_destination_totals.csv (destination, year, sex, measure, value), undesa_ims2020_source_type.csv
(destination, type_of_data, migrant_concept, refugees_added, imputed), phl_cfo_emigrants_destination.csv (origin,
destination, year, value), phl_cfo_emigrants_profile.csv (origin, dimension, category, year, value) and
country_codes.csv (iso2, iso3). Only the columns of Italy and the United Arab Emirates of the first and the totals, destinations and sexes of the second
source are taken. The README beside the output names publishers and licences.

The script stops if the figures do not add up as the README says.
"""
import collections
import csv
import pathlib
import sys

OUT = pathlib.Path(__file__).resolve().parents[1] / "resources/demo"

DIMENSIONS = ["FREQ", "REF_AREA", "REF_REGION", "COUNTERPART_AREA", "COUNTERPART_REGION", "ORIGIN_BASIS", "SEX", "AGE",
              "EDUCATION_LEV", "OCCUPATION", "DURATION", "REASON", "STAY", "INDICATOR", "UNIT_MEASURE", "TIME_PERIOD"]
ATTRIBUTES = ["UNIT_MULT", "DECIMALS", "COLL_SOURCE", "REF_DATE_TYPE", "RESIDENCE_RULE", "REF_DATE", "SOURCE_ORG",
              "COVERAGE", "OBS_STATUS"]
WHOLE = {d: "_T" for d in ("REF_REGION", "COUNTERPART_REGION", "AGE", "EDUCATION_LEV", "OCCUPATION", "DURATION",
                           "REASON", "STAY")}

# Origins and destinations of the sources that are no country of ISO 3166-1.
SPECIAL = {"XXX": "_O", "CHI": "830"}


def read(folder, name):
    with open(folder / name, newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def areas(folder):
    codes = {row["iso3"]: row["iso2"] for row in read(folder, "country_codes.csv") if row["iso3"]}
    return lambda code: SPECIAL.get(code) or codes[code]


def write(name, constants, cells):
    """cells: {(counterpart, sex, year): value}"""
    with open(OUT / name, "w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out, lineterminator="\r\n")
        rows.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", *ATTRIBUTES])
        for (counterpart, sex, year), value in sorted(cells.items()):
            cell = {**WHOLE, **constants, "COUNTERPART_AREA": counterpart, "SEX": sex, "TIME_PERIOD": year}
            rows.writerow(["dataflow", "ENTENTE:DF_DIASPORA(1.0.0)", "I", *(cell[d] for d in DIMENSIONS), value,
                           *(cell.get(a, "") for a in ATTRIBUTES)])
    print(f"{name}: {len(cells)} observations")


def require(condition, what):
    if not condition:
        sys.exit(f"demo_figures: {what}")


def stock_in(destination, folder, area):
    cells = {}
    for row in read(folder, "undesa_ims2020_od_sex.csv"):
        if row["destination"] == destination:
            cells[area(row["origin"]), row["sex"], row["year"]] = int(row["value"])
    for origin, year in {(o, y) for o, _, y in cells}:
        cells[origin, "T", year] = sum(cells.get((origin, s, year), 0) for s in "MF")
    sums = collections.Counter()
    for (_, sex, year), value in cells.items():
        sums[sex, year] += value
    for row in read(folder, "undesa_ims2020_destination_totals.csv"):
        if row["destination"] == destination and row["measure"] == "MIGRANT_STOCK":
            total = int(row["value"])
            require(sums[row["sex"], row["year"]] == total, f"origins do not add up to the published total {row}")
            cells["_T", row["sex"], row["year"]] = total
    for origin, year in {(o, y) for o, _, y in cells}:
        parts = sum(cells.get((origin, s, year), 0) for s in "MF")
        require(parts == cells[origin, "T", year], f"sexes do not add up for {origin} {year}")
    # In our code list of sexes the total is _T.
    return {(o, "_T" if s == "T" else s, y): v for (o, s, y), v in cells.items()}


def coverage_of(destination, folder):
    row = next(r for r in read(folder, "undesa_ims2020_source_type.csv") if r["destination"] == destination)
    concept = {"BIRTH": "Foreign-born population", "CITIZENSHIP": "Foreign citizens"}[row["migrant_concept"]]
    refugees = "refugees added" if row["refugees_added"] == "Y" else "no refugees added to the source"
    imputed = "imputed" if row["imputed"] == "Y" else "not imputed"
    return f"{concept} (type of data {row['type_of_data']}); {refugees}; {imputed}"


def emigrants_of_the_philippines(folder, area):
    cells = {}
    sums = collections.Counter()
    for row in read(folder, "phl_cfo_emigrants_destination.csv"):
        cells[area(row["destination"]), "_T", row["year"]] = int(row["value"])
        sums[row["year"]] += int(row["value"])
    totals = collections.Counter()
    for row in read(folder, "phl_cfo_emigrants_profile.csv"):
        if row["dimension"] == "SEX":
            cells["_T", row["category"][0], row["year"]] = int(row["value"])
            totals[row["year"]] += int(row["value"])
    for year, total in totals.items():
        cells["_T", "_T", year] = total
        require(0 <= total - sums[year] <= 0.004 * total, f"destinations of {year} are too far from the total")
    return cells


def main():
    folder = pathlib.Path(sys.argv[1])
    OUT.mkdir(parents=True, exist_ok=True)
    area = areas(folder)
    write("ita-undesa-2020.csv", {
        "FREQ": "A5", "REF_AREA": "IT", "ORIGIN_BASIS": "CB", "INDICATOR": "STOCK_IN", "UNIT_MEASURE": "PS",
        "UNIT_MULT": "0", "DECIMALS": "0", "COLL_SOURCE": "MODEL", "REF_DATE_TYPE": "POINT", "REF_DATE": "--07-01",
        "SOURCE_ORG": "UN DESA", "COVERAGE": coverage_of("ITA", folder), "OBS_STATUS": "E",
    }, stock_in("ITA", folder, area))
    write("are-undesa-2020.csv", {
        "FREQ": "A5", "REF_AREA": "AE", "ORIGIN_BASIS": "CT", "INDICATOR": "STOCK_IN", "UNIT_MEASURE": "PS",
        "UNIT_MULT": "0", "DECIMALS": "0", "COLL_SOURCE": "MODEL", "REF_DATE_TYPE": "POINT", "REF_DATE": "--07-01",
        "SOURCE_ORG": "UN DESA", "COVERAGE": coverage_of("ARE", folder), "OBS_STATUS": "E",
    }, stock_in("ARE", folder, area))
    write("phl-cfo-emigrants.csv", {
        "FREQ": "A", "REF_AREA": "PH", "ORIGIN_BASIS": "NR", "INDICATOR": "OUTFLOW", "UNIT_MEASURE": "PS",
        "UNIT_MULT": "0", "DECIMALS": "0", "COLL_SOURCE": "ADMIN", "REF_DATE_TYPE": "PERIOD", "RESIDENCE_RULE": "PERM",
        "SOURCE_ORG": "Commission on Filipinos Overseas", "COVERAGE": "Registered Filipino emigrants",
        "OBS_STATUS": "A",
    }, emigrants_of_the_philippines(folder, area))


if __name__ == "__main__":
    main()
