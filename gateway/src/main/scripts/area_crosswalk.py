#!/usr/bin/env python3
"""Writes the crosswalk of area codes: which code of which scheme means which area when.

Usage: area_crosswalk.py COUNTRY_CODES.csv

COUNTRY_CODES.csv has the columns iso2, iso3, m49, eurostat_geo, unhcr_code (facts of ISO 3166-1, UN M49, Eurostat and UNHCR).
Former codes and the days on which they ended are facts of ISO 3166-3 and UN M49, written down here. The format is described at
the Java class AreaCrosswalk.
"""
import csv
import pathlib
import sys

OUT = pathlib.Path(__file__).resolve().parents[1] / "resources/org/entente/gateway/statistics/codelists/crosswalk.tsv"

# Renamed, territory unchanged: scheme, code, area, last day.
RENAMED = [
    ("ISO2", "BU", "MM", "1989-12-04"), ("ISO3", "BUR", "MM", "1989-12-04"),
    ("ISO2", "ZR", "CD", "1997-07-13"), ("ISO3", "ZAR", "CD", "1997-07-13"),
    ("ISO2", "TP", "TL", "2002-05-19"), ("ISO3", "TMP", "TL", "2002-05-19"),
    ("ISO2", "DY", "BJ", "1977-12-31"), ("ISO3", "DHY", "BJ", "1977-12-31"),
    ("ISO2", "HV", "BF", "1984-12-31"), ("ISO3", "HVO", "BF", "1984-12-31"),
    ("ISO2", "RH", "ZW", "1980-04-17"), ("ISO3", "RHO", "ZW", "1980-04-17"),
    ("ISO3", "ROM", "RO", "2002-01-31"),
]

# The number changed with the territory, the letters did not: scheme, code, area, first day, last day.
DATED = [
    ("M49", "736", "SD", "", "2011-07-08"), ("M49", "729", "SD", "2011-07-09", ""),
    ("M49", "230", "ET", "", "1993-05-23"), ("M49", "231", "ET", "1993-05-24", ""),
    ("M49", "280", "DE", "", "1990-10-02"), ("M49", "276", "DE", "1990-10-03", ""),
    ("M49", "886", "YE", "", "1990-05-21"), ("M49", "887", "YE", "1990-05-22", ""),
]

SOVIET = "AM AZ BY EE GE KG KZ LT LV MD RU TJ TM UA UZ"
YUGOSLAV = "BA HR ME MK RS SI"

# States that are no more: scheme, code, first day, last day, successors. SDMX CL_AREA 2.0 has a code for some of them, and a
# figure of their time has it; for the others no one code is right.
FORMER = [
    ("ISO2", "SU", "", "1991-12-26", SOVIET), ("ISO3", "SUN", "", "1991-12-26", SOVIET),
    ("M49", "810", "", "1991-12-26", SOVIET), ("EUROSTAT", "SU", "", "1991-12-26", SOVIET),
    ("EUROSTAT", "FSU", "", "1991-12-26", SOVIET),
    ("ISO2", "YU", "", "1992-04-26", YUGOSLAV), ("ISO3", "YUG", "", "1992-04-26", YUGOSLAV),
    ("ISO2", "YU", "1992-04-27", "2003-02-03", "ME RS"), ("ISO3", "YUG", "1992-04-27", "2003-02-03", "ME RS"),
    ("M49", "890", "", "1992-04-26", YUGOSLAV), ("M49", "891", "1992-04-27", "2006-06-02", "ME RS"),
    ("EUROSTAT", "YU", "", "1992-04-26", YUGOSLAV), ("EUROSTAT", "YU", "1992-04-27", "2003-02-03", "ME RS"),
    ("EUROSTAT", "FYU", "", "1992-04-26", YUGOSLAV),
    ("ISO2", "CS", "", "1992-12-31", "CZ SK"), ("ISO2", "CS", "2003-02-04", "2006-06-02", "ME RS"),
    ("ISO3", "CSK", "", "1992-12-31", "CZ SK"), ("ISO3", "SCG", "2003-02-04", "2006-06-02", "ME RS"),
    ("M49", "200", "", "1992-12-31", "CZ SK"), ("EUROSTAT", "CS", "", "1992-12-31", "CZ SK"),
    ("EUROSTAT", "CS", "2003-02-04", "2006-06-02", "ME RS"), ("UNHCR", "SCG", "2003-02-04", "2006-06-02", "ME RS"),
    ("ISO2", "AN", "", "2010-10-09", "BQ CW SX"), ("ISO3", "ANT", "", "2010-10-09", "BQ CW SX"),
    ("M49", "530", "", "2010-10-09", "BQ CW SX"), ("EUROSTAT", "AN", "", "2010-10-09", "BQ CW SX"),
    ("ISO2", "DD", "", "1990-10-02", "DE"), ("ISO3", "DDR", "", "1990-10-02", "DE"), ("M49", "278", "", "1990-10-02", "DE"),
    ("ISO2", "YD", "", "1990-05-21", "YE"), ("ISO3", "YMD", "", "1990-05-21", "YE"), ("M49", "720", "", "1990-05-21", "YE"),
]

# Successors -> the code that CL_AREA has for the former state.
KEPT = {SOVIET: "SU", "ME RS": "YU", "CZ SK": "CS", "BQ CW SX": "AN", "DE": "DD"}

SCHEMES = {"ISO2": "iso2", "ISO3": "iso3", "M49": "m49", "EUROSTAT": "eurostat_geo", "UNHCR": "unhcr_code"}


def main(source):
    rows = set()
    dated = {(scheme, code) for scheme, code, *_ in DATED}
    with open(source, encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file):
            for scheme, column in SCHEMES.items():
                code = record[column].strip()
                if code and record["iso2"] and (scheme, code) not in dated:
                    rows.add((scheme, code, "", "", record["iso2"]))
    rows.update((scheme, code, "", last, area) for scheme, code, area, last in RENAMED)
    rows.update((scheme, code, first, last, area) for scheme, code, area, first, last in DATED)
    rows.update(
        (scheme, code, first, last, KEPT.get(successors, successors + " *"))
        for scheme, code, first, last, successors in FORMER
    )
    with OUT.open("w", encoding="utf-8") as file:
        file.write("# Written by src/main/scripts/area_crosswalk.py; change that, not this.\n")
        file.write("# Facts of ISO 3166-1, ISO 3166-3, UN M49, Eurostat and UNHCR, by way of country_codes.csv\n")
        file.write("# (datasets/country-codes, PDDL; UN DESA, CC BY 3.0 IGO; UNHCR).\n")
        file.write("# scheme, code, first day, last day, area; areas with * are successors of a former state that has no code\n")
        for row in sorted(rows):
            file.write("\t".join(row) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
