// Tells the others that somebody writes, at most every three seconds.
const EVERY = 3000

export function tellTyping(field, tell) {
  let said = 0
  field.addEventListener("input", () => {
    if (!field.value || Date.now() - said < EVERY) return
    said = Date.now()
    tell()
  })
}
