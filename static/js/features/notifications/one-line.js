// Of all tabs of a browser one has a line for the bell: the one that holds the lock. The others hear from it what it
// hears (ui/frame.js). A page that goes lets it go, so that the next one takes over and going back is quick; a phone
// puts pages that nobody sees to sleep, with all that they hold. Where the line is lost, nothing is said.
import { isStillIn, member, onChange } from "../../lib/member.js"
import { isNeeded, socket } from "../../lib/socket.js"

const MOMENT = 3000
const [SOON, LATER] = [5000, 60_000]
const sleeps = matchMedia("(pointer: coarse)")
let line, over, timer

async function listen() {
  const line = await socket(false)
  const note = () => {
    line.io.reconnectionDelayMax(isNeeded() ? SOON : LATER)
    if (!over) letGo()
  }
  line.on("connect", note)
  note()
  return line
}

function letGo() { if (line?.connected && !isNeeded()) line.disconnect() }

async function hold(signal) {
  line ??= await listen()
  if (!line.active) line.connect()
  if (!signal.aborted) await new Promise((done) => signal.addEventListener("abort", done))
  letGo()
}

function begin() {
  if (over || document.hidden || !isStillIn()) return
  over = new AbortController()
  const { signal } = over
  const lock = navigator.locks.request(`bell:${member}`, { signal }, () => hold(signal))
  lock.catch((reason) => { if (!signal.aborted) giveUp(reason) })
}

// Until somebody comes back to this page: what it takes for a line did not come.
function giveUp(reason) {
  console.warn(reason)
  over = null
}

// Once the page stands: a line costs the server more than a page does, and who only passes through needs none.
function beginSoon() {
  clearTimeout(timer)
  timer = setTimeout(begin, MOMENT)
}

function end() {
  clearTimeout(timer)
  over?.abort()
  over = null
}

function look() {
  if (!document.hidden) beginSoon()
  else if (sleeps.matches) end()
}

begin()
onChange((isIn) => isIn ? beginSoon() : end())
document.addEventListener("visibilitychange", look)
for (const going of ["pagehide", "signed-out"]) addEventListener(going, end)
addEventListener("pageshow", beginSoon)
