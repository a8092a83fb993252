#!/usr/bin/env python3
"""Writes the outline of the world's land and one point for each area, for the maps of published profiles.

Usage: world.py WORLD_ATLAS_FOLDER

The folder holds land-110m.json and countries-50m.json of the npm package world-atlas 2.0.2 (ISC licence), which are Natural Earth 4.1.0
(public domain) as TopoJSON. Of the countries only a point each is kept: no border is drawn anywhere. Both files are projected here by
Equal Earth (Savric, Patterson and Jenny 2018), central meridian 11.5 degrees east, so that no land crosses the edge.

The point of an area lies in the middle of its largest piece of land; one that has parts of another state's shape (French Guiana) takes
the piece nearest to a hint; one that the shapes are too coarse for takes the hint itself, its position in whole degrees and minutes.
Antarctica is left out, the land and the code.
"""
import json
import math
import pathlib
import sys

RESOURCES = pathlib.Path(__file__).resolve().parents[1] / "resources/org/entente/gateway"
LISTS = RESOURCES / "statistics/codelists"
WIDTH, MERIDIAN, SOUTH = 1000.0, 11.5, -58.0

# Pieces of another shape, or not the largest of the own one: longitude, latitude near which the piece lies.
PIECES = {"GF": (-53.1, 3.9), "GP": (-61.6, 16.2), "MQ": (-61.0, 14.65), "RE": (55.5, -21.1), "YT": (45.15, -12.8), "SJ": (16.0, 78.6), "MY": (102.2, 4.2)}
# Too small for these shapes, or (Kiribati) so far apart that the largest piece is not where most people live.
HINTS = {
    "BQ": (-68.25, 12.2), "BV": (3.4, -54.4), "CC": (96.83, -12.17), "CX": (105.67, -10.5), "GI": (-5.35, 36.13), "KI": (173.0, 1.4),
    "TK": (-171.85, -9.17), "TV": (179.2, -8.52), "UM": (-160.0, 0.4),
}
# Shapes without a number.
NAMED = {"Kosovo": "XK"}
LEFT_OUT = {"AQ"}


