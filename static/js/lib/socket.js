// The one live line of a page. The library is fetched when the first behaviour asks for it.
// Long-polling first, upgraded where a firewall lets WebSocket pass.
const PATIENCE = 1000
let line

// The server hung up: what is still allowed may connect again, once it has had time to change its mind.
function comeBack(line, reason) {
  if (reason === "io server disconnect") setTimeout(() => line.connect(), PATIENCE)
}

// Signed out: asking again and again would change nothing. Behaviours hear it as "signed-out".
function giveUpIfStranger(line, error) {
  if (error.description !== 401 && error.message !== "Connection rejected by server") return
  line.disconnect()
  dispatchEvent(new CustomEvent("signed-out"))
}

async function open() {
  const { io } = await import("../../vendor/socket.io.esm.min.js")
  const line = io({ path: "/socket.io", reconnectionDelayMax: 5000 })
  line.on("disconnect", (reason) => comeBack(line, reason))
  line.on("connect_error", (error) => giveUpIfStranger(line, error))
  return line
}

export function socket() {
  line ??= open()
  return line
}
