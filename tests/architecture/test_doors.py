"""Other apps enter an app through its actions, queries, rules, models or permissions, nothing else."""

import grimp
import pytest

DOORS = {"actions", "queries", "rules", "models", "permissions"}
# The worker and management commands are assembly: config finds jobs by name, not by import.


def app_and_module(name: str) -> tuple[str, str]:
    """`mingcha.domain.plans.actions.x` → (`plans`, `actions`)."""
    _, _, app, module, *_ = [*name.split("."), "", "", ""]
    return app, module


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("mingcha")


def test_apps_enter_each_other_through_the_doors(graph):
    intruders = [
        f"{importer} imports {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if imported.startswith("mingcha.domain.")
        and app_and_module(imported)[0] != app_and_module(importer)[0]
        and app_and_module(imported)[1] not in DOORS
    ]
    assert intruders == []


def test_no_app_grows_a_drawer_for_odds_and_ends(graph):
    drawers = {"utils", "helpers", "common", "misc", "base", "manager", "managers", "service", "services", "handlers"}
    found = [name for name in graph.modules if drawers & set(name.split("."))]
    assert found == []
