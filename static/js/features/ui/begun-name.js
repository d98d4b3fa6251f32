// The name that is begun where one writes: "@cl" of "谢谢@cl".
// What may stand before is the server's rule (core/text/bare_links.py), as are wide signs: 谢谢＠al begins a name,
// josé@al does not.
const SIGNS = "@#＠＃﹫﹟"
const BEFORE = `A-Za-z0-9\\u00c0-\\u052f\\u1e00-\\u1fff_/&.+${SIGNS}-`
const NAME = "\\p{L}\\p{M}\\p{N}\\u200c-\\u200f'’ʼ._-"
const BEGUN = new RegExp(`(?:^|[^${BEFORE}])([${SIGNS}][${NAME}]{1,40})$`, "u")

export function begunAt(area) {
  return area.value.slice(0, area.selectionStart).match(BEGUN)?.[1]
}
