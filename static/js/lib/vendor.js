// What a page loads of others only when somebody asks for it. Each file once.
import { ask, yes } from "./asking.js"

const A_MINUTE = 60_000
const kept = new Map()
const address = (name) => new URL(`../../vendor/${name}`, import.meta.url)

function arrive(element) {
  return new Promise((resolve, reject) => {
    Object.assign(element, { onload: resolve, onerror: reject })
    setTimeout(reject, A_MINUTE)
    document.head.append(element)
  })
}

const ways = {
  css: (href) => arrive(Object.assign(document.createElement("link"), { rel: "stylesheet", href })),
  js: (src) => arrive(Object.assign(document.createElement("script"), { src })),
  json: async (url) => yes(await ask(url, {}, A_MINUTE)).json(),
}

export function fetched(name) {
  if (!kept.has(name)) kept.set(name, ways[name.split(".").at(-1)](address(name)))
  kept.get(name).catch(() => kept.delete(name))
  return kept.get(name)
}
