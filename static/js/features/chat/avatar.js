// The small round with somebody's initials.
export function show(avatar, id, name) {
  avatar.textContent = (name ?? "?").split(/\s+/).map((word) => word[0]).filter((_, i, all) => i === 0 || i === all.length - 1).join("").toUpperCase()
  avatar.className = `avatar avatar--${crc32(String(id)) % 8}`
}

// The colour the server gives a person, so that it does not change with a reload.
function crc32(text) {
  let sum = -1
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return ~sum >>> 0
}
