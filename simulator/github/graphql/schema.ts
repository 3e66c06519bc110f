import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { GraphQLSchema } from 'graphql'
import { oncePerProcess } from '../../native-modules.ts'
import { buildASTSchema, parse } from './library.ts'

/** GitHub's public schema, built on first use (0.3 s). */
export const githubSchema = (): GraphQLSchema => oncePerProcess('schema', buildSchema)

function buildSchema(): GraphQLSchema {
  // The package does not export its files, so find it through another package in the same scope.
  const neighbor = createRequire(import.meta.url).resolve('@octokit/openapi/package.json')
  const file = join(neighbor, '../../graphql-schema/schema.graphql')
  const document = parse(readFileSync(file, 'utf8'), { noLocation: true })
  // 15.26.1 defines two fields of EnterpriseOwnerInfo twice, which fails validation.
  return buildASTSchema(document, { assumeValid: true, assumeValidSDL: true })
}
