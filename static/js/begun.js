// What is typed is kept by a module that comes when somebody begins to (features/ui/typed.js). Until it is there, this
// notes into which forms that was; what was typed before any script came, the fields tell.
import { fieldsOf, isChanged, isFresh, isWritten } from "./features/ui/written-form.js"

// A browser fills in by itself what stood on a page that is loaded anew or gone back to, also what was sent since:
// there whoever types is known by where the cursor is.
function isTypedInto(form) {
  return fieldsOf(form).some(isChanged) && (isFresh() || form.contains(document.activeElement))
}

export function watchTyping(comeToWork) {
  const begin = (form) => { form.dataset.isBegun = ""; comeToWork() }
  document.addEventListener("input", ({ target: { form } }) => isWritten(form) && begin(form))
  for (const form of document.forms) if (isWritten(form) && isTypedInto(form)) begin(form)
}
