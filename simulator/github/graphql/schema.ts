import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql'

let built: GraphQLSchema | undefined

/** GitHub's public schema, built on first use (0.3 s). */
export function githubSchema(): GraphQLSchema {
  if (built) return built
  // The package does not export its files, so find it through another package in the same scope.
  const neighbor = createRequire(import.meta.url).resolve('@octokit/openapi/package.json')
  const file = join(neighbor, '../../graphql-schema/schema.graphql')
  const document = parse(readFileSync(file, 'utf8'), { noLocation: true })
  // 15.26.1 defines two fields of EnterpriseOwnerInfo twice, which fails validation.
  built = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true })
  return built
}
