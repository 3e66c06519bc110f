import type { Deployments } from './deployments.ts'

/** Reads are sent, writes are only logged. A deployment that would be created has the id 0. */
export function dryRunOf(deployments: Deployments, log: (text: string) => void): Deployments {
  const would = (text: string, value: unknown) =>
    log(`Dry run: would ${text} ${JSON.stringify(value)}`)
  return {
    ...deployments,
    async create(wanted) {
      would('create the deployment', wanted)
      const isSha = /^[0-9a-f]{40}$/.test(wanted.ref)
      return { ...wanted, id: 0, sha: isSha ? wanted.ref : '', url: '', createdAt: '' }
    },
    async setStatus(id, status) {
      would(`set ${id === 0 ? 'it' : `deployment ${id}`} to ${status.state}`, status)
      return { ...status, id: 0 }
    },
    async latestStatus(id, onFailure) {
      return id === 0 ? undefined : deployments.latestStatus(id, onFailure)
    },
    async statuses(id, onFailure) {
      return id === 0 ? [] : deployments.statuses(id, onFailure)
    },
    async *setStatuses(items, statusOf) {
      for (const item of items) {
        const status = statusOf(item)
        would(`set deployment ${item.id} to ${status.state}`, status)
        yield [{ item, error: undefined, isGone: false }]
      }
    },
    async *removeAll(items) {
      for (const item of items) {
        log(`Dry run: would delete deployment ${item.id}`)
        yield [{ item, error: undefined, isGone: false }]
      }
    },
    async recordArtifact(record) {
      would('record the artifact', record)
    },
    async remove(id) {
      log(`Dry run: would delete deployment ${id}`)
    },
    async removeEnvironment(name) {
      log(`Dry run: would delete the environment "${name}"`)
    }
  }
}
