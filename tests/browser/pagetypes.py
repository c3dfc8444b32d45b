"""One address of every kind of page."""

from __future__ import annotations

PAGES = {
    "home": "/",
    "list": "/search?q=drones&outcome=ncnd&outcome=disclosed",
    "everything": "/search",
    "table": "/search?q=drones&view=table",
    "empty": "/search?q=zeppelin",
    "error": "/search?q=(taser+OR",
    "missing": "/record/nix",
    "record": "/record/drones-a1?q=drones+kestrel",
    "enclosed": "/record/enclosed-1?q=parrot",
    "review": "/record/review-a1",
    "hostile": "/record/hostile-1?q=drones",
    "force": "/force/ambershire",
    "forces": "/forces",
    "provision": "/provision/FOIA/31",
    "help": "/help",
    "about": "/about",
    "withdrawn": "/withdrawn",
    "operator": "/operator",
}
