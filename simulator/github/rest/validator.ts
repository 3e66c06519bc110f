import type backend from 'openapi-backend'
import type { OpenAPIBackend, Operation } from 'openapi-backend'
import { oncePerProcess, requireNatively } from '../../native-modules.ts'
import type { Product, RequestRecord } from '../types.ts'
import { readDescription, withoutAnswers } from './description.ts'

export interface Match {
  /** `POST /repos/{owner}/{repo}/deployments` */
  operation: string
  docs: string
  params: Record<string, string>
  violations: readonly Violation[]
  /** Differences between a response and GitHub's description. */
  checkAnswer(status: number, body: unknown): readonly string[]
}

export interface Violation {
  where: 'path' | 'query' | 'body'
  field: string
  keyword: string
  value: unknown
  text: string
}

export interface Validator {
  /** Undefined if no operation has this method and path. */
  match(record: RequestRecord, path: string): Match | undefined
}

/** Validates requests, and optionally responses, against GitHub's description of a product. */
export async function validatorFor(product: Product, withAnswers: boolean): Promise<Validator> {
  // Compiling the validator of an operation takes up to 100 ms, and every test starts a server.
  const key = `validator ${product} ${withAnswers}`
  const api = await oncePerProcess(key, () => createBackend(product, withAnswers))
  return { match: (record, path) => match(api, record, path) }
}

async function createBackend(product: Product, withAnswers: boolean): Promise<OpenAPIBackend> {
  const document = readDescription(product)
  const { OpenAPIBackend: Backend } = requireNatively('openapi-backend') as typeof backend
  const api = new Backend({
    definition: withAnswers ? document : withoutAnswers(document),
    quick: true,
    ignoreTrailingSlashes: false,
    ajvOpts: { strict: false, allErrors: true, verbose: true, logger: false }
  })
  await api.init()
  // Cached: openapi-backend computes the list for each request.
  const operations = api.router.getOperations()
  api.router.getOperations = () => operations
  return api
}

function match(api: OpenAPIBackend, record: RequestRecord, path: string): Match | undefined {
  const { method, query, body, headers } = record
  const request = { method: method.toLowerCase(), path, query, headers, body }
  const operation = api.router.matchOperation(request)
  if (!operation?.operationId) return undefined
  const { operationId } = operation
  const { errors } = api.validator.validateRequest(request, operation)
  return {
    operation: `${method} ${operation.path}`,
    docs: operation.externalDocs?.url ?? 'https://docs.github.com/rest',
    params: readParams(operation.path, path),
    violations: [...(errors ?? []).map(error => describe(error, record)), ...unknownProperties(operation, body)],
    checkAnswer: (status, answer) =>
      (api.validator.validateResponse(answer, operationId, status).errors ?? [])
        .filter(error => !isNullOfEnum(error))
        .map(error => `${error.instancePath} ${error.message}`)
  }
}

function readParams(template: string, path: string): Record<string, string> {
  const values = path.split('/')
  const named = template
    .split('/')
    .map((part, index) => [part, decodeURIComponent(values[index] ?? '')] as const)
    .filter(([part]) => part.startsWith('{'))
  return Object.fromEntries(named.map(([part, value]) => [part.slice(1, -1), value]))
}

interface SchemaError {
  instancePath: string
  keyword: string
  params: object
  message?: string
  data?: unknown
  parentSchema?: object
}

/** GitHub's nullable enums do not list null, although OpenAPI requires it. */
const isNullOfEnum = ({ keyword, data, parentSchema }: SchemaError): boolean =>
  keyword === 'enum' && data === null && Object(parentSchema).nullable === true

function describe(error: SchemaError, record: RequestRecord): Violation {
  const [, top = '', ...rest] = error.instancePath.split('/')
  const where = top === 'path' || top === 'query' ? top : 'body'
  const params: Record<string, unknown> = { ...error.params }
  const missing = params['missingProperty'] ?? params['additionalProperty']
  const field = String(missing ?? rest.join('/'))
  const source = where === 'query' ? record.query : record.body
  const value = Object(source)[rest[0] ?? '']
  return {
    where,
    field,
    keyword: error.keyword,
    value,
    text: `${where} ${field}: ${error.message}`
  }
}

/** The description allows additional properties, but an unlisted one is most likely a typo. */
function unknownProperties(operation: Operation, body: unknown): Violation[] {
  const content = Object(operation.requestBody).content?.['application/json']
  const known: object | undefined = content?.schema?.properties
  if (known === undefined || typeof body !== 'object' || body === null) return []
  return Object.keys(body)
    .filter(field => !(field in known))
    .map(field => ({
      where: 'body',
      field,
      keyword: 'unknownProperty',
      value: undefined,
      text: `body ${field}: not in GitHub's description`
    }))
}
