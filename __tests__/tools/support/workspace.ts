import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../../support/scenario.ts'

export interface Workspace {
  readonly folder: string
  remove(): void
}

/**
 * A separate repository with the published files of the action (`action.yml` and `dist/`), the examples and the
 * workflows of the tests: act reads names and commits from Git, and a clone may have any remote or none.
 */
export function openWorkspace({ edit = (actionFile: string): string => actionFile } = {}): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'act-workspace-'))
  for (const part of ['action.yml', 'dist', 'examples', join('__tests__', 'workflows')]) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true })
  }
  // Where the example that calls it looks for it.
  cpSync(join(ROOT, 'examples', 'reusable', 'deploy-to.yml'), join(folder, '.github', 'workflows', 'deploy-to.yml'))
  const actionFile = join(folder, 'action.yml')
  writeFileSync(actionFile, edit(readFileSync(actionFile, 'utf8')))
  const git = (...parameters: string[]): void => {
    execFileSync('git', parameters, { cwd: folder, stdio: 'ignore' })
  }
  git('init', '--initial-branch', 'main')
  git('remote', 'add', 'origin', 'https://github.com/octo-org/octo-repo.git')
  git('add', '--all')
  const author = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com']
  git(...author, '-c', 'commit.gpgsign=false', 'commit', '--message', 'All')
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) }
}
