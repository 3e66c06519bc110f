import type { OpenAPIBackend, Operation } from 'openapi-backend'
import type { Flavour, RequestRecord } from '../types.ts'
import { readDescription, withoutAnswers } from './description.ts'
import { loadBackend } from './load-backend.ts'

export interface Match {
  /** `POST /repos/{owner}/{repo}/deployments` */
  operation: string
  docs: string
  params: Record<string, string>
  violations: readonly Violation[]
  /** What in this answer GitHub's description does not know. */
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
  /** Undefined when no operation has this method and path. */
  match(record: RequestRecord, path: string): Match | undefined
}

// Compiling the checks of an operation takes up to 100 ms, and every test starts a server.
const validators = new Map<string, Promise<Validator>>()

/** Holds requests, and answers when asked to, against GitHub's description of one flavour. */
export function validatorFor(flavour: Flavour, withAnswers: boolean): Promise<Validator> {
  const key = `${flavour} ${withAnswers}`
  const validator = validators.get(key) ?? createValidator(flavour, withAnswers)
  validators.set(key, validator)
  return validator
}

async function createValidator(flavour: Flavour, withAnswers: boolean): Promise<Validator> {
  const document = readDescription(flavour)
  const Backend = loadBackend()
  const api = new Backend({
    definition: withAnswers ? document : withoutAnswers(document),
    quick: true,
    ignoreTrailingSlashes: false,
    ajvOpts: { strict: false, allErrors: true, verbose: true, logger: false }
  })
  await api.init()
  // Asked for with each request, and put together anew each time.
  const operations = api.router.getOperations()
  api.router.getOperations = () => operations
  return { match: (record, path) => match(api, record, path) }
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
    violations: [
      ...(errors ?? []).map(error => describe(error, record)),
      ...unknownProperties(operation, body)
    ],
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

/** GitHub's nullable enums do not list null, as OpenAPI asks of them. */
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

/** The description leaves bodies open; a property it does not list is a typo all the same. */
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
