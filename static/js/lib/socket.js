// The one live line of a page. The library is fetched when the first behaviour asks for it.
// WebSocket first, long-polling where a proxy refuses or swallows it. This tab then remembers to begin with polling,
// which becomes a WebSocket by itself where that has become possible.
const PATIENCE = 1000
const TIME_TO_OPEN = { websocket: 5000, polling: 20_000 }
const MEMORY = "live-line-begins-by"
let line, needed = false

function chooseWay({ io: manager }) {
  const first = sessionStorage.getItem(MEMORY) ?? "websocket"
  manager.opts.transports = first === "websocket" ? ["websocket", "polling"] : ["polling", "websocket"]
  manager.timeout(TIME_TO_OPEN[first])
}

function remember(line, transport) {
  if (transport === "websocket") sessionStorage.removeItem(MEMORY)
  else sessionStorage.setItem(MEMORY, transport)
  chooseWay(line)
}

// Let in and shut out again before a word: the library would wait for it until its time is up.
function failAtOnce({ io: manager }) {
  const { engine } = manager
  engine.once("close", (reason) => engine.id || engine.emitReserved("error", new Error(reason)))
}

function noteSilence(line, { message }) {
  if (message === "timeout" || message === "transport close") remember(line, "polling")
}

function noteWay(line) {
  const { engine } = line.io
  remember(line, engine.transport.name)
  engine.once("upgrade", ({ name }) => remember(line, name))
}

// The server hung up: what is still allowed may connect again, once it has had time to change its mind. Who were hung
// up together come back one after the other.
function comeBack(line, reason) {
  if (reason === "io server disconnect") setTimeout(() => line.connect(), PATIENCE * (1 + 2 * Math.random()))
}

// Signed out: asking again and again would change nothing. Behaviours hear it as "signed-out".
function giveUpIfStranger(line, error) {
  if (error.description !== 401 && error.message !== "Connection rejected by server") return
  line.disconnect()
  dispatchEvent(new CustomEvent("signed-out"))
}

async function open() {
  const { io } = await import("../../vendor/socket.io.esm.min.js")
  const line = io({ path: "/socket.io", reconnectionDelayMax: 5000, tryAllTransports: true, autoConnect: false })
  line.on("disconnect", (reason) => comeBack(line, reason))
  line.on("connect_error", (error) => { noteSilence(line, error); giveUpIfStranger(line, error) })
  // The bell hears it as "unread", in this tab and through it in the others.
  line.on("notification:new", (detail) => dispatchEvent(new CustomEvent("unread", { detail })))
  line.io.on("open", () => noteWay(line))
  line.io.on("reconnect_attempt", () => queueMicrotask(() => failAtOnce(line)))
  chooseWay(line)
  line.connect()
  failAtOnce(line)
  return line
}

// The bell can do without it (features/notifications/one-line.js).
export const isNeeded = () => needed

export function socket(isToStay = true) {
  needed ||= isToStay
  line ??= open().catch((lost) => { line = null; throw lost })
  return line
}
