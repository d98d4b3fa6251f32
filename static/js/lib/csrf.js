// The token that every unsafe request carries. The page's own forms hold it.
export function csrfToken() {
  return document.querySelector('input[name="csrf_token"]')?.value ?? ""
}
