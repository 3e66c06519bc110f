import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Document } from 'openapi-backend'
import { CREATE_TOKEN_PATH } from '../apps.ts'
import type { Product } from '../types.ts'

const FILES: Record<Product, string> = { 'github.com': 'api.github.com', ghes: 'ghes-3.19' }
/** Of the linked artifacts page, which GHES does not have. */
export const ARTIFACT_RECORD_PATH = '/orgs/{org}/artifacts/metadata/deployment-record'

const BASE = '/repos/{owner}/{repo}'
const PATHS = [
  '/rate_limit',
  BASE,
  `${BASE}/deployments`,
  `${BASE}/deployments/{deployment_id}`,
  `${BASE}/deployments/{deployment_id}/statuses`,
  `${BASE}/deployments/{deployment_id}/statuses/{status_id}`,
  `${BASE}/environments`,
  `${BASE}/environments/{environment_name}`,
  `${BASE}/actions/runs/{run_id}`,
  `${BASE}/actions/runs/{run_id}/attempts/{attempt_number}`,
  `${BASE}/actions/runs/{run_id}/attempts/{attempt_number}/jobs`,
  `${BASE}/pulls/{pull_number}`,
  ARTIFACT_RECORD_PATH,
  CREATE_TOKEN_PATH
]

/**
 * The part of GitHub's OpenAPI description that the simulator implements.
 * The whole description has 12 MB, so the part is extracted once and cached in `node_modules/.cache`.
 */
export function readDescription(product: Product): Document {
  const packageFile = createRequire(import.meta.url).resolve('@octokit/openapi/package.json')
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8'))
  const folder = join(dirname(packageFile), '../../.cache/simulated-github')
  const edition = createHash('sha256').update(PATHS.join()).digest('hex').slice(0, 8)
  const cacheFile = join(folder, `${FILES[product]}-${version}-${edition}.json`)
  if (existsSync(cacheFile)) return JSON.parse(readFileSync(cacheFile, 'utf8'))
  const file = join(dirname(packageFile), 'generated', `${FILES[product]}.json`)
  const part = extractPaths(JSON.parse(readFileSync(file, 'utf8')))
  writeAtomically(folder, cacheFile, JSON.stringify(part))
  return part
}

/** Renames a temporary file, because other test processes may read or write the same file. */
function writeAtomically(folder: string, file: string, text: string): void {
  mkdirSync(folder, { recursive: true })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text)
  renameSync(draft, file)
}

function extractPaths(whole: Document): Document {
  const components: Record<string, Record<string, unknown>> = {}
  const source: Record<string, Record<string, unknown>> = Object(whole.components)
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const reference = '$ref' in value ? value.$ref : undefined
    if (typeof reference === 'string') {
      const [, , kind = '', name = ''] = reference.split('/')
      components[kind] ??= {}
      const group = components[kind]
      if (name in group) return
      group[name] = source[kind]?.[name]
      collect(group[name])
    } else for (const each of Object.values(value)) collect(each)
  }
  const all: Record<string, unknown> = Object(whole.paths)
  const paths = Object.fromEntries(PATHS.filter(path => path in all).map(path => [path, all[path]]))
  collect(paths)
  return Object.assign({}, whole, { paths, components })
}

/** Validators without responses compile four times faster. */
export function withoutAnswers(document: Document): Document {
  for (const operations of Object.values(Object(document.paths))) {
    for (const operation of Object.values(Object(operations))) Object(operation).responses = {}
  }
  return document
}
