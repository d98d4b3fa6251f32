// What was written and not yet taken, kept in this browser for the room.
export function recall(key) {
  return JSON.parse(localStorage.getItem(key) ?? "[]")
}

export function keep(key, messages) {
  if (messages.length) localStorage.setItem(key, JSON.stringify(messages))
  else localStorage.removeItem(key)
}

// The server will not take it however often it is asked.
export function isRefusal(answer) {
  return [403, 404, 409, 413, 422].includes(answer?.status)
}
