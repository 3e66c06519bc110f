import { canSee, isAllowed, notAccessible } from '../access.ts'
import { CREATE_TOKEN } from '../apps.ts'
import { errorAnswer, notFound } from '../http/answers.ts'
import type { Caller, Inspection } from '../inspection.ts'
import { fullName } from '../store/state.ts'
import type { Store } from '../store/store.ts'
import type { Answer, RequestRecord } from '../types.ts'
import { CREATE_ARTIFACT_RECORD, postArtifactRecord } from './artifacts.ts'
import type { Call } from './call.ts'
import { ARTIFACT_RECORD_PATH } from './description.ts'
import { ROUTES, type Route } from './routes.ts'
import type { Match, Validator } from './validator.ts'
import { answerViolations, describeProblems } from './violations.ts'

export interface RestTools {
  store: Store
  validator: Validator
  checkAnswers: boolean
  problems: string[]
}

// Endpoints without a repository. The gate answers them.
const ANSWERED_BY_GATE = ['GET /rate_limit', CREATE_TOKEN]

/** Determines the operation of a REST request and its problems. */
export function inspectRest(tools: RestTools, record: RequestRecord): Inspection {
  const match = tools.validator.match(record, pathByName(tools.store, record.path))
  const isWrite = record.method !== 'GET' && record.method !== 'HEAD'
  if (match && ANSWERED_BY_GATE.includes(match.operation)) {
    const problems = describeProblems(record, match)
    return { operation: match.operation, isWrite, problems, answer: () => notFound() }
  }
  if (match?.operation === CREATE_ARTIFACT_RECORD) return artifactInspection(tools, record, match)
  if (isMissingOnGhes(record)) {
    // Not a problem: clients cannot know whether a server has this endpoint.
    return { operation: CREATE_ARTIFACT_RECORD, isWrite, problems: [], answer: () => notFound() }
  }
  const route = match && ROUTES[match.operation]
  if (!match || !route) {
    return {
      operation: 'unknown',
      isWrite,
      problems: ['no such route'],
      answer: () => notFound()
    }
  }
  return {
    operation: match.operation,
    isWrite,
    problems: describeProblems(record, match),
    answer: caller => {
      const answer = perform(tools, record, match, route, caller)
      return route.isPartial ? answer : checked(tools, match, answer)
    }
  }
}

const artifactInspection = (tools: RestTools, record: RequestRecord, match: Match): Inspection => ({
  operation: CREATE_ARTIFACT_RECORD,
  isWrite: true,
  problems: describeProblems(record, match),
  answer: caller => checked(tools, match, postArtifactRecord(tools.store, record, match, caller))
})

const isMissingOnGhes = ({ product, path }: RequestRecord): boolean =>
  product === 'ghes' && path.replace(/^(\/orgs\/)[^/]+/, '$1{org}') === ARTIFACT_RECORD_PATH

/** Replaces the repository id, which GitHub's `Link` headers contain, by its name. */
function pathByName(store: Store, path: string): string {
  const id = Number(/^\/repositories\/(\d+)(?=\/|$)/.exec(path)?.[1])
  const repository = store.all().find(each => each.id === id)
  return repository ? path.replace(/^\/repositories\/\d+/, `/repos/${fullName(repository)}`) : path
}

function perform(tools: RestTools, record: RequestRecord, match: Match, route: Route, caller: Caller): Answer {
  const { params, docs } = match
  const repository = tools.store.find(params['owner'] ?? '', params['repo'] ?? '')
  if (!repository || !canSee(caller.grant, repository)) return notFound(docs)
  const headers = { 'x-accepted-github-permissions': route.permission }
  if (!isAllowed(caller.grant, route.permission)) {
    return errorAnswer(403, { message: notAccessible(caller.grant), docs, headers })
  }
  const { actor, links, emit } = caller
  const body: Call['body'] = Object(record.body)
  const call = { repository, params, query: record.query, body, actor, links, docs, emit }
  const answer = answerViolations(record, match) ?? route.handle(call)
  return { ...answer, headers: { ...headers, ...answer.headers } }
}

/** Validates the simulator's own response against GitHub's description. */
function checked(tools: RestTools, match: Match, answer: Answer): Answer {
  if (!tools.checkAnswers || answer.body === undefined) return answer
  for (const difference of match.checkAnswer(answer.status, answer.body)) {
    tools.problems.push(`answer ${answer.status} of ${match.operation}: ${difference}`)
  }
  return answer
}
