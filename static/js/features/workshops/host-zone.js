// A host city proposes its time zone, as long as nobody has chosen another one. The server does the same for a form
// that comes without this; one that comes with it says that what stands there was seen.
export default class HostZone {
  constructor(host) {
    this.host = host
    this.zone = host.form.elements.timezone
    this.status = host.form.querySelector("[data-zone-proposed]")
    this.proposed = this.zone.value
    host.form.elements.zone_is_proposed.value = "yes"
    host.addEventListener("change", () => this.propose())
    this.zone.addEventListener("change", () => this.say(""))
  }

  propose() {
    const [{ dataset: { timezone } }] = this.host.selectedOptions
    if (!timezone || timezone === this.zone.value || this.zone.value !== this.proposed) return
    this.proposed = this.zone.value = timezone
    this.say(this.status.dataset.zoneProposed)
  }

  say(words) {
    this.status.textContent = words
  }
}
