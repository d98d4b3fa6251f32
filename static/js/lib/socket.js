// The one live line of a page. The library is fetched when the first behaviour asks for it.
// Long-polling first, upgraded where a firewall lets WebSocket pass.
let line

export function socket() {
  line ??= import("../../vendor/socket.io.esm.min.js").then(({ io }) => io({ path: "/socket.io" }))
  return line
}
