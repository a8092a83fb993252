#!/usr/bin/env python3
"""Writes the code list files of the diaspora structure.

Usage: codelists.py SDMX_CODELISTS COUNTRY_CODES.csv

SDMX_CODELISTS is a folder with the SDMX cross-domain code lists as CSV (columns id, name), COUNTRY_CODES.csv a table
with the columns iso2 and iso3. Extracts of the SDMX lists (CC0) keep their agency, id and version; our own lists are
written down here. The format is described at the Java class CodelistFile.
"""
import csv
import pathlib
import sys

OUT = pathlib.Path(__file__).resolve().parents[1] / "resources/org/entente/gateway/statistics/codelists"

# SDMX lists shipped whole: id -> (version, name). CL_OCCUPATION's codes are those of ISCO-08.
SDMX = {
    "CL_FREQ": ("2.1", "Frequency"),
    "CL_SEX": ("2.1", "Sex"),
    "CL_OBS_STATUS": ("2.2", "Observation status"),
    "CL_CONF_STATUS": ("1.2", "Confidentiality status"),
    "CL_UNIT_MULT": ("1.1", "Unit multiplier"),
    "CL_DECIMALS": ("1.0", "Decimals"),
}

TOTALS = [("_T", "Total"), ("_U", "Unknown")]

ORIGIN_BASIS = [
    ("CB", "Country of birth"),
    ("CT", "Country of citizenship"),
    ("CTB", "Country of citizenship at birth"),
    ("CTF", "Country of former citizenship"),
    ("PR", "Country of previous residence"),
    ("NR", "Country of next residence"),
    ("PB", "Country of birth of the parents"),
    ("AN", "Declared ancestry"),
    ("_Z", "Not applicable"),
]

INDICATOR = [
    ("STOCK_IN", "Migrants from the counterpart who live in the reporting area"),
    ("STOCK_ABROAD", "Persons of the reporting area who live in the counterpart"),
    ("INFLOW", "Arrivals in the reporting area from the counterpart"),
    ("OUTFLOW", "Departures from the reporting area to the counterpart"),
    ("RETURN", "Returns to the reporting area from the counterpart"),
    ("DEPLOY", "Workers deployed from the reporting area to the counterpart"),
    ("INTERNAL", "Moves between regions of the reporting area"),
    ("ACQ", "Acquisitions of the citizenship of the reporting area"),
    ("LOSS", "Losses of the citizenship of the reporting area"),
    ("PERMITS_VALID", "Residence permits valid at the reference date"),
    ("PERMITS_FIRST", "Residence permits issued for the first time"),
]

UNIT = [("PS", "Persons"), ("PERMITS", "Permits"), ("PT", "Per cent")]

REASON = [
    ("_T", "Total", ""),
    ("EMP", "Work", ""),
    ("EMP_SEAS", "Seasonal work", "EMP"),
    ("EMP_HSW", "Highly skilled work and research", "EMP"),
    ("FAM", "Family", ""),
    ("EDUC", "Education", ""),
    ("PROT", "International protection", ""),
    ("PROT_REF", "Refugee status", "PROT"),
    ("PROT_SUB", "Subsidiary protection", "PROT"),
    ("PROT_TMP", "Temporary protection", "PROT"),
    ("PROT_ASY", "Asylum procedure", "PROT"),
    ("HUM", "Humanitarian reasons outside international protection", ""),
    ("_O", "Other", ""),
    ("_U", "Unknown", ""),
    ("_Z", "Not applicable", ""),
]

STAY = [
    ("_T", "Total"),
    ("ST", "Short: 3 to less than 12 months"),
    ("LT", "Long: 12 months and more"),
    ("_U", "Unknown"),
]

DURATION = [
    ("_T", "Total"), ("Y_LT1", "Less than 1 year"), ("Y1T4", "1 to 4 years"), ("Y5T9", "5 to 9 years"),
    ("Y_GE5", "5 years and more"), ("Y_GE10", "10 years and more"), ("Y10T14", "10 to 14 years"),
    ("Y15T19", "15 to 19 years"), ("Y_GE15", "15 years and more"), ("Y_GE20", "20 years and more"), ("_U", "Unknown"),
]

