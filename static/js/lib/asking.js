// What a page asks the server. Each answer has a time limit, and what a page cannot do without it asks for again, with
// growing pauses, while it says in its own words that it is behind. Nobody asks by another way: a wall looks.
export const PATIENCE = 10_000
const SILENCE = 60_000
const PAUSES = [1000, 2000, 5000, 10_000, 30_000, 60_000]

// As `fetch`: rejected where the answer has not come whole in time.
export function ask(address, options = {}, patience = PATIENCE) {
  const limit = new AbortController()
  setTimeout(() => limit.abort(), patience)
  return fetch(address, { ...options, signal: limit.signal })
}

// The token that every unsafe request carries. The page's own forms hold it.
export const csrfToken = () => document.querySelector('input[name="csrf_token"]')?.value ?? ""

// What the server acknowledges an event with: rejected where the line breaks or nothing comes.
export const askLine = (line, event, payload) => line.timeout(PATIENCE).emitWithAck(event, payload)

// Nobody waits for an answer to this.
export const tellLine = (line, event, payload) => line.emit(event, payload)

// Sends what may be large: how long it takes is the line's affair, as long as something moves.
export function send(address, body, headers, onProgress) {
  const request = new XMLHttpRequest()
  let limit
  const stay = () => { clearTimeout(limit); limit = setTimeout(() => request.abort(), SILENCE) }
  request.upload.addEventListener("progress", (progress) => { stay(); onProgress(progress) })
  request.open("POST", address)
  request.responseType = "json"
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
  return new Promise((done) => {
    request.addEventListener("loadend", () => { clearTimeout(limit); done(request) })
    stay()
    request.send(body)
  })
}

// The answer, if it is a yes; a no is thrown, with how long the server wants to be left alone.
export function yes(answer) {
  if (answer.ok) return answer
  const seconds = answer.retry_after ?? answer.headers?.get("retry-after")
  throw Object.assign(new Error(answer.status), { wait: 1000 * (Number(seconds) || 0) })
}

// A question that is asked until it is answered: `ask()` is rejected as long as something is missing. `behind` is the
// element that says so meanwhile, with a button that asks at once.
export class Pursuit {
  constructor(ask, behind) {
    Object.assign(this, { ask, behind, failures: 0 })
    behind?.querySelector("button").addEventListener("click", () => this.begin())
  }

  // Whatever pause was kept. One question at a time: who asks meanwhile shares the answer.
  begin() {
    clearTimeout(this.timer)
    this.attempt ??= this.try().finally(() => { this.attempt = null })
    return this.attempt
  }

  // What is on its way may not know yet what happened since.
  async anew() {
    await this.attempt
    return this.begin()
  }

  async try() {
    const reason = await this.ask().then(() => null, (reason) => reason ?? true)
    if (this.behind) this.behind.hidden = !reason
    this.failures = reason ? this.failures + 1 : 0
    if (reason) this.timer = setTimeout(() => this.begin(), this.pause(reason))
  }

  // All pages of a server that was away would otherwise come back in one moment.
  pause({ wait }) {
    const pause = PAUSES[Math.min(this.failures, PAUSES.length) - 1]
    return Math.max(pause, wait ?? 0) * (1 + Math.random() / 2)
  }
}
