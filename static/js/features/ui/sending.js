// A file on its way to the server, and back. A refusal is thrown as the server's own sentence, a broken line as none.
import { ask, csrfToken, send } from "../../lib/asking.js"

export async function sendFile(url, fields, onProgress) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() }
  const { status, response } = await send(url, body, headers, onProgress)
  if (!response || status >= 300) throw response?.error ?? response?.text
  return response
}

export async function takeBack(url, id) {
  const proof = { method: "POST", headers: { "X-CSRFToken": csrfToken() } }
  await ask(`${url}/${id}/remove`, proof).catch(() => null)
}
