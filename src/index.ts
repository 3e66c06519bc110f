import { messageOf, sectionOf } from './lib/errors.ts'
import type { Section } from './lib/sections.ts'
import { runMain } from './main.ts'
import { runPost } from './post/post.ts'
import { type Host, hostOf, openStep } from './runner/step.ts'

export type { Host }

/** The main step: the only place where an error fails the step. */
export async function main(host: Host = hostOf(process.env)): Promise<void> {
  const step = openStep(host)
  const end = guard(host, 1, () => step.fail('The step ended before it had done its work.', 'internal'))
  try {
    await runMain(step)
  } catch (error) {
    step.fail(messageOf(error), sectionOf(error))
  }
  step.restoreFiles()
  end()
  leave(host)
}

/** The post step. It never fails the job: the deploy has ended, only its report is missing. */
export async function post(host: Host = hostOf(process.env)): Promise<void> {
  const step = openStep(host)
  const warn = (reason: string, section: Section) =>
    step.log.warning(`The final state of the deployment was not reported. ${reason}`, section)
  const end = guard(host, 0, () => warn('The step ended before it had done its work.', 'internal'))
  try {
    await runPost(step)
  } catch (error) {
    warn(messageOf(error), sectionOf(error))
  }
  end()
  leave(host)
}

/** Ends the process, which a process of the command or a hanging read could keep alive. */
function leave(host: Host): void {
  if (isOwnProcess(host)) process.stdout.write('', () => process.exit())
}

/**
 * Logs that the process runs out of work before the step is done, and ends it with the exit code: otherwise Node 20 ends
 * with 0, and Node 24 with 13 (an unsettled top-level await). Returns what to call when the step is done.
 */
function guard(host: Host, exitCode: 0 | 1, complain: () => void): () => void {
  if (!isOwnProcess(host)) return () => undefined
  const end = () => {
    complain()
    process.exit(exitCode)
  }
  process.once('beforeExit', end)
  return () => process.off('beforeExit', end)
}

/** Whether the process may be ended: tests run many steps in one process. */
const isOwnProcess = ({ env }: Host): boolean => env === process.env
