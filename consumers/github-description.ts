import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** GitHub's OpenAPI description, which includes the schemas of webhooks, as JSON Schema. */
export function githubSchemas(): Record<string, unknown> {
  const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json')
  return { components: toJsonSchema(JSON.parse(readFileSync(file, 'utf8')).components) }
}

/** OpenAPI 3.0 has `nullable`, for which JSON Schema has the type `null`. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema)
  if (typeof value !== 'object' || value === null) return value
  const { nullable, ...rest }: Record<string, unknown> = { ...value }
  const schema = Object.fromEntries(Object.entries(rest).map(([name, each]) => [name, toJsonSchema(each)]))
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema
}
