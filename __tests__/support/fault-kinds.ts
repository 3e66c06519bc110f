import { ENDLESS_LISTS, type Fault, fault } from '../../simulator/github/index.ts'
import { type Conditions, type Outcome, type Strike, type Target, targetsOf } from './fault-cell.ts'
import { type Expected, expectedOf, type Trial } from './fault-judge.ts'
import { behindProxy, behindTls, resolveHost } from './fault-network.ts'
import type { Flow } from './flow.ts'
import { ODD_FILES } from './odd-files.ts'

/** A cell of a kind, and what is different around its stage. */
export interface KindTrial extends Trial {
  readonly conditions?: Conditions
}

/** A kind of fault that is more than one request that goes wrong. */
export interface Kind {
  readonly name: string
  /** One sentence for the page: what happens, and what the action has to do. */
  readonly meaning: string
  trials(flow: Flow, dry: Outcome, elsewhere: string): KindTrial[]
}

const isGraphql = ({ path }: Target): boolean => path === '/graphql'
const isList = (target: Target): boolean =>
  target.operation.startsWith('graphql query') || (target.method === 'GET' && /s$/.test(target.path))

const LASTS_S = [4, 20, 45, 90]

const WAYS: readonly (readonly [name: string, fault: string, code?: string])[] = [
  ['connections are refused', 'refused connection'],
  ['the name does not resolve (ENOTFOUND)', 'refused connection', 'ENOTFOUND'],
  ['the name does not resolve (EAI_AGAIN)', 'refused connection', 'EAI_AGAIN'],
  ['connections are reset', 'reset'],
  ['the answer is 503', '503'],
  ['there is no answer', 'hang']
]

const passing: Kind = {
  name: 'outages that end by themselves',
  meaning:
    'GitHub cannot be reached, resets connections, answers 503, or does not answer for 4 to 90 s; the step waits, and then continues as without the outage',
  trials: (_flow, dry, elsewhere) =>
    targetsOf(dry).flatMap(target =>
      WAYS.flatMap(([way, name, code]) =>
        LASTS_S.map(seconds => ({
          name: `${way} for ${seconds} s from request ${target.number} on`,
          expected: 'recovered' as const,
          isRetried: true,
          strike: {
            ...{ fault: fault(name), target, reach: 'on' as const, forMs: seconds * 1000, elsewhere },
            ...(code !== undefined && { refuse: () => resolveHost(code) })
          },
          ...(code !== undefined && { conditions: { network: behindTls('end', 0) } })
        }))
      )
    )
}

const graphql: Kind = {
  name: 'GraphQL alone',
  meaning:
    'GraphQL fails or does not answer while REST works; a known deployment still gets its final state, with a warning that names what was not checked',
  trials: (flow, dry, elsewhere) =>
    targetsOf(dry)
      .filter(isGraphql)
      .slice(0, 1)
      .flatMap(target =>
        ['502 with HTML', 'hang'].flatMap(name =>
          [40, Infinity].map(seconds => ({
            name: `GraphQL: ${name}${seconds === Infinity ? '' : ` for ${seconds} s`}`,
            expected: seconds < Infinity ? 'recovered' : expectedWithoutGraphql(flow),
            isRetried: true,
            strike: {
              ...{ fault: fault(name), target, reach: 'path' as const, elsewhere },
              ...(seconds < Infinity && { forMs: seconds * 1000 })
            }
          }))
        )
      )
}

const expectedWithoutGraphql = (flow: Flow): Expected =>
  flow.supersedes ? 'posted' : flow.name.startsWith('start') ? 'harmless' : 'reported'

const ALWAYS = Infinity
const TEMPORARY = [20_000, ALWAYS]

/** A network that opens no connection for a time: nothing is sent, so the step waits until it does. */
const noConnection = (name: string, forMs: number, network: NonNullable<Conditions['network']>): KindTrial => ({
  name: `${name}, ${lasting(forMs)}`,
  expected: forMs === ALWAYS ? 'reported' : 'recovered',
  isRetried: true,
  conditions: { network }
})

const proxies: Kind = {
  name: 'proxies',
  meaning:
    'the proxy refuses tunnels, does not answer, closes the connection, or is down, for 20 s or permanently; nothing was sent, so the step waits until the proxy works, or ends with one message that names it',
  trials: () => [
    ...([403, 407, 502, 'close', 'hang'] as const).flatMap(answer =>
      TEMPORARY.map(forMs =>
        noConnection(`a proxy that answers CONNECT with ${answer}`, forMs, behindProxy(answer, forMs))
      )
    ),
    noConnection('a proxy that is down', ALWAYS, behindProxy(undefined, ALWAYS))
  ]
}

const tunnels: Kind = {
  name: 'tunnels that end',
  meaning:
    'the proxy ends a tunnel after a request was sent; GitHub may have processed it, so its result is looked up before it is sent again',
  trials: (flow, dry, elsewhere) =>
    targetsOf(dry).flatMap(target =>
      ['reset', 'reset after it was done'].map(name => {
        const strike: Strike = { fault: fault(name), target, reach: 'once', elsewhere }
        const conditions = { network: behindProxy('open', ALWAYS) }
        return { name: `behind a proxy, ${describe(strike)}`, ...expectedFor(flow, strike), strike, conditions }
      })
    )
}

