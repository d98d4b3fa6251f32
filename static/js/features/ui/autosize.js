// A text area that grows with what is typed, up to the limit that the style gives it.
export default class Autosize {
  constructor(area) {
    this.area = area
    area.addEventListener("input", () => this.fit())
    area.form?.addEventListener("reset", () => requestAnimationFrame(() => this.fit()))
    if (area.value) this.fit()
  }

  fit() {
    // Set through the object model: the page's policy refuses style attributes in markup only.
    this.area.style.blockSize = "auto"
    const borders = this.area.offsetHeight - this.area.clientHeight
    this.area.style.blockSize = `${this.area.scrollHeight + borders}px`
  }
}
