// Whether a name that was offered is one that these letters ask for.

// Without accents, case and what nobody sees: less than the server's fold, which has the last word.
const bare = (words) => words.normalize("NFKD").replace(/[\p{M}\p{Cf}'’ʼ]/gu, "").toLowerCase()

// By any part of the name or of the handle, as the server finds them.
export function fits({ insert, name }, begun) {
  const [sign, letters] = [bare(begun[0]), bare(begun.slice(1))]
  const parts = bare(`-${insert.slice(1)} ${name}`)
  return insert[0] === sign && (parts.includes(`-${letters}`) || parts.includes(` ${letters}`))
}
