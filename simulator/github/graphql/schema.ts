import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql'

let built: GraphQLSchema | undefined

/** GitHub's public schema; built at the first GraphQL request of a process (0.3 s). */
export function githubSchema(): GraphQLSchema {
  if (built) return built
  // The package exports no path to its files; its neighbour in the same scope does.
  const neighbour = createRequire(import.meta.url).resolve('@octokit/openapi/package.json')
  const file = join(neighbour, '../../graphql-schema/schema.graphql')
  const document = parse(readFileSync(file, 'utf8'), { noLocation: true })
  // 15.26.1 defines two fields of EnterpriseOwnerInfo twice, which the usual checks refuse.
  built = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true })
  return built
}
