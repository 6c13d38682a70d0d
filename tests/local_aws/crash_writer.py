"""A program that writes to an index until it is killed, and prints a line for every write that was acknowledged.

    python crash_writer.py FILE SEED

The writes follow from the seed, so whoever counts the lines knows what must be in the index.
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from alex_local_aws.engine.distances import Metric
from alex_local_aws.engine.vector_index import Entry, VectorIndex

Write = dict[str, int | None]
"""Numbers to put by key, or nothing for keys to delete."""


def writes(seed: int) -> Iterator[Write]:
    """Yield writes without end: mostly puts of up to 60 of 200 keys, sometimes deletions."""
    chance = random.Random(seed)
    while True:
        keys = chance.sample([f"key{number}" for number in range(200)], chance.randint(1, 60))
        delete = chance.random() < 0.2
        yield {key: None if delete else chance.randint(0, 1 << 20) for key in keys}


def apply(index: VectorIndex, write: Write) -> None:
    """Do one write; durable on return."""
    numbers = {key: number for key, number in write.items() if number is not None}
    if numbers:
        entries = [Entry(key, json.dumps({"n": number}).encode()) for key, number in numbers.items()]
        index.put(entries, np.array([[number, 1] for number in numbers.values()], np.float32))
    else:
        index.delete(list(write))


def main(path: Path, seed: int) -> None:
    index = VectorIndex(path, dimension=2, metric=Metric.EUCLIDEAN, non_filterable=())
    sys.stdout.write("open\n")
    sys.stdout.flush()
    for write in writes(seed):
        apply(index, write)
        sys.stdout.write("acknowledged\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
