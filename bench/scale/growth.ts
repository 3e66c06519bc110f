/** The exponent of a power law through some points: 1 is linear, 0 is flat. Least squares of logarithms. */
export function exponentOf(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([size, value]) => ({
    size: Math.log(size),
    value: Math.log(Math.max(value, 1e-9))
  }))
  const mean = (name: 'size' | 'value') => logs.reduce((sum, log) => sum + log[name], 0) / Math.max(1, logs.length)
  const middle = mean('size')
  const level = mean('value')
  const over = logs.reduce((sum, log) => sum + (log.size - middle) * (log.value - level), 0)
  const under = logs.reduce((sum, log) => sum + (log.size - middle) ** 2, 0)
  return under === 0 ? 0 : over / under
}
