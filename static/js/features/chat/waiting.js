// A message that the server has not taken yet stands in the room, with what its writer can do.
import { part } from "./message.js"

export function showWaiting({ template, room, unsent, field }, { nonce, text, isRefused }, sendAgain) {
  const item = template.content.firstElementChild.cloneNode(true)
  item.dataset.nonce = nonce
  part(item, "text").textContent = text
  part(item, "retry").addEventListener("click", sendAgain)
  part(item, "discard").addEventListener("click", () => {
    item.remove()
    unsent.drop(nonce)
    field.focus()
  })
  room.messages.addWaiting(item)
  if (isRefused) room.messages.mark(nonce, "refused")
}
