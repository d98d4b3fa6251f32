// Forms that have more than the server: since when, and when their words go there. A window that has such words holds a
// lock, as all windows of the browser may at once. Whoever signs out calls for them, and has the lock alone once they
// are on the server.
const NAME = "unsent", QUIET = 3000, LATEST = 30_000
const begun = new Map()
let free

export const forms = () => [...begun.keys()]

export function sendSoon(form, send) {
  const { since, timer } = begun.get(form) ?? { since: Date.now() }
  clearTimeout(timer)
  const wait = Math.min(QUIET, Math.max(0, since + LATEST - Date.now()))
  begun.set(form, { since, timer: setTimeout(send, wait) })
  hold()
}

// What a bad line or a busy server did not take goes with the next words, or as the page is left.
export function sendLater(form) {
  if (!begun.has(form)) begun.set(form, { since: Date.now() })
}

export function stop(form) {
  clearTimeout(begun.get(form)?.timer)
  return begun.delete(form)
}

function hold() {
  if (free || !navigator.locks) return
  const isOver = new Promise((done) => { free = done })
  navigator.locks.request(NAME, { mode: "shared" }, () => isOver).catch(console.warn)
}

export function letGo() {
  free?.()
  free = null
}

export const onLastCall = (send) => new BroadcastChannel(NAME).addEventListener("message", send)

export async function callForUnsent() {
  new BroadcastChannel(NAME).postMessage("last call")
  await navigator.locks?.request(NAME, () => null)
}
