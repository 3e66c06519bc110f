/** Apache DevLake. It reads deployments with GraphQL. */

/** The fields of `GraphqlQueryDeploymentDeployment`, plugins/github_graphql/tasks/deployment_collector.go. */
export const DEVLAKE_QUERY = `query DevLake($owner: String!, $name: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    deployments(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes {
        task id commitOid environment state databaseId description payload
        ref { id name prefix }
        latestStatus { id state updatedAt }
        repository { id name url }
        createdAt updatedAt
      }
    }
  }
}`

/** `ConvertDeployment`, plugins/github/tasks/deployment_convertor.go. All other states have no result. */
const RESULTS: Readonly<Record<string, string>> = {
  SUCCESS: 'SUCCESS',
  INACTIVE: 'SUCCESS',
  ACTIVE: 'SUCCESS',
  ERROR: 'FAILURE',
  FAILURE: 'FAILURE'
}

/** The result that DevLake counts; empty without one. */
export const devLakeResult = (state: string): string => RESULTS[state] ?? ''