EDUCATION = [
    ("_T", "All levels"),
    ("ISCED11_0", "Early childhood education"),
    ("ISCED11_1", "Primary education"),
    ("ISCED11_2", "Lower secondary education"),
    ("ISCED11_3", "Upper secondary education"),
    ("ISCED11_4", "Post-secondary non-tertiary education"),
    ("ISCED11_5", "Short-cycle tertiary education"),
    ("ISCED11_6", "Bachelor's or equivalent level"),
    ("ISCED11_7", "Master's or equivalent level"),
    ("ISCED11_8", "Doctoral or equivalent level"),
    ("ISCED11_0_1", "Primary education or less"),
    ("ISCED11_0T2", "Lower secondary education or less"),
    ("ISCED11_2_3", "Secondary education"),
    ("ISCED11_3_4", "Upper secondary and post-secondary non-tertiary education"),
    ("ISCED11_5T8", "Tertiary education"),
    ("ISCED11_7_8", "Master's, doctoral or equivalent level"),
    ("_U", "Unknown"),
    ("_Z", "Not applicable"),
]

COLL_SOURCE = [
    ("REGISTER", "Population register"),
    ("CENSUS", "Census"),
    ("SURVEY", "Sample survey"),
    ("PERMIT", "Residence permits"),
    ("BORDER", "Border records"),
    ("ADMIN", "Other administrative records"),
    ("MODEL", "Estimated by a model from several sources"),
    ("MIXED", "Several sources"),
]

REF_DATE_TYPE = [
    ("POINT", "At the reference day of the year"),
    ("END", "At the end of the period"),
    ("PERIOD", "During the period"),
    ("AVERAGE", "Average of the period"),
]

RESIDENCE_RULE = [
    ("M12", "Usual residence of 12 months and more"),
    ("M6", "Usual residence of 6 months and more"),
    ("M3", "Usual residence of 3 months and more"),
    ("M1", "Usual residence of 1 month and more"),
    ("REG", "As registered, without a rule on duration"),
    ("PERM", "Permanent settlement intended"),
    ("MIX", "Several rules"),
    ("_U", "Unknown"),
]

RELEASE_STATUS = [("P", "Provisional"), ("F", "Final")]

# Codes that CL_AREA of SDMX does not have and figures on migrants need.
EXTRA_AREAS = [
    ("XK", "Kosovo (under UNSCR 1244/99)"),
    ("STLS", "Stateless"),
    ("_T", "Total of all areas"),
    ("_O", "Other areas"),
    ("_U", "Unknown area"),
]


def ages():
    codes = [("_T", "All ages")]
    codes += [(f"Y{y}", f"{y} year" if y == 1 else f"{y} years") for y in range(100)]
    codes += [(f"Y{a}T{a + 4}", f"{a} to {a + 4} years") for a in range(0, 100, 5)]
    codes += [(f"Y{a}T{a + 9}", f"{a} to {a + 9} years") for a in range(5, 95, 10)]
    wide = ["0T14", "0T17", "0T19", "1T4", "10T19", "15T24", "15T29", "15T64", "15T74", "18T24", "18T64", "20T39",
            "20T64", "25T44", "25T54", "25T64", "30T44", "40T59", "40T64", "45T64", "50T64", "65T74", "65T84"]
    known = {code for code, _ in codes}
    codes += [("Y" + w, w.replace("T", " to ") + " years") for w in wide if "Y" + w not in known]
    codes += [(f"Y_LT{y}", f"Less than {y} year" + ("" if y == 1 else "s")) for y in (1, 5, 14, 15, 16, 18, 20, 25)]
    codes += [(f"Y_GE{y}", f"{y} years and more") for y in (14, 15, 16, 18, 20, 25, 60, 65, 70, 75, 80, 85, 90, 95, 100)]
    return codes + [("_U", "Unknown")]


