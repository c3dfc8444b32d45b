"""A process that writes to an index until it is killed: ``builder.py rebuild|update ADDRESS``.

Each round prints the number of records that the index holds from then on, once it does.
"""

import sys
from collections.abc import Iterator
from itertools import count

from maker import record

from indexer.disclosure import Disclosure
from indexer.engines import open_engine


def letters(number: int, size: int) -> Iterator[Disclosure]:
    """Records whose words say which round wrote them."""
    for n in range(size):
        yield record(f"letter-{n:05}", answer=f"round{number} " + "some words of a letter " * 40)


def main() -> None:
    """Rebuild, or update every record, round after round."""
    action, address = sys.argv[1:]
    engine = open_engine(address)
    for number in count(1):
        size = 200 + number
        if action == "rebuild":
            engine.rebuild(letters(number, size))
        else:
            engine.update(letters(number, size))
        print(number, size, flush=True)


if __name__ == "__main__":
    main()
