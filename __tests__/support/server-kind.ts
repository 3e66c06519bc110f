/**
 * What the stories run against: `npm test` has `github.com`, `jest.servers.config.js` the others.
 * Read here and nowhere else; scripts read it too, so that nothing of the test runner is imported.
 */
export type ServerKind = 'github.com' | 'ghes' | 'ghe.com' | 'ghes-behind-proxy'

export const KIND: ServerKind = Object(globalThis).serverKind ?? 'github.com'

/** Its API is below `/api`, and its runner knows no check run. */
export const isEnterprise = KIND.startsWith('ghes')

/** The check run of a job as its runner knows it. */
export const checkRunHere = (id: number | undefined): number | undefined => (isEnterprise ? undefined : id)
