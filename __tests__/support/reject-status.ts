import type { LocalGitHub } from '../../simulator/github/index.ts'

/** GitHub rejects each status of one deployment: 422 by REST, and not found in a GraphQL document. */
export function rejectStatus(github: LocalGitHub, id: number): void {
  github.intercept(({ path, method, body }) => {
    if (path.endsWith(`/deployments/${id}/statuses`) && method === 'POST') {
      return { status: 422, body: { message: 'Validation Failed', errors: ['odd'] } }
    }
    const inputs = Object.values<{ deploymentId?: string }>(Object(Object(body).variables))
    const nodeId = github.store.deployments().find(each => each.id === id)?.nodeId
    for (const input of inputs) {
      if (input?.deploymentId === nodeId) input.deploymentId = 'DE_unknown'
    }
    return undefined
  })
}
