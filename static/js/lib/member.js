// Who is signed in with this browser, as its newest page says: its other tabs hear of it. Signing out takes it away at
// once, with all that is kept (Clear-Site-Data).
const KEY = "member", LAST_CALL = 3000
export const member = document.body.dataset.member ?? ""

export const isStillIn = () => !member || localStorage.getItem(KEY) === member

// A page that one went back to may be an old one, and knows less. Of who is nobody, nothing stays.
export function sayWho() {
  const [{ type } = {}] = performance.getEntriesByType("navigation")
  if (type === "back_forward") return
  localStorage.setItem(KEY, member)
  if (!member) localStorage.removeItem(KEY)
}

// Tells whether the page's member is still in: where that is not so, and each time that it has changed.
export function onChange(tell) {
  let wasIn = true
  const look = () => { if (isStillIn() !== wasIn) tell(wasIn = !wasIn) }
  addEventListener("storage", ({ key }) => { if (key === KEY || key === null) look() })
  addEventListener("pageshow", look)
  look()
}

// What was typed last goes to the server before its member signs out, from the windows of this browser, and nobody
// waits long.
let leaving = null
export async function signOutAfter(event, callForUnsent) {
  const { target: form, submitter } = event
  if (!form.matches("[data-signs-out]") || leaving === form) return
  event.preventDefault()
  if (leaving) return
  leaving = "soon"
  await Promise.race([callForUnsent().catch(console.warn), new Promise((done) => { setTimeout(done, LAST_CALL) })])
  leaving = form
  form.requestSubmit(submitter)
}
addEventListener("pageshow", () => { leaving = null })
