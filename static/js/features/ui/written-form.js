// A form in which somebody writes: what of it may be kept, under which name, and what differs from how it came.
const NEVER = ["password", "file", "submit", "button", "reset", "image", "hidden"]
const WRITTEN = ["textarea", "text", "url", "search", "tel"]
const TRAVELS = ["nonce", "version"]  // sent a second time, words stay what they were and stand on what they stood on

export const isTick = ({ type }) => type === "checkbox" || type === "radio"
const isText = ({ type }) => WRITTEN.includes(type)
const isCode = ({ name, autocomplete }) => autocomplete === "one-time-code" || name === "code"
const isKept = (field) => field.name && !NEVER.includes(field.type) && !isCode(field)

export const fieldsOf = (form) => [...form.elements].filter((one) => TRAVELS.includes(one.name) || isKept(one))

export const firstText = (form) => fieldsOf(form).find(isText)
export const isWritten = (form) => form?.method === "post" && Boolean(firstText(form))

// The form's address, or the page's; in which language it is read, where one goes afterwards, and which draft it
// stands beside, makes it no other.
export function placeOf(form) {
  const { pathname, searchParams } = new URL(form?.getAttribute("action") ?? "", location)
  for (const name of ["lang", "next", "beside", "draft"]) searchParams.delete(name)
  return `${pathname}?${searchParams}`
}

export function isChanged(field) {
  if (isTick(field)) return field.checked !== field.defaultChecked
  if (!field.options) return field.value !== field.defaultValue
  return field.value !== ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value
}

// Somebody has typed there, maybe before any script came (begun.js).
export const isBegun = (form) => "isBegun" in form.dataset && fieldsOf(form).some(isChanged)

// Asked for anew: whatever differs in it from what the server sent was typed.
export const isFresh = () => performance.getEntriesByType("navigation")[0]?.type === "navigate"

// [name, value, is it ticked] of each field.
export const wordsOf = (form) => fieldsOf(form).map(({ name, value, checked }) => [name, value, checked])

export function giveBack(form, words) {
  const waiting = [...words]
  for (const field of fieldsOf(form)) {
    const isOf = ([name, value]) => name === field.name && (!isTick(field) || value === field.value)
    const number = waiting.findIndex(isOf)
    if (number >= 0) fill(field, waiting.splice(number, 1)[0])
  }
}

// What the page adds to a text (a quote) stands after what was kept, with what was typed under it meanwhile.
function withAdded({ value, dataset }, kept) {
  const added = dataset.adds?.trim()
  if (!added || kept.includes(added)) return kept
  return `${kept.trimEnd()}\n\n${value.slice(Math.max(0, value.indexOf(added)))}`.trimStart()
}

// What was typed into a longer text under what came with the page, before what was kept is given back: nothing of both
// is lost, and nothing stands there twice.
function typedUnder({ value, defaultValue, type, form, dataset }, kept) {
  const isApart = type === "textarea" && !dataset.adds && isBegun(form) && isFresh() && value.startsWith(defaultValue)
  const own = isApart ? value.slice(defaultValue.length).trim() : ""
  return own.includes(kept.trim()) ? "" : own
}

// Who has typed here already while the words were on their way goes on with that.
function fill(field, [, kept, checked]) {
  const own = typedUnder(field, kept), isNew = own && !kept.includes(own)
  const value = isNew ? `${kept.trimEnd()}\n\n${own}` : withAdded(field, kept)
  if (isChanged(field) && value === kept && !own) return
  if (isTick(field)) field.checked = checked
  else if (!field.options || [...field.options].some((one) => one.value === value)) field.value = value
  if (!isChanged(field)) return
  field.closest("details")?.setAttribute("open", "")
  field.dispatchEvent(new Event("input", { bubbles: true }))
}
