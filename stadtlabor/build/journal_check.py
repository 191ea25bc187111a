"""What a town should hear of its lab journal after a build: links and labs that lead nowhere."""

from pathlib import Path

from stadtlabor.base.databases import attached


def dangling_references(warehouse_file: Path, release: Path) -> list[str]:
    """A sentence per kind of dangling reference: lessons that name no such indicator, entries that name no such lab."""
    with attached(warehouse=warehouse_file, release=release) as connection:
        links = connection.execute(
            "select distinct learning_id || ' → ' || indicator_id from warehouse.core.core__learning_indicators "
            "where indicator_id not in (select indicator_id from release.indicator_catalogue) order by 1"
        ).fetchall()
        labs = connection.execute(
            "select distinct lab_id from (select lab_id from release.lab_activities union all select lab_id from "
            "release.learnings union all select lab_id from release.lab_phases) "
            "where lab_id not in (select lab_id from release.labs) order by 1"
        ).fetchall()
    sentences = []
    if links:
        sentences.append(f"lessons name indicators that do not exist: {', '.join(name for (name,) in links)}")
    if labs:
        sentences.append(
            f"entries of the journal name labs that no delivery describes: {', '.join(name for (name,) in labs)}"
        )
    return sentences
