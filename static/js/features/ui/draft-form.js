// A form that has a draft on the server (cityexchange/drafts): on which version its words stand, what of it is sent
// there, and both versions, where another device has written meanwhile.
import { ask } from "../../lib/asking.js"
import { keep, newId, recall } from "../../lib/kept.js"
import { placeOf } from "./written-form.js"

const PATIENCE = 5000, A_MINUTE = 60_000
export const UNHEARD = "0-0"  // the server may have words of this form, and its answer has not come
const FEW = 20_000  // signs that are sent although the page is left; of more no browser would, and has its own copy

export const fieldOf = (form) => form.querySelector("[name=draft][data-keep-url]")
export const markOf = (form) => fieldOf(form)?.value
export const isTorn = (form) => Boolean(form.querySelector("[name=there]"))

export function standOn(form, { draft }) {
  if (fieldOf(form) && draft !== undefined) fieldOf(form).value = draft
}

// Whether the page comes from after what this browser keeps: one that was asked for while its words were on their way,
// or that one went back to, is older. Where there is no draft any more, it was sent or thrown away elsewhere.
export function isOnServer(copy, form) {
  const [{ type } = {}] = performance.getEntriesByType("navigation")
  if (!copy.isOnServer || type === "back_forward") return false
  const parts = (mark) => mark.split("-").map(Number)
  const [id, version] = parts(copy.draft), [idHere, versionHere] = parts(markOf(form) ?? "")
  return id === idHere ? versionHere >= version : Boolean(idHere) || Date.now() - copy.at > A_MINUTE
}

// Files stay behind. `copy` is what this browser keeps: its own words are no other device's.
export function sendDraft(form, copy, size) {
  const body = new FormData(form)
  for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name)
  if (copy) body.set("typed", copy.id)
  const headers = { Accept: "application/json" }
  return ask(fieldOf(form).dataset.keepUrl, { method: "POST", body, headers, keepalive: size < FEW }, PATIENCE)
}

// Whether another device has sent what the form began with: a part of the page that says so, or nothing.
export async function askSent(form) {
  const answer = await ask(`${fieldOf(form).dataset.sentUrl}&draft=${markOf(form)}`, {}, PATIENCE)
  return answer.status === 200 && !answer.redirected ? answer.text() : ""
}

export function tellSent(form, html) {
  form.querySelector(".draft-sent")?.remove()
  show(form, html)
}

// Where this very form was sent already, what is written on goes under other names.
export function beginAnew(form) {
  const place = placeOf(form), copy = recall(place), nonce = form.elements.namedItem("nonce")
  standOn(form, { draft: "" })
  if (nonce) nonce.value = newId()
  if (copy) keep(place, { ...copy, id: newId(), draft: "" })
}

// Where somebody writes it is seen.
function show(form, html) {
  const part = document.createElement("template")
  part.innerHTML = html
  const here = form.contains(document.activeElement) && document.activeElement.closest(".field")
  if (here) here.after(part.content.firstElementChild)
  else form.prepend(part.content.firstElementChild)
}

// Enter goes on to press what it pressed: the first button of the form.
export function showBoth(form, html) {
  const first = form.querySelector("[type=submit]").cloneNode(true)
  first.className = "visually-hidden"
  first.tabIndex = -1
  first.ariaHidden = "true"
  show(form, html)
  form.prepend(first)
}
