"""Two ids that turn out to be one disclosure become one: the older stays, the younger becomes another name of it."""

from __future__ import annotations

from indexer.archive.catalogue import Catalogue


def merge(catalogue: Catalogue, younger: str, older: str, *, moved: bool = False) -> None:
    """Make ``younger`` another name of ``older``, with its addresses. Inside a transaction.

    ``moved`` takes over what the younger one's page says and links to, since the older one's page is there no more.
    """
    if moved:
        catalogue.run(
            "UPDATE disclosures SET (part, title, published_on, reference, reference_key, content_key, missing, "
            "filed_as) = "
            "(SELECT part, title, published_on, reference, reference_key, content_key, missing, filed_as "
            "FROM disclosures WHERE id = ?1), gone_since = NULL WHERE id = ?2",
            younger,
            older,
        )
        catalogue.run("DELETE FROM attachments WHERE disclosure = ?", older)
        catalogue.run("UPDATE attachments SET disclosure = ? WHERE disclosure = ?", older, younger)
    else:
        catalogue.run("DELETE FROM attachments WHERE disclosure = ?", younger)
    catalogue.run(
        "INSERT INTO places SELECT ?2, address, ?3, position + (SELECT count(*) FROM places WHERE disclosure = ?2) "
        "FROM places WHERE disclosure = ?1 ON CONFLICT (disclosure, address) DO NOTHING",
        younger,
        older,
        0 if moved else 1,
    )
    catalogue.run("DELETE FROM places WHERE disclosure = ?", younger)
    catalogue.run("DELETE FROM findings WHERE disclosure = ?", younger)
    catalogue.run("UPDATE disclosures SET merged_into = ? WHERE id = ? OR merged_into = ?", older, younger, younger)
    catalogue.touch([younger, older])
