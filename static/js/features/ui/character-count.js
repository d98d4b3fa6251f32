// Shows how many characters are left, from the last fifth on, so that it does not disturb before it matters.
export default class CharacterCount {
  constructor(element) {
    this.area = element.querySelector("textarea, input")
    this.line = element.querySelector(".counted__left")
    this.number = element.querySelector("[data-left]")
    this.area.addEventListener("input", () => this.count())
    this.count()
  }

  count() {
    const left = this.area.maxLength - this.area.value.length
    this.line.hidden = left > this.area.maxLength / 5
    this.number.textContent = new Intl.NumberFormat(document.documentElement.lang).format(left)
  }
}
