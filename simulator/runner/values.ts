import { data } from '@actions/expressions'

// Event payloads are large and never change, so each is converted once.
const converted = new WeakMap<object, data.ExpressionData>()

/** Caches the conversion of a value that never changes. */
export function keepConverted(value: object): void {
  converted.set(value, toData(value))
}

/** Converts JSON values for the expression engine. Undefined becomes null. */
export function toData(value: unknown): data.ExpressionData {
  if (typeof value === 'string') return new data.StringData(value)
  if (typeof value === 'number') return new data.NumberData(value)
  if (typeof value === 'boolean') return new data.BooleanData(value)
  if (typeof value !== 'object' || value === null) return new data.Null()
  const known = converted.get(value)
  if (known !== undefined) return known
  if (Array.isArray(value)) return new data.Array(...value.map(toData))
  return new data.Dictionary(...Object.entries(value).map(([key, item]) => ({ key, value: toData(item) })))
}

/** Converts values of the expression engine to JSON values. */
export const toPlain = (value: data.ExpressionData): unknown => JSON.parse(JSON.stringify(value, data.replacer))

/** Formats a number as the runner does: .NET's `G15`, with an exponent from 10^15 on. */
export function numberText(value: number): string {
  if (value === 0) return '0'
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'
  const [mantissa = '', exponentText = '0'] = value.toExponential(14).split('e')
  const exponent = Number(exponentText)
  if (exponent > -5 && exponent < 15) {
    return value
      .toFixed(Math.max(0, 14 - exponent))
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '')
  }
  const digits = mantissa.replace(/0+$/, '').replace(/\.$/, '')
  const sign = exponent < 0 ? '-' : '+'
  return `${digits}E${sign}${String(Math.abs(exponent)).padStart(2, '0')}`
}
