// One message from data and the page's template. The HTML is the server's, cleaned when it was written.
const colours = 8

export function part(item, name) {
  return item.querySelector(`[data-part="${name}"]`)
}

// `before`: the item that stood here, for what a change does not tell again (who said it, and when).
export function draw(template, message, me, before = null) {
  const item = before?.cloneNode(true) ?? template.content.firstElementChild.cloneNode(true)
  if (!before) begin(item, message, me)
  item.classList.toggle("message--removed", Boolean(message.removed_at))
  if (message.removed_at) empty(item, template)
  else fill(item, message)
  return item
}

function begin(item, message, me) {
  item.id = `message-${message.id}`
  item.dataset.number = message.number
  address(item, message.id)
  sign(item, message.author)
  if (message.author.id && message.author.id === me) item.classList.add("message--own")
  for (const own of item.querySelectorAll("[data-own]")) own.hidden = message.author.id !== me && !("facilitates" in own.dataset)
  const time = part(item, "time")
  time.dateTime = message.posted_at
  time.textContent = inWords(message.posted_at)
}

// The template's links speak of message 0.
function address(item, id) {
  for (const link of item.querySelectorAll("[href]")) link.href = link.getAttribute("href").replace(/\b0\b/, id)
  for (const button of item.querySelectorAll("[formaction]")) {
    button.dataset.message = id
    button.setAttribute("formaction", button.getAttribute("formaction").replace("/0/", `/${id}/`))
  }
}

function sign(item, { id, name, city }) {
  if (name) part(item, "name").textContent = name
  part(item, "city").textContent = city ?? ""
  const avatar = item.querySelector(".avatar")
  avatar.textContent = (name ?? "?").split(/\s+/).map((word) => word[0]).filter((_, i, all) => i === 0 || i === all.length - 1).join("").toUpperCase()
  avatar.className = `avatar avatar--${id % colours}`
}

function fill(item, { html, language, edited_at, reactions }) {
  const text = part(item, "text")
  text.lang = language
  text.innerHTML = html
  part(item, "edited").hidden = !edited_at
  for (const button of item.querySelectorAll("[name=emoji]")) count(button, reactions?.[button.value] ?? 0)
}

function count(button, number) {
  button.querySelector("b").textContent = number || ""
  button.toggleAttribute("data-given", number > 0)
}

function empty(item, template) {
  part(item, "text").replaceChildren(part(template.content, "removed").content.cloneNode(true))
  part(item, "foot")?.remove()
}

export function inWords(moment) {
  const { lang, dataset } = document.documentElement
  const style = { dateStyle: "short", timeStyle: "short", timeZone: dataset.timezone || undefined }
  return new Intl.DateTimeFormat(lang, style).format(new Date(moment))
}
