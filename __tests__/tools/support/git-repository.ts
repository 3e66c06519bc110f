import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A repository with the commits of a pull request, as `actions/checkout` would fetch them. */
export interface GitRepository {
  /** A URL that ends in `octo-org/octo-repo`. */
  readonly url: string
  /** The head of `main`. */
  readonly main: string
  /** The head of the pull request's branch. */
  readonly head: string
  /** The merge commit that GitHub creates for the pull request. */
  readonly merge: string
  remove(): void
}

/** Creates the repository in a temporary folder. */
export function createGitRepository(name = 'octo-org/octo-repo'): GitRepository {
  const root = mkdtempSync(join(tmpdir(), 'git-repository-'))
  const folder = join(root, name)
  mkdirSync(folder, { recursive: true })
  const identity = ['-c', 'user.name=Mona', '-c', 'user.email=mona@example.com']
  const git = (...parameters: string[]): string =>
    execFileSync('git', [...identity, ...parameters], { cwd: folder, encoding: 'utf8' }).trim()
  const commit = (message: string): string => {
    git('commit', '--quiet', '--allow-empty', '--message', message)
    return git('rev-parse', 'HEAD')
  }
  git('init', '--quiet', '--initial-branch=main')
  commit('First')
  const main = commit('Second')
  git('switch', '--quiet', '--create', 'changes', 'HEAD~1')
  const head = commit('Changes')
  git('switch', '--quiet', '--detach', 'main')
  git('merge', '--quiet', '--no-ff', '--message', 'Merge', 'changes')
  const merge = git('rev-parse', 'HEAD')
  git('update-ref', 'refs/heads/merge', merge)
  const remove = () => rmSync(root, { recursive: true, force: true })
  return { url: `file://${folder}`, main, head, merge, remove }
}
