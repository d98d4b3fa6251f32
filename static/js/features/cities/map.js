// The map of the directory, fetched and drawn after a press: borders as shapes, each city a link. No tiles, nothing
// from elsewhere.
import { ask, yes } from "../../lib/asking.js"
import { fetched } from "../../lib/vendor.js"
import { borders, land } from "./world.js"

const WORLD = [[-56, -170], [84, 190]]
const ROOM = [28, 28]

export default class CityMap {
  constructor(root) {
    this.root = root
    this.find("[data-open]").addEventListener("click", () => this.open())
    this.open()
  }

  find(selector) {
    return this.root.querySelector(selector)
  }

  async open() {
    const button = this.find("[data-open]")
    button.disabled = true
    try {
      const [world, cities] = await Promise.all([
        fetched("countries-110m.json"), this.cities(),
        fetched("leaflet.css"), fetched("leaflet.js"), fetched("topojson-client.min.js"),
      ])
      this.draw(world, cities)
      button.parentElement.remove()
    } catch {
      button.disabled = false
      this.find("[data-failed]").hidden = false
    }
  }

  async cities() {
    return yes(await ask(this.root.dataset.markers, { headers: { Accept: "application/json" } })).json()
  }

  draw(world, cities) {
    const area = this.find("[data-area]")
    for (const part of this.root.querySelectorAll("[data-area], [data-sources]")) part.hidden = false
    this.find("[data-failed]").hidden = true
    this.map = window.L.map(area, this.options)
    const { zoomIn: zoomInTitle, zoomOut: zoomOutTitle } = this.root.dataset
    window.L.control.zoom({ zoomInTitle, zoomOutTitle }).addTo(this.map)
    this.shape(land(window.topojson, world), "city-map__land")
    this.shape(borders(window.topojson, world), "city-map__borders")
    for (const city of cities) this.mark(city)
    this.map.fitBounds(cities.length ? cities.map(({ at }) => at) : WORLD, { padding: ROOM, maxZoom: 4 })
    area.focus()
  }

  get options() {
    const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches
    const { EPSG4326: crs } = window.L.CRS
    const quiet = { attributionControl: false, zoomControl: false, scrollWheelZoom: false }
    const motion = { zoomAnimation: moves, fadeAnimation: moves, markerZoomAnimation: moves, inertia: moves }
    return { crs, minZoom: -1, maxZoom: 7, zoomSnap: 0.25, maxBounds: WORLD, ...quiet, ...motion }
  }

  shape(geometry, className) {
    window.L.geoJSON(geometry, { interactive: false, style: { className } }).addTo(this.map)
  }

  mark({ name, url, at, state }) {
    const className = `city-pin__link city-pin__link--${state}`
    const link = Object.assign(document.createElement("a"), { href: url, className })
    link.append(Object.assign(document.createElement("bdi"), { className: "city-pin__name", textContent: name }))
    link.addEventListener("focus", () => this.map.panInside(at, { padding: ROOM, animate: this.options.inertia }))
    const icon = window.L.divIcon({ html: link, className: "city-pin", iconSize: [24, 24] })
    window.L.marker(at, { icon, keyboard: false, interactive: false }).addTo(this.map)
  }
}
