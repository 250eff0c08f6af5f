"""Reads a FHIR R4 Bundle from standard input with the fhir.resources package, and prints what is wrong with it, a line each.

Exit status 77: the package is not installed.
"""

import json
import sys

try:
    from fhir.resources.R4B import get_fhir_model_class
except ImportError:
    sys.exit(77)

bundle = json.load(sys.stdin)
get_fhir_model_class("Bundle").model_validate({key: value for key, value in bundle.items() if key != "entry"})
resources = [entry["resource"] for entry in bundle.get("entry", [])]
for resource in resources:
    name = f"{resource['resourceType']}/{resource.get('id')}"
    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    except Exception as error:  # The package raises errors of many kinds.
        print(name, str(error).replace("\n", " "))
print(len(resources), "resources", file=sys.stderr)
