// Whether a name that was offered is one that these letters ask for.

// By any part of the name or of the handle, as the server finds them.
export function fits({ insert, name }, begun) {
  const [sign, letters] = [begun[0], begun.slice(1).toLowerCase()]
  const parts = `-${insert.slice(1)} ${name}`.toLowerCase()
  return insert[0] === sign && (parts.includes(`-${letters}`) || parts.includes(` ${letters}`))
}
