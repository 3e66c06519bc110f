import type { Answer, Deliver, Interceptor, LocalGitHub, RequestRecord } from '../types.ts'
import type { Fault, FaultFacts } from './types.ts'

/** The time in which a fault lasts; the real one unless told. */
export interface FaultTime {
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** Holds a request back; ends early with the signal. */
  hold(milliseconds: number, signal: AbortSignal): Promise<void>
}

export interface InjectOptions {
  /** Which requests count; all of them unless told. */
  readonly matching?: (request: RequestRecord) => boolean
  /** The first one that is met, from 1. */
  readonly at?: number
  /** How many are met, from there on; 1 unless told. */
  readonly times?: number
  readonly time?: FaultTime
  /** The origin of another server, for redirects. */
  readonly elsewhere?: string
  /** Told of each request that is met, before anything else. */
  readonly onHit?: (request: RequestRecord) => void
}

export interface Injection {
  /** How often it has struck. */
  readonly hits: number
  remove(): Promise<void>
}

const realTime: FaultTime = {
  now: Date.now,
  sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
  hold: (milliseconds, signal) =>
    new Promise(resolve => {
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, milliseconds)
      signal.addEventListener('abort', end, { once: true })
    })
}

const REFUSED_MS = 200
const PIECES = 60

/** Has a fault meet the requests that are named. */
export function inject(github: LocalGitHub, fault: Fault, options: InjectOptions = {}): Injection {
  if (fault.answer === 'refused') return injectRefusal(github, options)
  const { matching = () => true, at = 1, times = 1, time = realTime } = options
  let seen = 0
  let hits = 0
  const remove = github.intercept(async (request, proceed, closed) => {
    if (!matching(request)) return undefined
    seen += 1
    if (seen < at || seen >= at + times) return undefined
    hits += 1
    options.onHit?.(request)
    return strike(fault, request, proceed, closed)
  })
  const strike = async (
    struck: Fault,
    request: RequestRecord,
    proceed: () => Promise<Answer>,
    closed: AbortSignal
  ): ReturnType<typeof scriptedBy> => {
    if (struck.isDone) await proceed()
    if (struck.holdMs !== undefined) await time.hold(struck.holdMs, closed)
    return scriptedBy(struck, factsOf(github, request, options), {
      deliver: deliveryOf(struck, time, closed)
    })
  }
  return {
    get hits() {
      return hits
    },
    remove: async () => remove()
  }
}

async function scriptedBy(
  { answer }: Fault,
  facts: FaultFacts,
  { deliver }: { deliver: Deliver | undefined }
): Promise<Awaited<ReturnType<Interceptor>>> {
  if (answer === 'reset' || answer === 'refused') return 'reset'
  const own = typeof answer === 'function' ? answer(facts) : answer
  if (deliver) return { deliver, ...(own && { answer: own }) }
  return own
}

function factsOf(
  github: LocalGitHub,
  { path, query }: RequestRecord,
  { time = realTime, elsewhere = 'http://127.0.0.1:9' }: InjectOptions
): FaultFacts {
  const search = new URLSearchParams(query).toString()
  const target = search === '' ? path : `${path}?${search}`
  const { id } = github.store.state
  const renamed = target.replace(/^\/repos\/[^/]+\/[^/?]+/, `/repositories/${id}`)
  // GraphQL has one address only.
  const moved = renamed === target ? `${target}?moved` : renamed
  return { now: time.now(), origin: github.origin, renamed: moved, path: target, elsewhere }
}

function deliveryOf(fault: Fault, time: FaultTime, closed: AbortSignal): Deliver | undefined {
  switch (fault.delivery) {
    case 'empty':
      return (response, { status, headers }) => {
        response.writeHead(status, { ...headers, ...lengthOf(headers, '') }).end()
      }
    case 'half':
      return (response, { status, headers, text }) => {
        const half = text.slice(0, text.length / 2)
        response.writeHead(status, { ...headers, ...lengthOf(headers, half) }).end(half)
      }
    case 'cut':
      return async (response, { status, headers, text }) => {
        response.writeHead(status, headers)
        const half = text.slice(0, text.length / 2)
        await new Promise<void>(resolve =>
          response.write(half === '' ? ' ' : half, () => resolve())
        )
        response.destroy()
      }
    case 'pieces':
      return async (response, { status, headers, text }) => {
        response.writeHead(status, headers)
        response.flushHeaders()
        const size = Math.max(1, Math.ceil(text.length / PIECES))
        const count = Math.max(1, Math.ceil(text.length / size))
        for (let from = 0; from < text.length && !closed.aborted; from += size) {
          // Held before each piece: who has the last one may use the connection again at once.
          await time.hold((fault.overMs ?? 0) / count, closed)
          response.write(text.slice(from, from + size))
        }
        response.end()
      }
    default:
      return undefined
  }
}

/** A 204 has no length to change. */
const lengthOf = (headers: Readonly<Record<string, string>>, text: string) =>
  headers['content-length'] === undefined
    ? {}
    : { 'content-length': String(Buffer.byteLength(text)) }

/**
 * Closes the port before the request that is meant: at once for the first one, else while the one before
 * it is answered. It counts all requests, since one that is refused is never seen; and it does not strike
 * where the one that is meant is sent side by side with the one before it.
 */
function injectRefusal(
  github: LocalGitHub,
  { at = 1, times = 1, time = realTime }: InjectOptions
): Injection {
  let seen = 0
  let hits = 0
  let again: (() => Promise<void>) | undefined
  const listenAgain = async () => {
    const opening = again
    again = undefined
    await opening?.()
  }
  const refuse = () => {
    // What was sent side by side with the last one is here already.
    if (seen >= at) return
    hits = 1
    again = github.refuseConnections()
    if (times === 1) time.sleep(REFUSED_MS).then(listenAgain, () => undefined)
  }
  const remove = github.intercept(() => {
    seen += 1
    const isLast = seen === at - 1
    if (again) hits = 0
    return {
      deliver: (response, { status, headers, text }) => {
        if (isLast) refuse()
        // A connection that is kept would lead around the closed port.
        response.shouldKeepAlive = false
        response.writeHead(status, headers).end(text)
      }
    }
  })
  if (at === 1) refuse()
  return {
    get hits() {
      return hits
    },
    remove: async () => {
      remove()
      await listenAgain()
    }
  }
}
