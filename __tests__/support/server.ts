import { afterAll, expect, test } from '@jest/globals'
import type { LocalGitHub, LocalGitHubOptions } from '../../simulator/github/index.ts'
import { isEnterprise, KIND, type ServerKind } from './server-kind.ts'

/** A feature that a kind of server can lack. */
type Feature = 'check runs'

const ENTERPRISE = { 'check runs': 'the runner of an Enterprise Server has no check run id' }

/** The features that each kind of server lacks, and why. */
const LACKING: Readonly<Record<ServerKind, Readonly<Partial<Record<Feature, string>>>>> = {
  'github.com': {},
  ghes: ENTERPRISE,
  'ghe.com': {},
  'ghes-behind-proxy': ENTERPRISE
}

/** `test` for a scenario that needs these features. On other servers it is skipped, and its title says why. */
export function needs(...features: readonly Feature[]): typeof test {
  const reason = features.map(feature => LACKING[KIND][feature]).find(each => each !== undefined)
  if (reason === undefined) return test
  const titled = (title: string) => `${title} [left out: ${reason}]`
  const leftOut = (title: string) => test.skip(titled(title), () => undefined)
  const each = (table: readonly unknown[]) => (title: string) => test.skip.each(table)(titled(title), () => undefined)
  return Object.assign(leftOut, { each }) as unknown as typeof test
}

// Needs a proxy program, so it is imported only for this kind of server.
const network =
  KIND === 'ghes-behind-proxy' ? await (await import('../tools/support/network.ts')).startNetwork() : undefined
afterAll(() => network?.close())

/** The default options of the simulated GitHub. */
export const SERVER: LocalGitHubOptions = {
  ...(network && { listen: network.listen })
}

/** The runner's variables about the server. A scenario that names a product gets the variables of that product. */
export const envOf =
  (github: LocalGitHub): LocalGitHub['env'] =>
  product => ({
    ...github.env(product ?? (isEnterprise ? 'ghes' : 'github.com')),
    // The pages and the API of GHE.com have different origins.
    ...(KIND === 'ghe.com' && !product && { GITHUB_SERVER_URL: 'https://octocorp.ghe.com' }),
    ...network?.env
  })

/** Every request has a path of the API of this kind of server. */
export function expectOwnRequests({ requests }: LocalGitHub): void {
  const strays = isEnterprise ? requests.filter(({ product }) => product !== 'ghes') : []
  expect(strays.map(({ method, path }) => `${method} ${path}`)).toEqual([])
}
