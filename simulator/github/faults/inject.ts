import type { Answer, Deliver, Interceptor, LocalGitHub, RequestRecord } from '../types.ts'
import type { Fault, FaultFacts } from './types.ts'

/** The clock that faults use. Defaults to real time. */
export interface FaultTime {
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** Delays a request. Resolves early if the signal aborts. */
  hold(milliseconds: number, signal: AbortSignal): Promise<void>
}

export interface InjectOptions {
  /** Selects the requests that count. Defaults to all. */
  readonly matching?: (request: RequestRecord) => boolean
  /** The first matching request to fail, counted from 1. */
  readonly at?: number
  /** How many matching requests fail. Defaults to 1. */
  readonly times?: number
  /** How long matching requests fail from the first one on, in milliseconds. Replaces `times`. */
  readonly forMs?: number
  /** Makes connections fail. Returns a function that ends it. Defaults to a closed port. */
  readonly refuse?: () => () => Promise<void>
  readonly time?: FaultTime
  /** The origin of another server, the target of some redirects. */
  readonly elsewhere?: string
  /** Called with each request that fails, before the fault is applied. */
  readonly onHit?: (request: RequestRecord) => void
}

export interface Injection {
  /** The number of requests that the fault was applied to. */
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

/** Applies a fault to matching requests. */
export function inject(github: LocalGitHub, fault: Fault, options: InjectOptions = {}): Injection {
  if (fault.answer === 'refused') return injectRefusal(github, options)
  const { matching = () => true, at = 1, forMs, times = forMs === undefined ? 1 : Infinity, time = realTime } = options
  let seen = 0
  let hits = 0
  let endsAt = Infinity
  let first: Answer | undefined
  const remove = github.intercept(async (request, proceed, closed) => {
    if (!matching(request)) return undefined
    seen += 1
    if (seen < at || seen >= at + times || time.now() >= endsAt) return undefined
    if (hits === 0 && forMs !== undefined) endsAt = time.now() + forMs
    hits += 1
    options.onHit?.(request)
    return applyFault(fault, request, proceed, closed)
  })
  const applyFault = async (
    applied: Fault,
    request: RequestRecord,
    proceed: () => Promise<Answer>,
    closed: AbortSignal
  ): ReturnType<typeof scriptedBy> => {
    const facts = { ...factsOf(github, request, options), hits: hits - 1 }
    if (applied.change) {
      first ??= await proceed()
      return applied.change(first, facts)
    }
    if (applied.isProcessed) await proceed()
    if (applied.holdMs !== undefined) await time.hold(applied.holdMs, closed)
    return scriptedBy(applied, facts, {
      deliver: deliveryOf(applied, time, closed)
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
): Omit<FaultFacts, 'hits'> {
  const search = new URLSearchParams(query).toString()
  const target = search === '' ? path : `${path}?${search}`
  const { id } = github.store.state
  const renamed = target.replace(/^\/repos\/[^/]+\/[^/?]+/, `/repositories/${id}`)
  // GraphQL has only one URL.
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
        await new Promise<void>(resolve => response.write(half === '' ? ' ' : half, () => resolve()))
        response.destroy()
      }
    case 'pieces':
      return async (response, { status, headers, text }) => {
        response.writeHead(status, headers)
        response.flushHeaders()
        const size = Math.max(1, Math.ceil(text.length / PIECES))
        const count = Math.max(1, Math.ceil(text.length / size))
        for (let from = 0; from < text.length && !closed.aborted; from += size) {
          // Wait before each piece: after the last one, the client may reuse the connection at once.
          await time.hold((fault.overMs ?? 0) / count, closed)
          response.write(text.slice(from, from + size))
        }
        response.end()
      }
    default:
      return undefined
  }
}

/** A 204 response has no `content-length`. */
const lengthOf = (headers: Readonly<Record<string, string>>, text: string) =>
  headers['content-length'] === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) }

/**
 * Closes the port before request number `at`: immediately for the first one, otherwise while the previous
 * request is answered. It counts all requests, because a refused one is never received. It has no effect if
 * the two requests are sent in parallel.
 */
function injectRefusal(github: LocalGitHub, options: InjectOptions): Injection {
  const { at = 1, times = 1, forMs, time = realTime, refuse: close = github.refuseConnections } = options
  const lastsMs = forMs ?? (times === 1 ? REFUSED_MS : Infinity)
  let seen = 0
  let hits = 0
  let reopen: (() => Promise<void>) | undefined
  const listenAgain = async () => {
    const opening = reopen
    reopen = undefined
    await opening?.()
  }
  const refuse = () => {
    // A request that was sent in parallel with the previous one has already arrived.
    if (seen >= at) return
    hits = 1
    reopen = close()
    if (lastsMs < Infinity) time.sleep(lastsMs).then(listenAgain, () => undefined)
  }
  const remove = github.intercept(() => {
    seen += 1
    const isLast = seen === at - 1
    if (reopen) hits = 0
    return {
      deliver: (response, { status, headers, text }) => {
        if (isLast) refuse()
        // A kept-alive connection would bypass the closed port.
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
