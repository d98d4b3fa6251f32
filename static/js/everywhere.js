// What every page does, whatever stands on it.
import { watchTyping } from "./begun.js"
import { member, onChange, sayWho, signOutAfter } from "./lib/member.js"

// Where a form says so, Enter sends it: from the first key on, whatever is still on its way. The Enter that takes what
// an input method offers is none (Safari tells it by its code alone); on a touch screen Enter begins a line.
function sendOnEnter(event) {
  const { key, keyCode, shiftKey, isComposing, defaultPrevented, target } = event
  if (key !== "Enter" || shiftKey || isComposing || keyCode === 229 || defaultPrevented) return
  if (!target.matches("[data-enter-sends] textarea")) return
  if (matchMedia("(pointer: coarse)").matches) return
  event.preventDefault()
  if (target.value.trim()) target.form.requestSubmit()
}

// Ctrl, on a Mac Cmd, and no other key with it.
const IS_MAC = /Mac|iP/.test(navigator.platform)
export const isCommand = ({ ctrlKey, metaKey, altKey, shiftKey, isComposing }) =>
  (IS_MAC ? metaKey : ctrlKey) && !altKey && !shiftKey && !isComposing

// With Enter, in a long text, it sends the form: as its button would (checked, asked about), and once.
let onTheirWay = new WeakSet()
function sendOnCommand(event) {
  if (event.key !== "Enter" || !isCommand(event) || event.defaultPrevented) return
  const form = event.target.closest(".writing, [data-tool]")?.querySelector("textarea")?.form
  if (!form) return
  event.preventDefault()
  if (event.repeat || onTheirWay.has(form)) return
  form.requestSubmit(form.querySelector(".form__actions [type=submit]"))
}
const noteGone = ({ target, defaultPrevented }) => defaultPrevented || onTheirWay.add(target)

// A picture in a text grows above the page; without this it is fetched as a file.
function enlarge(event) {
  const link = event.target.closest("a.picture")
  if (!link || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  import("./features/ui/picture.js").then(({ enlarge }) => enlarge(link))
    .catch(() => location.assign(link.href))
}

// What is typed stays in this browser until the server has it; who types nothing fetches nothing for it.
const keepTyped = () => import("./features/ui/typed.js").catch(console.warn)
const isWritten = ({ form, type }) => form?.method === "post" && !["checkbox", "radio", "submit"].includes(type)

// Seen by what comes to work only while the form is already on its way: it is no draft any more (features/ui/draft.js).
const noteSent = ({ target }) => { target.dataset.isSent = "yes" }

// The bell of a page that stands rings by itself, unless its reader saves data.
const PASSING = 3000
const ring = () => import("./features/notifications/one-line.js").catch(console.warn)
const mayRing = () => member && navigator.locks && !navigator.connection?.saveData

const tellWhoIsOut = (isIn) => import("./features/ui/signed-out.js").then(({ show }) => show(!isIn), console.warn)

// What a form here began with another device may have sent while this one was away.
function comeIntoView() {
  if (document.hidden || !document.querySelector("[name=draft][data-sent-url]:not([value=''])")) return
  import("./features/ui/sent-draft.js").then(({ lookForSent }) => lookForSent(), console.warn)
}

const callForUnsent = () => import("./features/ui/unsent.js").then(({ callForUnsent }) => callForUnsent())

export function beginEverywhere() {
  sayWho()
  onChange(tellWhoIsOut)
  document.addEventListener("keydown", sendOnEnter)
  document.addEventListener("keydown", sendOnCommand)
  document.addEventListener("submit", (event) => signOutAfter(event, callForUnsent))
  document.addEventListener("submit", noteGone)
  addEventListener("pageshow", () => { onTheirWay = new WeakSet() })
  document.addEventListener("click", enlarge)
  document.addEventListener("submit", noteSent, { capture: true })
  document.addEventListener("visibilitychange", comeIntoView)
  document.addEventListener("focusin", ({ target }) => isWritten(target) && keepTyped())
  watchTyping(keepTyped)
  if (Object.keys({ ...localStorage, ...sessionStorage }).some((key) => key.startsWith("typed:"))) keepTyped()
  if (mayRing()) setTimeout(ring, PASSING)
}
