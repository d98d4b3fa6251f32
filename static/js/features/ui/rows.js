// Of a form that grows by rows, those that did not come with this page: the server draws them.
export function askForRows(form, words) {
  const button = form.querySelector("[name=add_rows]")
  const missing = words.filter(([name, value]) => value && /-\d+/.test(name) && !form.elements.namedItem(name))
  if (!button || !missing.length) return false
  for (const [name, value] of missing) hide(form, name, value)
  form.requestSubmit(button)
  return true
}

export function hide(form, name, value) {
  const field = form.elements.namedItem(name) ?? form.appendChild(document.createElement("input"))
  Object.assign(field, { type: "hidden", name, value })
}
