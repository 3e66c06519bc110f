import { PAYLOAD_KEY } from '../deployment/origin.ts'
import { InputError } from '../lib/errors.ts'
import { isJsonObject, type JsonObject } from '../lib/json.ts'

const MAX_PAYLOAD_BYTES = 32 * 1024
const MAX_DEPTH = 20

// Keys that turn into something else when an object is copied carelessly, here or at a reader's.
const DANGEROUS = ['__proto__', 'constructor', 'prototype']

/** The user's `payload`: a JSON object, sent as it is. Its text is never quoted: it may hold secrets. */
export function readPayload(text: string): JsonObject {
  if (text === '') return {}
  const bytes = Buffer.byteLength(text)
  if (bytes > MAX_PAYLOAD_BYTES) {
    throw new InputError(`payload: expected at most ${MAX_PAYLOAD_BYTES} bytes, got ${bytes}`)
  }
  const payload = parsed(text)
  if (!isJsonObject(payload)) {
    throw new InputError(
      `payload: expected a JSON object such as {"key": "value"}, got ${kindOf(payload)}`
    )
  }
  if (Object.hasOwn(payload, PAYLOAD_KEY)) {
    throw new InputError(`payload: the key "${PAYLOAD_KEY}" is this action's own, choose another`)
  }
  inspect(payload, '', 1)
  return payload
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1]
    const place = position === undefined ? '' : ` (${placeOf(text, Number(position))})`
    throw new InputError(`payload: expected a JSON object, got text that is no JSON${place}`)
  }
}

/** Line and column, which not every Node tells. */
function placeOf(text: string, position: number): string {
  const lines = text.slice(0, position).split('\n')
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}

/** Refuses what would not arrive as it was written. */
function inspect(value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) throw new InputError(`payload: expected at most ${MAX_DEPTH} levels`)
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new InputError(`payload: the number at ${path} is too large to be kept exactly, quote it`)
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new InputError(`payload: the number at ${path} is too large to be kept`)
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (DANGEROUS.includes(key)) throw new InputError(`payload: the key "${key}" is not allowed`)
    inspect(
      inner,
      path === '' ? key.slice(0, 40) : `${path}.${key.slice(0, 40)}`.slice(0, 200),
      depth + 1
    )
  }
}
