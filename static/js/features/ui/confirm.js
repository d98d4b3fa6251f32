// Asks before a form is sent. The words come from the form (data-question) and from <template id="confirm-dialog">.
// What was asked here the server does not ask again (core/questions.py).
export default class Confirm {
  constructor(form) {
    this.form = form
    form.addEventListener("submit", (event) => this.ask(event))
  }

  ask(event) {
    if (this.isSure) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const dialog = document.getElementById("confirm-dialog").content.firstElementChild.cloneNode(true)
    const question = dialog.querySelector(".dialog__question")
    question.textContent = this.form.dataset.question
    question.id = "confirm-question"
    dialog.setAttribute("aria-labelledby", question.id)
    document.body.append(dialog)
    dialog.addEventListener("close", () => this.answer(dialog, event.submitter))
    dialog.showModal()
  }

  answer(dialog, submitter) {
    dialog.remove()
    if (dialog.returnValue !== "yes") return submitter?.focus()
    const question = this.form.elements.namedItem("question_first")
    this.isSure = true
    question?.toggleAttribute("disabled", true)
    this.form.requestSubmit(submitter)
    question?.toggleAttribute("disabled", false)
    this.isSure = false
  }
}
