// What this browser keeps until the server has it: for each member, tab and place under a key of its own, so that no
// tab deletes what another one keeps; nothing once the member has signed out, in whichever tab. A visitor's words end
// with the tab: where many use one computer, nobody signs out of nothing. What is kept is an object; by its `id` the
// server says that it has it (core/kept.py).
import { isStillIn, member } from "./member.js"

const SIGN = "typed", MEMORY = "tab", PATIENCE = 1000, A_WEEK = 7 * 24 * 60 * 60 * 1000
const own = member ? localStorage : sessionStorage
let tab = sessionStorage.getItem(MEMORY), isHeld = false
if (!tab) beAnother()

export function newId() {
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString().slice(2)}`
}

export const recall = (place) => JSON.parse(own.getItem(keyOf(place)))

export function keep(place, value) {
  if (!value) return own.removeItem(keyOf(place))
  if (!isStillIn()) return
  holdTab()
  try {
    own.setItem(keyOf(place), JSON.stringify({ ...value, at: Date.now() }))
  } catch (isFull) {
    console.warn(isFull)
  }
}

// What other tabs, closed by now, left here, oldest first; take() moves it to this one. Our own lock may be unseen yet.
export async function leftBehind(place) {
  if (!navigator.locks) return []
  const { held } = await navigator.locks.query()
  const isOpen = (name) => name === tab || held.some((lock) => lock.name === `${SIGN}:${name}`)
  const left = kept().filter((one) => one.member === member && one.place === place && !isOpen(one.tab))
  const take = ({ store, key, value }) => { keep(place, value); store.removeItem(key); return value }
  return left.sort((a, b) => a.value.at - b.value.at).map((one) => ({ value: one.value, take: () => take(one) }))
}

// Forgets what the server says it has, what is old, and what those kept who were signed in here before.
export function tidy() {
  const taken = document.cookie.match(/(?:^|; )taken=([\w.-]+)/)?.[1].split(".") ?? []
  if (taken.length) document.cookie = "taken=; path=/; max-age=0; samesite=lax"
  for (const { store, key, value, member: whose } of kept()) {
    const isStrange = member && whose !== member
    if (isStrange || taken.includes(value.id) || Date.now() - value.at > A_WEEK) store.removeItem(key)
  }
  if (kept().some((one) => one.tab === tab)) holdTab()
}

function keyOf(place) { return [SIGN, member, tab, place].join(":") }

function kept() {
  const read = (store, key) => {
    const [, member, tab, ...place] = key.split(":")
    return { store, key, member, tab, place: place.join(":"), value: JSON.parse(store.getItem(key)) }
  }
  const keys = (store) => Object.keys(store).filter((key) => key.startsWith(`${SIGN}:`))
  return [localStorage, sessionStorage].flatMap((store) => keys(store).map((key) => read(store, key)))
}

// Seen from other tabs: this one is open, and what it keeps is its own.
function holdTab() {
  if (isHeld || !navigator.locks) return
  isHeld = true
  const signal = AbortSignal.timeout(PATIENCE)
  navigator.locks.request(`${SIGN}:${tab}`, { signal }, () => new Promise(() => {})).catch(part)
}

// A tab that was doubled has the other one's memory, and its name: from here on it has its own.
function part() {
  const both = kept().filter((one) => one.tab === tab)
  beAnother()
  for (const { place, value } of both) keep(place, value)
}

function beAnother() {
  tab = newId()
  isHeld = false
  sessionStorage.setItem(MEMORY, tab)
}
