import { artifactFields } from './artifacts.ts'
import type { Deployments } from './deployments.ts'
import { deploymentBody, statusFields } from './writes.ts'

/**
 * Reads are sent; each write is logged as its REST request, `METHOD path body`. A deployment that would be created has
 * the id 0, for which the path has GitHub's placeholder.
 */
export function dryRunOf(deployments: Deployments, repository: string, log: (text: string) => void): Deployments {
  const logWrite = (method: 'POST' | 'DELETE', path: string, body: string) =>
    log([method, path, body].join(' ').trimEnd())
  const write = (method: 'POST' | 'DELETE', path: string, body = '') =>
    logWrite(method, `/repos/${repository}${path}`, body)
  const pathOf = (id: number) => `/deployments/${id === 0 ? '{deployment_id}' : id}`
  return {
    ...deployments,
    async create(wanted) {
      write('POST', '/deployments', deploymentBody(wanted))
      const isSha = /^[0-9a-f]{40}$/.test(wanted.ref)
      return { ...wanted, id: 0, sha: isSha ? wanted.ref : '', origin: undefined, url: '', createdAt: '' }
    },
    async setStatus(id, status) {
      write('POST', `${pathOf(id)}/statuses`, JSON.stringify(statusFields(status)))
      return { ...status, id: 0 }
    },
    async latestStatus(id, ...options) {
      return id === 0 ? undefined : deployments.latestStatus(id, ...options)
    },
    async statuses(id, ...options) {
      return id === 0 ? [] : deployments.statuses(id, ...options)
    },
    async *setStatuses(items, statusOf) {
      for (const item of items) {
        write('POST', `${pathOf(item.id)}/statuses`, JSON.stringify(statusFields(statusOf(item))))
        yield [{ item, error: undefined, isGone: false }]
      }
    },
    async *removeAll(items) {
      for (const item of items) {
        write('DELETE', pathOf(item.id))
        yield [{ item, error: undefined, isGone: false }]
      }
    },
    async recordArtifact(record) {
      const [org] = repository.split('/')
      const path = `/orgs/${org}/artifacts/metadata/deployment-record`
      logWrite('POST', path, JSON.stringify(artifactFields(repository, record)))
      return false
    },
    async remove(id) {
      write('DELETE', pathOf(id))
    },
    async removeEnvironment(name) {
      write('DELETE', `/environments/${encodeURIComponent(name)}`)
      return true
    }
  }
}
