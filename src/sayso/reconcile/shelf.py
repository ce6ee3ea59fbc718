"""A list that keeps what was not looked at lately packed, in a fraction of the memory.

Of a year's coverage the last weeks are compared again and again; all else must be there, and need
not be at hand.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")

OPEN = 2000
"""Items at hand; the others are packed."""


class Shelf(Generic[T]):
    """Items by number, from nought on; they are to be pickled by the standard library.

    An item is not to be changed, since a packed one would not know of it: put another in its place.
    """

    def __init__(self) -> None:
        self._packed: list[bytes] = []  # nothing for those that are only at hand
        self._open: OrderedDict[int, T] = OrderedDict()  # what was looked at last is at the end

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, number: int) -> T:
        if number in self._open:
            self._open.move_to_end(number)
            return self._open[number]
        item: T = pickle.loads(self._packed[number])
        self._lay(number, item)
        return item

    def __setitem__(self, number: int, item: T) -> None:
        self._packed[number] = b""
        self._open.pop(number, None)
        self._lay(number, item)

    def append(self, item: T) -> None:
        """Put an item at the end."""
        self._packed.append(b"")
        self._lay(len(self._packed) - 1, item)

    def pop(self) -> T:
        """Take the item at the end away."""
        item = self[len(self._packed) - 1]
        self._packed.pop()
        del self._open[len(self._packed)]
        return item

    def _lay(self, number: int, item: T) -> None:
        """Put an item at hand, and pack the one that was not looked at for longest."""
        self._open[number] = item
        if len(self._open) > OPEN:
            oldest, other = self._open.popitem(last=False)
            if not self._packed[oldest]:
                self._packed[oldest] = pickle.dumps(other, pickle.HIGHEST_PROTOCOL)
