"""Checks a directory that caredesk wrote, with frictionless and, where the specification is given, with its own files."""

import json
import pathlib
import sys

try:
    import frictionless
    import jsonschema
    import referencing
except ImportError:
    sys.exit(77)

FOLDER = pathlib.Path(sys.argv[1])
SPEC = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None

# Documents besides that of the organizations, and what they list.
OTHERS = {"taxonomies.json": "taxonomy", "taxonomy_terms.json": "taxonomy_term", "attributes.json": "attribute"}


def tables(description):
    """What frictionless finds wrong in the tables by a description of them."""
    package = frictionless.Package.from_descriptor(description, basepath=str(FOLDER))
    report = package.validate()
    return [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors]


def of_the_specification():
    """The description of the specification, with the tables that are there."""
    package = json.loads((SPEC / "datapackage.json").read_text())
    package.pop("license", None)
    here = [one for one in package["resources"] if (FOLDER / one["path"]).exists()]
    for one in here:
        for field in one["schema"]["fields"]:
            # A table says that a program is the only one of its organization, which its text does not.
            if (one["name"], field["name"]) == ("program", "organization_id"):
                field["constraints"]["unique"] = False
    return {**package, "resources": here}


def document():
    """What the schemas of the specification find wrong in the document."""
    def load(uri):
        return referencing.Resource.from_contents(
            json.loads((SPEC / "schema" / pathlib.Path(uri).name).read_text()),
            default_specification=referencing.jsonschema.DRAFT202012,
        )

    registry = referencing.Registry(retrieve=load)
    forms = jsonschema.Draft202012Validator.FORMAT_CHECKER
    checks = {
        name: jsonschema.Draft202012Validator({"$ref": f"{name}.json"}, registry=registry, format_checker=forms)
        for name in ("organization", "service", *OTHERS.values())
    }
    organizations = json.loads((FOLDER / "organizations.json").read_text())
    found = []
    for organization in organizations:
        found += checks["organization"].iter_errors(organization)
        for service in organization.get("services", []):
            found += checks["service"].iter_errors(service)
    for document, name in OTHERS.items():
        for one in json.loads((FOLDER / document).read_text()):
            found += checks[name].iter_errors(one)
    return [f"{error.json_path}: {error.message}" for error in found], len(organizations)


wrong = tables(json.loads((FOLDER / "datapackage.json").read_text()))
organizations = None
if SPEC:
    wrong += [f"by the specification: {one}" for one in tables(of_the_specification())]
    more, organizations = document()
    wrong += more
print(json.dumps({"wrong": wrong[:20], "count": len(wrong), "organizations": organizations}))