def read(path):
    with open(path, newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def write(agency, list_id, version, name, codes, *notes):
    rows = [c if len(c) == 3 else (c[0], c[1], "") for c in codes]
    with open(OUT / f"{list_id}.tsv", "w", encoding="utf-8", newline="\n") as out:
        out.write("# Written by src/main/scripts/codelists.py; change that, not this.\n")
        for note in notes:
            out.write(f"# {note}\n")
        out.write(f"codelist\t{agency}:{list_id}({version})\nname\ten\t{name}\nid\tparent\ten\n")
        for code, text, parent in rows:
            out.write(f"{code}\t{parent}\t{' '.join(text.split())}\n")
    print(f"{list_id}: {len(rows)} codes")


def areas(sdmx):
    """Countries by alpha-2, groups by M49, without headings, retired groups and countries' numeric doubles."""
    rows = read(sdmx / "CL_AREA.csv")
    groups = [(r["id"], r["name"]) for r in rows
              if r["id"].isdigit() and (r["description"].endswith("(M49)") or r["id"] in ("001", "830"))
              and "not elsewhere specified" not in r["name"]]
    countries = sorted((r["id"], r["name"]) for r in rows if len(r["id"]) == 2 and r["id"].isalpha())
    return countries + EXTRA_AREAS[:1] + groups + EXTRA_AREAS[1:]


def main():
    sdmx, countries = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    OUT.mkdir(parents=True, exist_ok=True)
    cc0 = "Extract (ids and names) of the SDMX cross-domain code list, CC0, SDMX statistical working group."
    for list_id, (version, name) in SDMX.items():
        write("SDMX", list_id, version, name, [(r["id"], r["name"]) for r in read(sdmx / f"{list_id}.csv")], cc0)
    write("ENTENTE", "CL_AREA", "1.0.0", "Area", areas(sdmx),
          "Countries (ISO 3166-1 alpha-2) and M49 groups from SDMX:CL_AREA(2.0), CC0; XK, STLS, _T, _O, _U are added.")
    write("ENTENTE", "CL_OCCUPATION", "1.0.0", "Occupation",
          [("_T", "All occupations")]
          + [(r["id"], r["name"]) for r in read(sdmx / "CL_OCCUPATION.csv") if not r["id"].startswith("_")]
          + [("_O", "Other"), ("_U", "Unknown"), ("_Z", "Not applicable")],
          "Codes of SDMX:CL_OCCUPATION (ISCO-08), CC0; totals are added.")
    own = {
        "CL_ORIGIN_BASIS": ("Basis of the counterpart", ORIGIN_BASIS),
        "CL_INDICATOR": ("Indicator with its direction", INDICATOR),
        "CL_UNIT_MEASURE": ("Unit of measure", UNIT),
        "CL_AGE": ("Age", ages()),
        "CL_EDUCATION_LEV": ("Education level, ISCED 2011", EDUCATION),
        "CL_DURATION": ("Duration of stay so far", DURATION),
        "CL_REASON": ("Reason for migration", [(c, n, p) for c, n, p in REASON]),
        "CL_STAY": ("Length of stay", STAY),
        "CL_COLL_SOURCE": ("Kind of source", COLL_SOURCE),
        "CL_REF_DATE_TYPE": ("Kind of reference date", REF_DATE_TYPE),
        "CL_RESIDENCE_RULE": ("Residence rule", RESIDENCE_RULE),
        "CL_RELEASE_STATUS": ("Release status", RELEASE_STATUS),
    }
    for list_id, (name, codes) in own.items():
        write("ENTENTE", list_id, "1.0.0", name, codes)
    with open(OUT / "areas.tsv", "w", encoding="utf-8", newline="\n") as out:
        out.write("# Written by src/main/scripts/codelists.py; change that, not this.\n")
        out.write("# Party (ISO 3166-1 alpha-3) and area (alpha-2). Facts of ISO 3166-1; XKX as the EU uses it.\n")
        rows = {r["iso3"]: r["iso2"] for r in read(countries) if r["iso2"] and r["iso3"]}
        rows.setdefault("XKX", "XK")
        for iso3, iso2 in sorted(rows.items()):
            out.write(f"{iso3}\t{iso2}\n")


if __name__ == "__main__":
    main()
