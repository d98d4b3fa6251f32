// The shapes of countries, for a map that ends somewhere: what lies across the date line is told without a jump to the
// other side.
function continuous(ring) {
  let before = ring[0][0]
  const points = ring.map(([x, y]) => {
    while (x - before > 180) x -= 360
    while (before - x > 180) x += 360
    before = x
    return [x, y]
  })
  const middle = points.reduce((sum, [x]) => sum + x, 0) / points.length
  return middle < -180 ? points.map(([x, y]) => [x + 360, y]) : points
}

export function land(topojson, world) {
  const { coordinates, ...rest } = topojson.merge(world, world.objects.countries.geometries)
  return { ...rest, coordinates: coordinates.map((polygon) => polygon.map(continuous)) }
}

export function borders(topojson, world) {
  return topojson.mesh(world, world.objects.countries, (one, other) => one !== other)
}
