// Takes the reader to what needs attention: the summary of errors after a form came back.
export default class Focus {
  constructor(element) {
    element.focus({ preventScroll: false })
  }
}
