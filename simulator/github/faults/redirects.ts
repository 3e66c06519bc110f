import type { Answer } from '../types.ts'
import type { Fault, FaultFacts } from './types.ts'

const moved = (status: number, location: string): Answer => ({
  status,
  headers: { location },
  body: {
    message: 'Moved Permanently',
    url: location,
    documentation_url: 'https://docs.github.com'
  }
})

const to =
  (status: number, target: (facts: FaultFacts) => string) =>
  (facts: FaultFacts): Answer =>
    moved(status, target(facts))

// Reserved by RFC 2606, so no such host exists.
const OTHER_HOST = 'https://api.github.example'

/** 301, 302, 307 and 308 to each kind of target, and 303, which changes the method to GET. */
export const redirects: readonly Fault[] = [
  ...[301, 302, 307, 308].flatMap((status): Fault[] => [
    {
      name: `${status} to the new name of the repository`,
      kind: 'moved',
      answer: to(status, ({ origin, renamed }) => origin + renamed)
    },
    {
      name: `${status} to another port`,
      kind: 'rejected',
      answer: to(status, ({ elsewhere, path }) => elsewhere + path)
    },
    {
      name: `${status} to another host`,
      kind: 'rejected',
      answer: to(status, ({ path }) => OTHER_HOST + path)
    }
  ]),
  {
    name: '303 to the same server',
    kind: 'rejected',
    answer: to(303, ({ origin, renamed }) => origin + renamed)
  }
]
