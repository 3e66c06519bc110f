import { json, notFound } from '../http/answers.ts'
import type { Actor } from '../model.ts'
import { fullName, type RepositoryState } from '../store/state.ts'
import type { Answer } from '../types.ts'
import type { Call } from './call.ts'
import { type Links, repositoryUrl } from './links.ts'
import { timestamp, userShape } from './shapes.ts'

// URL templates that GitHub includes in each repository object.
const LINKS = {
  archive: '{archive_format}{/ref}',
  assignees: '{/user}',
  blobs: 'git/blobs{/sha}',
  branches: '{/branch}',
  collaborators: '{/collaborator}',
  comments: '{/number}',
  commits: '{/sha}',
  compare: 'compare/{base}...{head}',
  contents: 'contents/{+path}',
  contributors: '',
  deployments: '',
  downloads: '',
  events: '',
  forks: '',
  git_commits: 'git/commits{/sha}',
  git_refs: 'git/refs{/sha}',
  git_tags: 'git/tags{/sha}',
  hooks: '',
  issue_comment: 'issues/comments{/number}',
  issue_events: 'issues/events{/number}',
  issues: '{/number}',
  keys: '{/key_id}',
  labels: '{/name}',
  languages: '',
  merges: '',
  milestones: '{/number}',
  notifications: '{?since,all,participating}',
  pulls: '{/number}',
  releases: '{/id}',
  stargazers: '',
  statuses: '{/sha}',
  subscribers: '',
  subscription: '',
  tags: '',
  teams: '',
  trees: 'git/trees{/sha}'
}

/** GitHub's minimal repository, which other objects contain. */
export function minimalRepository(repository: RepositoryState, links: Links): Record<string, unknown> {
  const url = repositoryUrl(links, repository)
  const urls = Object.entries(LINKS).map(([name, path]) => [
    `${name}_url`,
    /^[a-z]/.test(path) ? `${url}/${path}` : `${url}/${name}${path}`
  ])
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: userShape(ownerOf(repository), links),
    html_url: `${links.server}/${fullName(repository)}`,
    description: null,
    fork: false,
    url,
    ...Object.fromEntries(urls),
    default_branch: repository.defaultBranch
  }
}

/** The repository in a webhook, where many more fields are required. */
export function webhookRepository(repository: RepositoryState, links: Links): Record<string, unknown> {
  const page = `${links.server}/${fullName(repository)}`
  const at = timestamp(repository.clock.now())
  return {
    ...minimalRepository(repository, links),
    clone_url: `${page}.git`,
    git_url: `${page}.git`,
    ssh_url: `${page}.git`,
    svn_url: page,
    created_at: at,
    updated_at: at,
    pushed_at: at,
    ...{ has_downloads: false, has_issues: true, has_projects: false, has_wiki: false },
    ...{ has_pages: false, archived: false, disabled: false },
    ...{ homepage: null, language: null, license: null, mirror_url: null, size: 0 },
    ...{ forks: 0, forks_count: 0, open_issues: 0, open_issues_count: 0 },
    ...{ stargazers_count: 0, watchers: 0, watchers_count: 0 },
    visibility: repository.private ? 'private' : 'public'
  }
}

const ownerOf = (repository: RepositoryState): Actor => ({
  login: repository.owner,
  id: 9_919,
  nodeId: 'MDEyOk9yZ2FuaXphdGlvbjk5MTk=',
  type: 'User'
})

/** GET /repos/{owner}/{repo}: without the settings of the full repository. */
export const getRepository = (call: Call): Answer =>
  json(200, {
    ...minimalRepository(call.repository, call.links),
    visibility: call.repository.private ? 'private' : 'public',
    archived: false,
    disabled: false
  })

/** GET /pulls/{pull_number}: the fields that deployments need. */
export function getPull(call: Call): Answer {
  const { repository, links } = call
  const pull = repository.pulls.get(Number(call.params['pull_number']))
  if (!pull) return notFound(call.docs)
  const head = pull.headRepository
  return json(200, {
    url: `${repositoryUrl(links, repository)}/pulls/${pull.number}`,
    html_url: `${links.server}/${fullName(repository)}/pull/${pull.number}`,
    number: pull.number,
    state: pull.state,
    head: {
      ref: pull.headRef,
      sha: pull.headSha,
      label: `${head?.split('/')[0] ?? 'unknown'}:${pull.headRef}`,
      repo: head === undefined ? null : { full_name: head, fork: head !== fullName(repository) }
    },
    base: {
      ref: pull.baseRef,
      sha: repository.refs.get(`refs/heads/${pull.baseRef}`) ?? '',
      repo: minimalRepository(repository, links)
    }
  })
}
