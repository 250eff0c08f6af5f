"""Reads an iCalendar file from standard input with the icalendar package and prints what it understood as JSON; of files that
are named, a list.

Exit status 77: the package is not installed. Any other failure: the file could not be read strictly.
"""

import json
import re
import sys

try:
    import icalendar
except ImportError:
    sys.exit(77)


def read(data):
    calendar = icalendar.Calendar.from_ical(data)
    events = []
    for component in calendar.walk():
        if component.errors:
            sys.exit(f"{component.name}: {component.errors}")
    for event in calendar.walk("VEVENT"):
        end = event.get("DTEND")
        events.append({
            "uid": str(event["UID"]),
            "start": event["DTSTART"].dt.isoformat(),
            "end": end and end.dt.isoformat(),
            "stamp": event["DTSTAMP"].dt.isoformat(),
            "status": str(event["STATUS"]),
            "sequence": int(event["SEQUENCE"]),
            "summary": str(event["SUMMARY"]),
            "description": event.get("DESCRIPTION") and str(event["DESCRIPTION"]),
            "location": event.get("LOCATION") and str(event["LOCATION"]),
            "parts": [part.name for part in event.subcomponents],
        })
    # Properties outside the RFC are TEXT (3.8.8.2), which the package leaves to its caller to unescape.
    name = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], str(calendar["X-WR-CALNAME"]))
    return {"name": name, "product": str(calendar["PRODID"]), "events": events}


if len(sys.argv) > 1:
    found = [read(open(path, "rb").read()) for path in sys.argv[1:]]
else:
    found = read(sys.stdin.buffer.read())
print(json.dumps(found))
