/**
 * The Backstage plugin github-deployments: the fields of `deploymentsQuery`,
 * workspaces/github/plugins/github-deployments/src/api/index.ts in backstage/community-plugins.
 */
export const BACKSTAGE_QUERY = `query Backstage($owner: String!, $name: String!, $environments: [String!], $last: Int) {
  repository(owner: $owner, name: $name) {
    deployments(last: $last, environments: $environments) {
      nodes {
        state environment updatedAt payload
        commit { abbreviatedOid commitUrl }
        statuses(last: 1) { nodes { logUrl } }
        creator { login }
        repository { nameWithOwner }
      }
    }
  }
}`
