// What is typed into a form that has a draft goes to the server too, quietly: a while after typing stops, and when the
// page is left; so it is found on any device. What this browser keeps of it says on which version of the draft it
// stands, and whether the server has it all: then the server's counts, which another device may have gone on with.
import { keep, recall } from "../../lib/kept.js"
import { settle } from "./another-draft.js"
import { beginAnew, fieldOf, isTorn, markOf, sendDraft, showBoth, standOn, tellSent, UNHEARD } from "./draft-form.js"
import { forms, letGo, onLastCall, sendLater, sendSoon, stop } from "./unsent.js"
import { placeOf, wordsOf } from "./written-form.js"

const BUSY = 429
const onTheirWay = new Map()

export function keepSoon(form) {
  if (!fieldOf(form) || "isSent" in form.dataset) return
  sendSoon(form, () => keepNow(form))
}

async function keepNow(form) {
  if (onTheirWay.has(form)) return keepSoon(form)
  if (!stop(form)) return
  const words = JSON.stringify(wordsOf(form))
  standOn(form, { draft: markOf(form) || UNHEARD })
  note(form, { draft: markOf(form) })
  const answer = sendDraft(form, recall(placeOf(form)), words.length)
  onTheirWay.set(form, answer.then((heard) => hear(form, heard, words)).catch(() => sendLater(form)))
  await onTheirWay.get(form)
  onTheirWay.delete(form)
  if (!forms().length && !onTheirWay.size) letGo()
}

async function hear(form, answer, words) {
  if (answer.status >= BUSY) return sendLater(form)
  const { draft, html, sent } = await answer.json()
  if (sent) tellSent(form, sent)
  if (html) return isTorn(form) || showBoth(form, html)
  if (sent && !draft) return goOnAnew(form)
  if (!answer.ok) return
  standOn(form, { draft })
  note(form, { draft, isOnServer: JSON.stringify(wordsOf(form)) === words })
  settle(form)
}

function goOnAnew(form) {
  beginAnew(form)
  keepSoon(form)
}

function note(form, said) {
  const copy = recall(placeOf(form))
  if (copy) keep(placeOf(form), { ...copy, ...said })
}

// What is sent is no draft, whatever scripts fill in after it, until somebody types there again: one that is on its way
// comes before it, and ends with it.
function sendAfter(event) {
  const { target: form, submitter } = event
  stop(form)
  if (!onTheirWay.has(form)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  onTheirWay.get(form).then(() => form.requestSubmit(submitter))
}

const keepAll = () => forms().forEach(keepNow)
document.addEventListener("submit", sendAfter, { capture: true })
document.addEventListener("beforeinput", ({ target }) => delete target.form?.dataset.isSent)
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keepAll())
addEventListener("pagehide", keepAll)
onLastCall(() => Promise.all(onTheirWay.values()).then(keepAll))