const handshakes: Kind = {
  name: 'TLS handshakes',
  meaning:
    'a TLS handshake ends or gets no response, for 20 s or permanently, or the certificate is not trusted; nothing was sent, so the step waits, or ends with one message',
  trials: () => [
    ...(['end', 'silence'] as const).flatMap(how =>
      TEMPORARY.map(forMs => noConnection(`TLS handshakes: ${how}`, forMs, behindTls(how, forMs)))
    ),
    noConnection('TLS handshakes: untrusted', ALWAYS, behindTls('untrusted', ALWAYS))
  ]
}

const lag: Kind = {
  name: 'lists that lag',
  meaning:
    'lists show the data of 5 s ago while a response is lost; the look-up waits until they are current, so nothing is sent twice',
  trials: (flow, dry, elsewhere) =>
    targetsOf(dry).flatMap(target =>
      ['reset after it was done', '502 after it was done', 'empty body'].map(name => {
        const strike: Strike = { fault: fault(name), target, reach: 'once', elsewhere }
        return {
          name: `lists lag by 5 s, ${describe(strike)}`,
          ...{ ...expectedFor(flow, strike), strike, conditions: { lagMs: 5_000 } }
        }
      })
    )
}

const loops: Kind = {
  name: 'lists that do not end',
  meaning:
    'a list links to the same page again, to endless new pages, or to empty pages; reading ends with one message',
  trials: (_flow, dry, elsewhere) =>
    targetsOf(dry)
      .filter(isList)
      .flatMap(target =>
        ENDLESS_LISTS.map(endless => ({
          name: `${endless.name}, ${describe({ target })}`,
          ...{ expected: 'reported' as const, isRetried: false },
          strike: { fault: endless, target, reach: 'same' as const, elsewhere }
        }))
      )
}

const SKEWS_S = [-3600, -300, 300, 3600]
const DATED = ['429, retry-after as a date', '403 primary, reset in 30 s', '403 primary, reset in an hour']

const clocks: Kind = {
  name: 'clocks that are off',
  meaning:
    "the runner's clock is off by 5 minutes or an hour while GitHub names a time to wait for; the time in GitHub's responses is used",
  trials: (flow, dry, elsewhere) =>
    targetsOf(dry)
      .filter(({ method, path }) => method !== 'GET' && path !== '/graphql')
      .slice(0, 1)
      .flatMap(target =>
        SKEWS_S.flatMap(seconds =>
          DATED.map(name => {
            const isLong = name.includes('hour')
            const strike: Strike = { fault: fault(name), target, reach: 'once', elsewhere }
            const limited: Strike = { ...strike, reach: 'same', forMs: name.includes('date') ? 4_500 : 29_500 }
            return {
              name: `a clock that is off by ${seconds} s, ${describe(strike)}`,
              ...expectedFor(flow, strike),
              maxHits: 1,
              strike: isLong ? strike : limited,
              conditions: { skewMs: seconds * 1000 }
            }
          })
        )
      )
}

const DONE_MS = [500, 4_000, 8_500, 9_900]

const kills: Kind = {
  name: 'kills during a slow create',
  meaning:
    'the runner kills the step while GitHub processes the create for up to 10 s; the post step looks for the deployment until it can no longer appear, and marks it as failed',
  trials: flow =>
    /^start(?!, queued| on a)/.test(flow.name)
      ? DONE_MS.flatMap(doneMs =>
          [0, 0.25, 0.5, 0.75, 0.99].map(part => ({
            name: `killed after ${Math.round(part * doneMs)} ms of a create that takes ${doneMs} ms`,
            ...{ expected: 'interrupted' as const, isRetried: false },
            conditions: { kill: { atMs: Math.round(part * doneMs), doneMs } }
          }))
        )
      : []
}

const files: Kind = {
  name: 'forged and odd files',
  meaning:
    "another step empties the job's folder, changes records, adds a thousand files, or replaces them with a FIFO or a folder; the result is the same, and no other deployment changes",
  trials: (flow, dry) =>
    /in the same job|end of the job/.test(flow.name)
      ? ODD_FILES.map(({ name, tamper }) => ({
          ...{ name, expected: 'recovered' as const, isRetried: false, conditions: { tamper } },
          maxRequests: dry.requests.length + 3
        }))
      : []
}

const lasting = (forMs: number): string => (forMs === ALWAYS ? 'permanently' : `for ${forMs / 1000} s`)

const describe = ({ fault: one, target }: { fault?: Fault; target: Target }): string =>
  `${one ? `${one.name} ` : ''}at request ${target.number}, ${target.operation}`

/** What is expected of a fault in one request, regardless of the conditions. */
export const expectedFor = (flow: Flow, strike: Strike): Pick<Trial, 'expected' | 'isRetried'> => ({
  expected: expectedOf(flow, strike),
  isRetried: ['transient', 'ambiguous', 'late'].includes(strike.fault.kind) && expectedOf(flow, strike) !== 'rejected'
})

export const KINDS: readonly Kind[] = [passing, graphql, proxies, tunnels, handshakes, lag, loops, clocks, kills, files]
