// A page whose only use is its one button: pressed for whoever has scripts. Without them a hand does it.
export default class Press {
  constructor(form) {
    form.requestSubmit()
  }
}
