// One message from data and the page's template. The HTML is the server's, cleaned when it was written.
import { address, offerToAsk } from "./acts.js"
import { cityOf, nameCities } from "./origin.js"

export function part(item, name) {
  return item.querySelector(`[data-part="${name}"]`)
}

// `before`: the item that stood here, for what a change does not tell again (who said it, and when).
export function render(template, message, me, before = null) {
  const item = before?.cloneNode(true) ?? template.content.firstElementChild.cloneNode(true)
  if (!before) begin(item, message, me, template)
  item.classList.toggle("message--removed", Boolean(message.removed_at))
  if (message.removed_at) empty(item, template)
  else fill(item, message, template)
  return item
}

function begin(item, message, me, template) {
  item.id = `message-${message.id}`
  item.dataset.number = message.number
  address(item, message.id)
  introduce(item, message.author, message.sign)
  const isOwn = message.isMine || message.author.id === me  // where names are hidden, only the page that sent it knows
  if (isOwn) item.classList.add("message--own")
  for (const own of item.querySelectorAll("[data-own]")) own.hidden = !isOwn && !("facilitates" in own.dataset)
  const time = part(item, "time")
  time.dateTime = message.posted_at
  time.textContent = inWords(message.posted_at, template.closest("[data-timezone]").dataset.timezone)
}

// Who has no name here has the template's avatar.
function introduce(item, author, letters) {
  if (!author.name) return
  part(item, "name").textContent = author.name
  part(item, "city").textContent = cityOf(author)
  const look = letters.motif === undefined ? "avatar--" + letters.colour : `paving g${letters.colour} m${letters.motif}`
  Object.assign(item.querySelector(".avatar"), { textContent: letters.initials, className: `avatar ${look}` })
}

function fill(item, { id, html, language, edited_at, reactions }, template) {
  const text = part(item, "text"), edited = part(item, "edited")
  if ((edited_at ?? "") !== edited.dataset.at) forgetTranslation(item)
  edited.dataset.at = edited_at ?? ""
  text.lang = language
  text.innerHTML = html
  nameCities(text)
  edited.hidden = !edited_at
  offerToAsk(item, template, { id, language })
  for (const button of item.querySelectorAll("[name=emoji]")) count(button, reactions?.[button.value] ?? 0)
}

function count(button, number) {
  button.querySelector("b").textContent = number || ""
  button.toggleAttribute("data-given", number > 0)
}

// A translation of other words than these: the original takes its place.
function forgetTranslation(item) {
  part(item, "translation")?.replaceWith(part(item, "text"))
  part(item, "original")?.remove()
}

function empty(item, template) {
  forgetTranslation(item)
  part(item, "text").replaceChildren(part(template.content, "removed").content.cloneNode(true))
  part(item, "foot")?.remove()
  item.querySelector("details")?.remove()
}

function inWords(moment, timeZone) {
  const style = { dateStyle: "medium", timeStyle: "short", hourCycle: "h23", numberingSystem: "latn", timeZone }
  return new Intl.DateTimeFormat(document.documentElement.lang.replace(/^en$/, "en-GB"), style).format(new Date(moment))
}
