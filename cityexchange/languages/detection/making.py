"""Makes the file that `model.py` reads from the model of py3langid. A program of its own: python making.py en fr ar > file

The library steps through a table of 256 followers for each of 100,000 states: 39 MB. But its automaton is that of
Aho and Corasick, so a tree of byte sequences says the same: where a sequence does not go on, look from its longest
proper ending that is in the tree. The tree is kept as a double array (Aoe): the followers of a node that stands
at `base` lie in the slots `base + byte`, and `owner` of a slot says whether it is this node's.

The probabilities are multiples of 1/512, so their distance from the language's least one is a small whole number.
"""

import json
import sys
from itertools import pairwise

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

STEP = 512
"""Parts of one in which the library's half floats between -15 and -3 are whole numbers."""
NOBODY = 2**32 - 1


class Tree:
    """Nodes by number, 0 is the root. `ending`: the longest proper ending of a node's bytes that is a node."""

    def __init__(self, identifier):
        self.table = np.frombuffer(identifier.tk_nextmove, np.dtype(identifier.tk_nextmove.typecode))
        self.table = self.table.reshape(-1, 256)
        self.row = np.asarray(identifier.tk_row, np.int64)
        self.parent, self.letter, self.ending = (np.zeros(len(self.row), np.int64) for _ in range(3))
        self.is_found = np.zeros(len(self.row), bool)
        self.is_found[0] = True
        level = np.array([0])
        while len(level):
            level = self._below(level)

    def _below(self, level):
        """A state first met after n bytes is the node of these n bytes."""
        follower = self.table[self.row[level]]
        place, letter = np.nonzero(~self.is_found[follower])
        nodes, first = np.unique(follower[place, letter], return_index=True)
        self.is_found[nodes] = True
        self.parent[nodes], self.letter[nodes] = level[place[first]], letter[first]
        if level[0]:
            self.ending[nodes] = self.table[self.row[self.ending[self.parent[nodes]]], self.letter[nodes]]
        return nodes

    def families(self):
        """(parent, children) for each node that has any, the largest families first."""
        order = 1 + np.lexsort((self.letter[1:], self.parent[1:]))
        bounds = [0, *(1 + np.flatnonzero(np.diff(self.parent[order]))).tolist(), len(order)]
        families = [order[start:end].tolist() for start, end in pairwise(bounds)]
        return [(int(self.parent[one[0]]), one) for one in sorted(families, key=len, reverse=True)]


class Slots:
    """Where each node stands. The root's followers have the first 256 slots, all of them: its search always ends."""

    def __init__(self, tree):
        letters = tree.letter.tolist()
        families = tree.families()
        self.free = bytearray(256) + b"\1" * (2 * len(letters) + 512)
        self.slot, self.base, self.taken, start = [0] * len(letters), {}, set(), 256
        for index, (parent, children) in enumerate(families):
            if len(children) == 1 < len(families[index - 1][1]):
                start = 256  # single children fill what the others left
            start = self._place(parent, children, [letters[child] for child in children], start)

    def _place(self, parent, children, letters, start):
        base, start = (0, start) if parent == 0 else self._room(letters, start)
        self.base[parent] = base
        self.taken.add(base)
        for child, letter in zip(children, letters, strict=True):
            self.slot[child] = base + letter
            self.free[base + letter] = 0
        return start

    def _room(self, letters, start):
        slot = self.free.find(1, start)
        while (base := slot - letters[0]) in self.taken or not all(self.free[base + one] for one in letters):
            slot = self.free.find(1, slot + 1)
        return base, slot if len(letters) > 1 else self.free.find(1, start)


def automaton(tree, outputs):
    """The four arrays: owner, base and feature (-1: none) of a slot; and for a base that of the node's ending."""
    slots = Slots(tree)
    size = max(slots.slot) + 257
    owner, base, ending = (np.full(size, value, np.uint32) for value in (NOBODY, 0, 0))
    feature = np.full(size, -1, np.int32)
    owner[:256] = 0
    # A leaf has no followers: from it the search goes on where it does from its ending.
    inner = [tree_base(slots.base, node, tree.ending) for node in range(len(tree.row))]
    place = np.asarray(slots.slot)[1:]
    owner[place] = np.asarray(inner)[tree.parent[1:]]
    base[place], feature[place] = inner[1:], outputs[1:]
    for node, where in slots.base.items():
        ending[where] = inner[tree.ending[node]]
    return [owner, base, ending, feature]


def tree_base(bases, node, ending):
    while node not in bases:
        node = int(ending[node])
    return bases[node]


def probabilities(identifier):
    """(the least of each language, rows of distances from it, the features' new numbers).

    Common features come first, so that few pages of the file are ever read; rows of nothing but zeros come last
    and are left out.
    """
    table = identifier.nb_ptc.astype(np.float64)
    least = table.min(axis=0)
    rows = (table - least) * STEP
    order = np.lexsort((-table.max(axis=1), ~rows.any(axis=1)))
    number = np.empty(len(order), np.int32)
    number[order] = np.arange(len(order))
    kept = rows[order[: int(rows.any(axis=1).sum())]]
    if (kept != kept.astype(np.uint16)).any():
        raise SystemExit("The probabilities of this version of py3langid are no multiples of 1/512.")
    return least, kept.astype("<u2"), number


def contents(languages):
    """The file's parts: a line of JSON, the four arrays, the rows."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([code for code in languages if code in identifier.labels])
    least, rows, number = probabilities(identifier)
    outputs = np.asarray(identifier.tk_output)
    arrays = automaton(Tree(identifier), np.where(outputs < 0, -1, number[outputs]))
    head = {
        "languages": identifier.nb_classes,
        "priors": identifier.nb_pc.tolist(),
        "least": least.tolist(),
        "step": STEP,
        "slots": len(arrays[0]),
        "fitting": 0xFFFF // int(rows.max()),
    }
    return [
        json.dumps(head).encode() + b"\n",
        *(array.astype(array.dtype.newbyteorder("<")) for array in arrays),
        rows,
    ]


if __name__ == "__main__":
    for part in contents(sys.argv[1:]):
        sys.stdout.buffer.write(part)