def rings(topology, geometry):
    """Polygons of a geometry as lists of rings of (longitude, latitude)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]

    def arc(number):
        x = y = 0
        points = []
        for dx, dy in topology["arcs"][number if number >= 0 else ~number]:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        return points if number >= 0 else points[::-1]

    def ring(arcs):
        points = []
        for number in arcs:
            points += arc(number)[1 if points else 0:]
        return points

    if geometry["type"] == "GeometryCollection":
        return [polygon for one in geometry["geometries"] for polygon in rings(topology, one)]
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [[ring(one) for one in polygon] for polygon in polygons]


def whole(ring):
    """A ring without a jump from 180 to -180 degrees, shifted as a whole to where the map has it."""
    points = [ring[0]]
    for x, y in ring[1:]:
        points.append((x - 360 * round((x - points[-1][0]) / 360), y))
    turns = round((sum(x for x, _ in points) / len(points) - MERIDIAN) / 360)
    return [(x - 360 * turns, y) for x, y in points]


def middle(ring):
    """Area and centroid of a ring, on a plane that keeps areas at its latitude."""
    ring = whole(ring)
    (x0, y0) = ring[0]
    lat = sum(y for _, y in ring) / len(ring)
    k = math.cos(math.radians(lat))
    area = x = y = 0.0
    moved = [(x1 - x0, y1 - y0) for x1, y1 in ring]
    for (x1, y1), (x2, y2) in zip(moved, moved[1:] + moved[:1]):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (abs(area / 2) * k, x0 + x / (3 * area), y0 + y / (3 * area)) if area else (0.0, x0, y0)


def equal_earth(lon, lat):
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    t2, t6 = t * t, t ** 6
    x = 2 * math.sqrt(3) * math.radians(lon - MERIDIAN) * math.cos(t) / (3 * (9 * a4 * t ** 8 + 7 * a3 * t6 + 3 * a2 * t2 + a1))
    return x, t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))


HALF = equal_earth(MERIDIAN + 179.9999, 0)[0]
NORTH = equal_earth(0, 84)[1]


def place(lon, lat):
    x, y = equal_earth(lon, lat)
    return (x + HALF) / (2 * HALF) * WIDTH, (NORTH - y) / (2 * HALF) * WIDTH


def outline(topology):
    parts = []
    for polygon in rings(topology, topology["objects"]["land"]):
        for ring in polygon:
            if max(y for _, y in ring) < SOUTH:
                continue
            points = []
            for lon, lat in whole(ring):
                if abs(lon - MERIDIAN) > 180:
                    sys.exit(f"land at {lon} {lat} lies beyond the edge of the map")
                x, y = place(lon, lat)
                point = (round(x * 10), round(y * 10))
                if not points or point != points[-1]:
                    points.append(point)
            if len(points) > 2:
                # Whole tenths of a unit, each step relative to the one before.
                text = f"M{points[0][0]} {points[0][1]}l"
                text += " ".join(f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in zip(points, points[1:]))
                parts.append(text.replace(" -", "-") + "z")
    return "\n".join(parts)


def points(topology, codes, numbers):
    pieces = {}
    everything = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        if "arcs" not in geometry:
            continue
        found = [middle(polygon[0]) for polygon in rings(topology, geometry)]
        everything += found
        name = geometry["properties"]["name"]
        area = NAMED.get(name) or numbers.get(geometry.get("id", ""))
        if area:
            pieces.setdefault(area, []).extend(found)
    lines = []
    for area in sorted(codes - LEFT_OUT):
        if area in PIECES:
            lon, lat = PIECES[area]
            size, x, y = min(everything, key=lambda one: math.hypot(one[1] - lon, one[2] - lat))
            if math.hypot(x - lon, y - lat) > 2:
                sys.exit(f"{area}: no piece of land near {lon} {lat}")
        elif area in HINTS:
            x, y = HINTS[area]
        elif area in pieces:
            size, x, y = max(pieces[area])
        else:
            sys.exit(f"{area} has no shape and no hint")
        (x, y), = whole([(x, y)])
        px, py = place(x, y)
        x = (x + 180) % 360 - 180
        lines.append(f"{area}\t{px:.1f}\t{py:.1f}\t{x:.1f}\t{y:.1f}")
    return lines


def main():
    folder = pathlib.Path(sys.argv[1])
    rows = [line.split("\t") for line in (LISTS / "areas.tsv").read_text().splitlines() if not line.startswith("#")]
    codes = {row[1] for row in rows}
    cross = [line.split("\t") for line in (LISTS / "crosswalk.tsv").read_text().splitlines() if not line.startswith("#")]
    numbers = {row[1]: row[4] for row in cross if row[0] == "M49" and not row[3]}
    out = RESOURCES / "region/site/world"
    out.mkdir(exist_ok=True)
    height = place(MERIDIAN, SOUTH)[1]
    head = "# Written by src/main/scripts/world.py; change that, not this.\n"
    (out / "land.svgpath").write_text(
        head + "# Outlines of land, Natural Earth 1:110m (public domain), as in world-atlas 2.0.2 (ISC licence).\n"
        + f"# Equal Earth, central meridian {MERIDIAN:g} east; tenths of a unit, the map is {WIDTH:g} by {height:.1f} units.\n"
        + outline(json.loads((folder / "land-110m.json").read_text())) + "\n")
    (out / "points.tsv").write_text(
        head + "# A point within each area of areas.tsv, from the shapes of Natural Earth 1:50m (public domain), as in world-atlas 2.0.2.\n"
        + "# It says nothing of the area's extent or status. Area, x and y on the map, longitude and latitude in degrees.\n"
        + "\n".join(points(json.loads((folder / "countries-50m.json").read_text()), codes, numbers)) + "\n")


main()
