// The world of dots: one stop of the keyboard, arrow keys go on to the next city that way. A finger or pointer means
// the city nearest to it: the first touch shows its name, the second opens its page.
const REACH = 24
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }

export default class World {
  constructor(root) {
    this.cities = [...root.querySelectorAll("a")]
    root.addEventListener("keydown", (event) => this.go(event))
    root.addEventListener("pointermove", (event) => this.show(this.under(event)))
    root.addEventListener("pointerleave", () => this.show())
    root.addEventListener("click", (event) => this.press(event), { capture: true })
  }

  go(event) {
    const way = WAYS[event.key]
    const here = event.target.closest("a")
    if (!way || !here || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const next = this.next(here, way)
    if (next) this.stand(next)
  }

  // The nearest that way, where a step aside counts three times.
  next(here, [right, down]) {
    const [x, y] = at(here)
    let best, least = Infinity
    for (const city of this.cities) {
      const [dx, dy] = [at(city)[0] - x, at(city)[1] - y]
      const ahead = dx * right + dy * down
      const cost = ahead + 3 * Math.abs(dx * down + dy * right)
      if (ahead > 0 && cost < least) [best, least] = [city, cost]
    }
    return best
  }

  stand(city) {
    for (const one of this.cities) one.tabIndex = one === city ? 0 : -1
    city.focus()
  }

  under({ clientX, clientY }) {
    const far = (city) => Math.hypot(at(city)[0] - clientX, at(city)[1] - clientY)
    const nearest = this.cities.reduce((best, city) => (!best || far(city) < far(best) ? city : best), null)
    return nearest && far(nearest) <= REACH ? nearest : null
  }

  show(city = null) {
    for (const one of this.cities) one.classList.toggle("is-near", one === city)
  }

  press(event) {
    if (!event.clientX && !event.clientY) return
    const city = this.under(event)
    if (!city || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (event.pointerType === "touch" && document.activeElement !== city) {
      this.stand(city)
      this.show(city)
    } else location.assign(city.getAttribute("href"))
  }
}

function at(city) {
  const { x, y, width, height } = city.querySelector("circle").getBoundingClientRect()
  return [x + width / 2, y + height / 2]
}
