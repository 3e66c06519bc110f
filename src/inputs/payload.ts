import { PAYLOAD_KEY } from '../deployment/origin.ts'
import { InputError } from '../lib/errors.ts'
import { isJsonObject, membersOf, objectText } from '../lib/json.ts'

const MAX_PAYLOAD_BYTES = 32 * 1024
const MAX_DEPTH = 20

// Keys that can change the prototype of an object in a reader that copies keys one by one.
const DANGEROUS = ['__proto__', 'constructor', 'prototype']

/** Reads the `payload` input. Throws an InputError that does not quote the payload, which can contain secrets. */
export function readPayload(text: string, warn: (text: string) => void): string {
  if (text === '') return ''
  const bytes = Buffer.byteLength(text)
  if (bytes > MAX_PAYLOAD_BYTES) {
    throw new InputError(`payload: expected at most ${MAX_PAYLOAD_BYTES} bytes, got ${bytes}`)
  }
  const payload = parsed(text)
  if (!isJsonObject(payload)) {
    throw new InputError(`payload: expected a JSON object such as {"key": "value"}, got ${kindOf(payload)}`)
  }
  const { [PAYLOAD_KEY]: ours, ...users } = payload
  if (ours !== undefined) warn(`payload: the key "${PAYLOAD_KEY}" is reserved and was removed`)
  inspect(users, '', 1)
  const members = [...membersOf(text)].filter(([key]) => key !== PAYLOAD_KEY)
  return members.length === 0 ? '' : objectText(members)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1]
    const place = position === undefined ? '' : ` (${placeOf(text, Number(position))})`
    throw new InputError(`payload: expected a JSON object, got invalid JSON${place}`)
  }
}

/** Line and column of a position. Not every version of Node has them in its message. */
function placeOf(text: string, position: number): string {
  const lines = text.slice(0, position).split('\n')
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}

/** Throws an InputError for what readers of the payload could not handle. */
function inspect(value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) throw new InputError(`payload: expected at most ${MAX_DEPTH} levels`)
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new InputError(`payload: the number at ${path} is too large`)
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (DANGEROUS.includes(key)) throw new InputError(`payload: the key "${key}" is not allowed`)
    inspect(inner, path === '' ? key.slice(0, 40) : `${path}.${key.slice(0, 40)}`.slice(0, 200), depth + 1)
  }
}
