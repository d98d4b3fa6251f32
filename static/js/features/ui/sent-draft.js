// A form that comes back into view may hold what another device has sent meanwhile: it says so.
import { askSent, fieldOf, markOf, tellSent } from "./draft-form.js"

export function lookForSent() {
  for (const form of document.forms) if (fieldOf(form) && markOf(form)) look(form)
}

async function look(form) {
  const html = await askSent(form).catch(() => "")
  if (html) tellSent(form, html)
}
