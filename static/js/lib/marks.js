// Marks of Markdown put into a text as if they were typed: what was there can be brought back by "undo".

// From one place to another stands `words` instead; `chosen` of them, from and to, are selected then.
export function put(area, from, to, words, chosen = [words.length, words.length]) {
  area.focus()
  area.setSelectionRange(from, to)
  // Without this, undo would know nothing of it. What takes no command takes the words, and is told of them.
  const done = document.execCommand(words ? "insertText" : "delete", false, words)
  if (!done) {
    area.setRangeText(words, from, to, "end")
    area.dispatchEvent(new Event("input", { bubbles: true }))
  }
  area.setSelectionRange(from + chosen[0], from + chosen[1])
}

// What is selected, without the blanks around it: a mark beside a blank marks nothing.
function selected({ value, selectionStart, selectionEnd }) {
  const words = value.slice(selectionStart, selectionEnd)
  const from = selectionStart + words.length - words.trimStart().length
  return words.trim() ? [from, from + words.trim().length] : [selectionStart, selectionStart]
}

// Once more takes it away.
export function wrap(area, mark) {
  const [from, to] = selected(area), { value } = area, size = mark.length
  const words = value.slice(from, to), is = (text, at) => text.slice(at, at + size) === mark
  const longer = value.charAt(from - size - 1) === mark[0] && size === 1 && value.charAt(from - size - 2) !== mark[0]
  if (is(value, from - size) && is(value, to) && from >= size && !longer) {
    return put(area, from - size, to + size, words, [0, words.length])
  }
  put(area, from, to, `${mark}${words}${mark}`, [size, size + words.length])
}

// Of an address the words are still to be said, of words the address.
export function link(area) {
  const [from, to] = selected(area), words = area.value.slice(from, to), blank = "https://"
  const isAddress = /^https?:\/\/\S+$/.test(words)
  if (isAddress) return put(area, from, to, `[](${words})`, [1, 1])
  const at = words.length + 3
  put(area, from, to, `[${words}](${blank})`, words ? [at, at + blank.length] : [1, 1])
}

// Each line that is touched begins with it; where all do so already, none does.
export function prefix(area, sign) {
  const { value, selectionStart, selectionEnd } = area
  const from = selectionStart && value.lastIndexOf("\n", selectionStart - 1) + 1
  const end = value.indexOf("\n", Math.max(from, selectionEnd - (selectionEnd > selectionStart ? 1 : 0)))
  const to = end < 0 ? value.length : end
  const lines = value.slice(from, to).split("\n"), isAll = lines.every((line) => line.startsWith(sign))
  const words = lines.map((line) => isAll ? line.slice(sign.length) : sign + line).join("\n")
  const at = lines.length > 1 ? [0, words.length] : [words.length, words.length]
  put(area, from, to, words, at)
}
