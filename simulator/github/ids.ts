import { randomBytes } from 'node:crypto'

/**
 * A node id in GitHub's current format: a type prefix and the base64 of a MessagePack array.
 * `DE_kwDOHjNddM5sfT5s` is `[0, repository id, deployment id]`.
 */
export function nodeId(prefix: string, ...parts: readonly (number | string)[]): string {
  const bytes = [Buffer.from([0x91 + parts.length, 0x00]), ...parts.map(packed)]
  return `${prefix}_${Buffer.concat(bytes).toString('base64url')}`
}

function packed(part: number | string): Buffer {
  if (typeof part === 'string') {
    const text = Buffer.from(part)
    return Buffer.concat([Buffer.from([0xd9, text.length]), text])
  }
  if (part <= 0xffffffff) {
    const bytes = Buffer.alloc(5, 0xce)
    bytes.writeUInt32BE(part, 1)
    return bytes
  }
  const bytes = Buffer.alloc(9, 0xcf)
  bytes.writeBigUInt64BE(BigInt(part), 1)
  return bytes
}

/** A unique request id in GitHub's format: `AB12:3456:…`. */
export function requestId(number: number): string {
  const hex = (bytes: number): string => randomBytes(bytes).toString('hex').toUpperCase()
  return `${hex(2)}:${(0x10000 + number).toString(16).toUpperCase()}:${hex(3)}:${hex(3)}:${hex(4)}`
}

export interface Ids {
  deployment(): number
  status(): number
  other(): number
}

/**
 * Increasing ids with gaps, because ids are shared with all repositories on GitHub.
 * Deployment ids stay below 2^31 because of GraphQL's `databaseId: Int`. Status ids exceed it, as on GitHub.
 */
export function createIds(): Ids {
  let deployment = 2_000_000_000
  let status = 5_000_000_000
  let other = 700_000_000
  return {
    deployment: () => (deployment += 7),
    status: () => (status += 13),
    other: () => (other += 3)
  }
}
