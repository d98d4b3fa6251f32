// The name that is begun where one writes: "@cl" of "谢谢@cl". What may stand before is the server's rule
// (core/text/bare_links.py), as are wide signs: 谢谢＠al begins a name, josé@al does not.
const BEGUN = /[@#＠＃﹫﹟][\p{L}\p{M}\p{N}\u200c-\u200f'’ʼ._-]{1,40}$/u
const ONE_WORD = /[A-Za-z0-9\u00c0-\u052f\u1e00-\u1fff_/@#＠＃﹫﹟&.+-]/

export function begunAt(area) {
  const written = area.value.slice(0, area.selectionStart)
  const begun = written.match(BEGUN)
  return begun && !ONE_WORD.test(written.charAt(begun.index - 1)) ? begun[0] : undefined
}
