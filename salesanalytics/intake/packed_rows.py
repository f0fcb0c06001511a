"""The rows of a large sheet as the reading child packed them: a tenth of the memory of cells as Python objects, unpacked where they are looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from salesanalytics.intake.read_wire import unpack_column, unpack_rows

if TYPE_CHECKING:
    from salesanalytics.intake.types import Cell

Block = tuple[int, tuple[bytes | None, ...]]
"""how many rows, and their columns as ``pack_columns`` gives them"""
_KEPT_BLOCKS = 16


class PackedRows(Sequence["list[Cell]"]):
    """Rows of equal width, read like a list of lists; what is changed in a row handed out is not kept. Safe to share between threads."""

    def __init__(self, blocks: Sequence[Block], width: int, changed: Mapping[int, list[Cell]] | None = None) -> None:
        self._blocks = tuple(blocks)
        self._width = width
        self._changed = dict(changed or {})
        self._starts = [0]
        for count, _ in self._blocks:
            self._starts.append(self._starts[-1] + count)
        self._unpacked: OrderedDict[int, list[list[Cell]]] = OrderedDict()

    def __reduce__(self) -> tuple[Any, ...]:
        return PackedRows, (self._blocks, self._width, self._changed)

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, index: int) -> list[Cell]: ...

    @overload
    def __getitem__(self, index: slice) -> list[list[Cell]]: ...

    def __getitem__(self, index: int | slice) -> list[Cell] | list[list[Cell]]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        if at in self._changed:
            return self._changed[at]
        block = bisect_right(self._starts, at) - 1
        return self._block(block)[at - self._starts[block]]

    def __iter__(self) -> Iterator[list[Cell]]:
        for place, (count, columns) in enumerate(self._blocks):
            start = self._starts[place]
            for at, row in enumerate(self._wide(count, columns), start=start):
                yield self._changed.get(at, row)

    def column(self, position: int) -> list[Cell]:
        """Return the cells of one column; the others stay packed."""
        cells: list[Cell] = []
        for count, columns in self._blocks:
            packed = columns[position] if position < len(columns) else None
            cells += unpack_column(packed, count)
        for at, row in self._changed.items():
            cells[at] = row[position] if position < len(row) else None
        return cells

    def with_changes(self, changed: Mapping[int, list[Cell]]) -> PackedRows:
        """Return the same rows with some replaced: index → row."""
        return PackedRows(self._blocks, self._width, {**self._changed, **changed})

    def _block(self, place: int) -> list[list[Cell]]:
        try:
            rows = self._unpacked[place]
        except KeyError:
            rows = self._unpacked[place] = self._wide(*self._blocks[place])
            while len(self._unpacked) > _KEPT_BLOCKS:
                try:
                    self._unpacked.popitem(last=False)
                except KeyError:  # another thread was faster
                    break
        return rows

    def _wide(self, count: int, columns: Sequence[bytes | None]) -> list[list[Cell]]:
        return unpack_rows([*columns, *[None] * (self._width - len(columns))], count)
