import subprocess

import pytest

from cityexchange.core import scripts

pytestmark = pytest.mark.no_app
LINE = "export const line = (globalThis.lines = (globalThis.lines ?? 0) + 1)\nexport const end = 'end'\n"
MODULES = {
    "js/chat/room.js": 'import List from "./list.js"\nimport { part as piece } from "./part.js"\n'
    'import { end, line } from "../lib/line.js"\nexport default class Room { get all() { return [new List().said, piece(), line, end] } }\n',
    "js/chat/list.js": 'import { part } from "./part.js"\nimport { line } from "../lib/line.js"\nconst own = 1\n'
    "export default class List { get said() { return `${part()} ${own} ${line}` } }\n",
    "js/chat/part.js": 'const own = "part"\nexport function part() { return own }\n',
    "js/lib/line.js": LINE,
    "js/chat/circle.js": 'import { a } from "./arc.js"\n',
    "js/chat/arc.js": 'import { a } from "./circle.js"\n',
}


def joined(name):
    return scripts.join(name, MODULES.__getitem__)


def test_a_script_comes_with_its_neighbours_and_works_as_before(tmp_path):
    for name, text in MODULES.items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "js/chat/joined.js").write_text(joined("js/chat/room.js"))
    ask = "const [name] = process.argv.slice(1); import(name).then((m) => console.log(JSON.stringify(new m.default().all)))"

    def answer(name):
        return subprocess.check_output(["node", "-e", ask, f"{tmp_path}/js/chat/{name}"], text=True)

    assert answer("joined.js") == answer("room.js") == '["part 1 1","part",1,"end"]\n'


def test_each_neighbour_is_in_it_once_and_what_is_shared_is_not():
    text = joined("js/chat/room.js")
    assert text.count("function part()") == 1
    assert text.count('import { line } from "../lib/line.js"') == 1 and "globalThis" not in text
    assert "./" not in text.replace("../", "")


def test_modules_in_a_circle_are_told_apart_from_those_that_work():
    with pytest.raises(RecursionError):
        joined("js/chat/circle.js")
