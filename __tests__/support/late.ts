import type { LocalGitHub } from '../../simulator/github/index.ts'
import { runSteps, sh, type use } from './steps.ts'

/** Runs a job and calls `change` after its main stage. */
export const runWith = (github: LocalGitHub, step: ReturnType<typeof use>, change: () => void, options: object = {}) =>
  runSteps(github, [step, sh('echo deployed', { if: 'always()' })], {
    onLine: line => {
      if (line.text === 'deployed') change()
    },
    ...options
  })
