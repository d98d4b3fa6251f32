// Puts words into the field as if they were typed: what counts, grows or keeps them hears of it.
export function write(field, words) {
  field.value = words
  field.dispatchEvent(new Event("input", { bubbles: true }))
}
