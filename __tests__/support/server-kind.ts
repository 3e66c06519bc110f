/**
 * The kind of server that the tests run against: `github.com` in `npm test`, the others in `jest.servers.config.js`.
 * Scripts import this file too, so it imports nothing of the test runner.
 */
export type ServerKind = 'github.com' | 'ghes' | 'ghe.com' | 'ghes-behind-proxy'

export const KIND: ServerKind = Object(globalThis).serverKind ?? 'github.com'

/** Its API is below `/api`, and its runner has no check run id. */
export const isEnterprise = KIND.startsWith('ghes')

/** The check run id of a job, if the runner of this kind of server has it. */
export const checkRunHere = (id: number | undefined): number | undefined => (isEnterprise ? undefined : id)
