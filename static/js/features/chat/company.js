// Who is here and who types. Both pass by themselves when nobody says them again.
import { cityOf } from "./origin.js"
import { part } from "./message.js"

const TYPING = 6000
const HERE = 60_000

export default class Company {
  constructor(element) {
    this.element = element
    this.me = Number(element.dataset.memberId)
    this.typists = new Map()
    this.processes = new Map()
  }

  seeTyping(member) {
    if (member.id === this.me || !member.id) return
    clearTimeout(this.typists.get(member.id)?.timer)
    this.typists.set(member.id, { name: member.name, timer: setTimeout(() => this.forget(member.id), TYPING) })
    this.showTyping()
  }

  forget(id) {
    clearTimeout(this.typists.get(id)?.timer)
    if (this.typists.delete(id)) this.showTyping()
  }

  showTyping() {
    const names = [...this.typists.values()].map(({ name }) => name)
    const many = names.length === 1 ? "one" : "several"
    const template = this.element.querySelector(`template[data-template="typing-${many}"]`)
    const words = template.content.cloneNode(true)
    if (names.length === 1) part(words, "name").textContent = names[0]
    part(this.element, "typing").replaceChildren(...(names.length ? [words] : []))
  }

  // Each server process tells its own list again and again; one that falls silent is gone.
  seePresence({ process, count, people }) {
    clearTimeout(this.processes.get(process)?.timer)
    const timer = setTimeout(() => { this.processes.delete(process); this.showPresence() }, HERE)
    this.processes.set(process, { count, people, timer })
    this.showPresence()
  }

  showPresence() {
    const lists = [...this.processes.values()]
    const people = new Map(lists.flatMap(({ people }) => people.map((person) => [person.id, person])))
    people.delete(0)
    const count = Math.max(people.size, lists.reduce((sum, list) => sum + list.count, 0))
    const here = part(this.element, "here")
    here.hidden = false
    part(here, "count").textContent = new Intl.NumberFormat(document.documentElement.lang).format(count)
    part(here, "people").replaceChildren(...[...people.values()].map((person) => this.render(person)))
  }

  render(person) {
    const item = this.element.querySelector("template[data-template=person]").content.firstElementChild.cloneNode(true)
    part(item, "name").textContent = person.name
    part(item, "city").textContent = cityOf(person)
    return item
  }
}
