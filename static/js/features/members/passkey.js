// A form that a passkey fills in: it asks for the question, lets the device answer, and is then sent like any other.
// Without passkeys in the browser it stays hidden, and the page's other ways are all there is.
import { ask, csrfToken, yes } from "../../lib/asking.js"

export default class Passkey {
  constructor(form) {
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return form.classList.remove("place-kept")
    this.form = form
    form.hidden = false
    form.addEventListener("submit", (event) => this.send(event))
  }

  send(event) {
    const { answer } = this.form.elements
    if (answer.value) return
    event.preventDefault()
    this.say(false)
    this.answer().then(
      (value) => {
        answer.value = value
        this.form.requestSubmit(event.submitter)
      },
      () => this.say(true),
    )
  }

  async answer() {
    const headers = { "X-CSRFToken": csrfToken(), Accept: "application/json" }
    const question = yes(await ask(this.form.dataset.question, { method: "POST", headers }))
    return JSON.stringify(await this.sign(await question.json()))
  }

  sign(question) {
    const { parseCreationOptionsFromJSON: toMake, parseRequestOptionsFromJSON: toUse } = PublicKeyCredential
    const isNew = this.form.dataset.act === "make"
    const publicKey = (isNew ? toMake : toUse).call(PublicKeyCredential, question)
    return isNew ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey })
  }

  say(isRefused) {
    this.form.querySelector("[data-refused]").hidden = !isRefused
  }
}
