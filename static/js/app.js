// Gives life to the elements that ask for it: <form data-behaviour="confirm autosize">. A page loads only the modules
// it names. JavaScript holds no words: text comes with the page. Elements that arrive later (htmx, live posts) are met
// when they arrive.
import { beginEverywhere } from "./everywhere.js"
import { hold } from "./held.js"

const frame = (part) => import("./features/ui/frame.js").then((parts) => ({ default: parts[part] }))

const behaviours = {
  "ask": () => import("./features/forums/ask.js"),
  "autosize": () => import("./features/ui/autosize.js"),
  "bell": () => frame("Bell"),
  "character-count": () => import("./features/ui/character-count.js"),
  "city-map": () => import("./features/cities/map.js"),
  "confirm": () => import("./features/ui/confirm.js"),
  "focus": () => import("./features/ui/focus.js"),
  "host-zone": () => import("./features/workshops/host-zone.js"),
  "mention": () => import("./features/ui/mention.js"),
  "menu-close": () => frame("MenuClose"),
  "passkey": () => import("./features/members/passkey.js"),
  "press": () => import("./features/ui/press.js"),
  "quoting": () => import("./features/forums/quoting.js"),
  "room": () => import("./features/chat/room.js"),
  "theme": () => frame("Theme"),
  "read-on-press": () => import("./features/notifications/read-on-press.js"),
  "read-position": () => import("./features/forums/read-position.js"),
  "topic": () => import("./features/forums/topic.js"),
  "upload": () => import("./features/ui/upload.js"),
  "world": () => import("./features/cities/dots.js"),
  "writing": () => import("./features/ui/writing.js"),
}
// These matter from the first touch on, and are fetched then: a page that is only read stays light. A press gives no
// focus to every field in every browser (to one for files: not in Safari), and what is dropped on it changes it alone.
const PATIENT = new Set(["ask", "autosize", "character-count", "mention", "quoting", "upload", "writing"])
const TOUCHES = ["focusin", "pointerdown", "change"]
// These are fetched when their button is pressed, and act at once.
const ON_PRESS = new Set(["city-map"])
const SELECTOR = "[data-behaviour]"
const HTMX = "[data-hx-get], [data-hx-post], [data-hx-put], [data-hx-patch], [data-hx-delete]"
const met = new WeakSet()

async function give(element, name) {
  const { default: Behaviour } = await behaviours[name]()
  new Behaviour(element)
  // Seen from outside, what is at work: [data-alive~=confirm].
  element.dataset.alive = [element.dataset.alive, name].filter(Boolean).join(" ")
}

function meet(element) {
  if (met.has(element)) return
  met.add(element)
  for (const name of element.dataset.behaviour.split(/\s+/).filter((name) => behaviours[name])) {
    const begin = (touched) => hold(element, name, give(element, name), touched)
    if (ON_PRESS.has(name)) element.querySelector("[data-open]").addEventListener("click", begin, { once: true })
    else if (!PATIENT.has(name) || element.contains(document.activeElement)) begin()
    else onFirst(TOUCHES, element, begin)
  }
}

function onFirst(events, element, deed) {
  const first = new AbortController()
  const begin = (event) => { first.abort(); deed(event) }
  for (const event of events) element.addEventListener(event, begin, { signal: first.signal })
}

function look(root) {
  if (root.matches?.(SELECTOR)) meet(root)
  for (const element of root.querySelectorAll(SELECTOR)) meet(element)
}

beginEverywhere()
look(document)
new MutationObserver((changes) => {
  const added = changes.flatMap(({ addedNodes }) => [...addedNodes])
  for (const node of added) if (node.nodeType === Node.ELEMENT_NODE) look(node)
}).observe(document.body, { childList: true, subtree: true })

if (document.querySelector(HTMX)) import("./lib/htmx.js")
