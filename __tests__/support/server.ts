import { afterAll, expect, test } from '@jest/globals'
import type { LocalGitHub, LocalGitHubOptions } from '../../simulator/github/index.ts'
import { isEnterprise, KIND, type ServerKind } from './server-kind.ts'

/** What a server may be without, and a story may be about. */
type Thing = 'check runs'

const ENTERPRISE = { 'check runs': 'the runner of an Enterprise Server knows none' }

/** Why a story about a thing tells nothing there: all that is left out of any kind, and nothing else is. */
const LACKING: Readonly<Record<ServerKind, Readonly<Partial<Record<Thing, string>>>>> = {
  'github.com': {},
  ghes: ENTERPRISE,
  'ghe.com': {},
  'ghes-behind-proxy': ENTERPRISE
}

/** `test` for a story about things that not every server has: its title says why it is left out. */
export function needs(...things: readonly Thing[]): typeof test {
  const reason = things.map(thing => LACKING[KIND][thing]).find(each => each !== undefined)
  if (reason === undefined) return test
  const titled = (title: string) => `${title} [left out: ${reason}]`
  const leftOut = (title: string) => test.skip(titled(title), () => undefined)
  const each = (table: readonly unknown[]) => (title: string) => test.skip.each(table)(titled(title), () => undefined)
  return Object.assign(leftOut, { each }) as unknown as typeof test
}

// What only a real proxy leads to; not even imported where the stories need Node alone.
const network =
  KIND === 'ghes-behind-proxy' ? await (await import('../tools/support/network.ts')).startNetwork() : undefined
afterAll(() => network?.close())

/** What the local GitHub of a story is started with, where the story does not say it. */
export const SERVER: LocalGitHubOptions = {
  ...(network && { listen: network.listen })
}

/** What the runner tells each step about the server. A story that names a flavour means that one. */
export const envOf =
  (github: LocalGitHub): LocalGitHub['env'] =>
  product => ({
    ...github.env(product ?? (isEnterprise ? 'ghes' : 'github.com')),
    // The pages of GHE.com are elsewhere than its API.
    ...(KIND === 'ghe.com' && !product && { GITHUB_SERVER_URL: 'https://octocorp.ghe.com' }),
    ...network?.env
  })

/** Every request has come to where the API is on such a server. */
export function expectOwnRequests({ requests }: LocalGitHub): void {
  const strays = isEnterprise ? requests.filter(({ product }) => product !== 'ghes') : []
  expect(strays.map(({ method, path }) => `${method} ${path}`)).toEqual([])
}
