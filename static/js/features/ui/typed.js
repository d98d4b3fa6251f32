// What is typed into a form stays in this browser until the server has taken it, and is given back wherever the form is
// met again: after Back, a reload, a refusal, a new sign-in. Passwords, codes and files are never kept.
import { onChange } from "../../lib/member.js"
import { keep, leftBehind, newId, recall, tidy } from "../../lib/kept.js"
import { keepSoon } from "./draft.js"
import { besideOf, isOfAnother, sendHome } from "./another-draft.js"
import { isOnServer, markOf, standOn } from "./draft-form.js"
import { askForRows, hide } from "./rows.js"
import { fieldsOf, firstText, giveBack, isBegun, isChanged, isWritten, placeOf, wordsOf } from "./written-form.js"

const SIGN = "typed"
// The form to which this page is the answer is what the server made of what was sent; others on it are as on any page.
const isAnswer = (form) => "answer" in document.body.dataset && placeOf(form) === placeOf()

function save(form) {
  const place = placeOf(form), kept = recall(place), before = kept && isOfAnother(kept, form) ? null : kept
  if (!isAnswer(form) && !fieldsOf(form).some(isChanged)) return keep(place, null)
  const words = wordsOf(form)
  const others = before?.words.filter(([name]) => !words.some(([one]) => one === name)) ?? []
  keep(place, { id: before?.id ?? newId(), words: [...words, ...others], draft: markOf(form), beside: besideOf(form) })
}

function typeInto(form) {
  save(form)
  keepSoon(form)
}

async function meet(form) {
  let found = recall(placeOf(form)) ?? (isBegun(form) ? null : (await leftBehind(placeOf(form))).at(-1)?.take())
  if (found && isOfAnother(found, form)) found = await sendHome(found, form)
  if (found && !isAnswer(form)) {
    if (isOnServer(found, form)) found = keep(placeOf(form), null)
    else if (comeAgain(form, found)) return
  }
  if (isBegun(form)) typeInto(form)
  else if (found) save(form)
}

function comeAgain(form, found) {
  giveBack(form, found.words)
  if (fieldsOf(form).some(isChanged)) standOn(form, found)
  tell(form)
  return askForRows(form, found.words)
}

// Where one line is written at a time there is no room to tell, and nothing that could be overlooked.
function tell(form) {
  if ("enterSends" in form.dataset || !fieldsOf(form).some(isChanged)) return
  const notice = document.getElementById("typed-again").content.firstElementChild.cloneNode(true)
  notice.querySelector("button").addEventListener("click", () => discard(form, notice))
  form.prepend(notice)
}

function discard(form, notice) {
  notice.remove()
  form.reset()
  keep(placeOf(form), null)
  keepSoon(form)
  firstText(form).focus()
}

// The server names it when it has taken it: on the next page it is forgotten.
function sign(form) {
  const kept = isWritten(form) && recall(placeOf(form))
  if (kept) hide(form, SIGN, kept.id)
}

// A page that comes back as it was left, from before its words were taken, would send them again: it comes anew.
function comeBack({ persisted }) {
  if (persisted && document.querySelector(`[name=${SIGN}]`)) location.reload()
}

tidy()
document.addEventListener("input", ({ target }) => isWritten(target.form) && typeInto(target.form))
document.addEventListener("submit", (event) => event.defaultPrevented || sign(event.target))
addEventListener("pageshow", comeBack)
const forms = () => [...document.forms].filter(isWritten)
onChange((isIn) => isIn && forms().filter((form) => fieldsOf(form).some(isChanged)).forEach(save))
forms().forEach(meet)
