// Where one may write several things, each has a draft of its own, and this browser may keep words of another one than
// stands in the form: they go to where they belong, and never into it.
import { ask } from "../../lib/asking.js"
import { keep, recall } from "../../lib/kept.js"
import { fieldOf, markOf } from "./draft-form.js"
import { fieldsOf, isTick, placeOf } from "./written-form.js"

const PATIENCE = 5000
const BROUGHT = ["beside", "title", "theme", "mention"]  // by an address, to a form that is new
const numberOf = (mark) => Number(mark?.split("-")[0] ?? 0)
const isSeveral = (form) => "several" in (fieldOf(form)?.dataset ?? {})

export const besideOf = (form) => fieldOf(form)?.dataset.beside

export function isOfAnother(copy, form) {
  if (!isSeveral(form)) return false
  if (besideOf(form)) return copy.beside !== besideOf(form)
  const here = numberOf(markOf(form)), its = numberOf(copy.draft)
  const isNamed = new URLSearchParams(location.search).has("draft")
  if (!here && !isNamed) return Boolean(its && copy.isOnServer)
  return Boolean(here && (its || isNamed) && its !== here)
}

// Gives back what has to come into this form after all: on a bad line words are shown rather than lost.
export async function sendHome(copy, form) {
  if (!copy.isOnServer && !await isTaken(copy, form)) return copy
  if (recall(placeOf(form))?.id === copy.id) keep(placeOf(form), null)
  return null
}

async function isTaken(copy, form) {
  const address = new URL(fieldOf(form).dataset.keepUrl, location), headers = { Accept: "application/json" }
  address.searchParams.delete("beside")
  const answer = ask(address, { method: "POST", body: bodyOf(copy, form), headers }, PATIENCE)
  return answer.then(({ ok, status }) => ok || status === 409, () => false)
}

function bodyOf({ id, words, draft }, form) {
  const body = new FormData()
  const isLeft = (name, checked) => !checked && fieldsOf(form).some((one) => one.name === name && isTick(one))
  for (const [name, value, checked] of words) if (!isLeft(name, checked)) body.append(name, value)
  body.set("csrf_token", form.elements.namedItem("csrf_token").value)
  body.set("draft", draft ?? "")
  body.set("typed", id)
  return body
}

// A reload finds what was written here, rather than what the address brought to it.
export function settle(form) {
  const address = new URL(location)
  for (const name of BROUGHT) address.searchParams.delete(name)
  if (isSeveral(form) && address.href !== location.href) history.replaceState(history.state, "", address)
}
