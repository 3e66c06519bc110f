import { messageOf } from './lib/errors.ts'
import { runMain } from './main.ts'
import { runPost } from './post/post.ts'
import { type Host, hostOf, openStep } from './runner/step.ts'

export type { Host }

/** The main step. The one place where an error becomes a failed step. */
export async function main(host: Host = hostOf(process.env)): Promise<void> {
  const step = openStep(host)
  const end = guard(host, () => step.fail('The step ended before it had done its work.'))
  try {
    await runMain(step)
  } catch (error) {
    step.fail(messageOf(error))
  }
  step.restoreFiles()
  end()
  leave(host)
}

/** The post step. It never fails the job: the deploy has happened, only the report has not. */
export async function post(host: Host = hostOf(process.env)): Promise<void> {
  const step = openStep(host)
  const warn = (reason: string) =>
    step.log.warning(`The final state of the deployment was not reported. ${reason}`)
  const end = guard(host, () => {
    warn('The step ended before it had done its work.')
    process.exitCode = 0
  })
  try {
    await runPost(step)
  } catch (error) {
    warn(messageOf(error))
  }
  end()
  leave(host)
}

/** Ends the process: what a wrapped command left running, or a read that hangs, must not keep it. */
function leave(host: Host): void {
  if (isOwnProcess(host)) process.stdout.write('', () => process.exit())
}

/**
 * Speaks up where the process runs out of work with ours not done, such as after a promise that is never
 * settled: Node would end in silence, with 0. Returns what to call when the work is done.
 */
function guard(host: Host, complain: () => void): () => void {
  if (!isOwnProcess(host)) return () => undefined
  process.once('beforeExit', complain)
  return () => process.off('beforeExit', complain)
}

/** Whether the process may be ended: tests run many steps in one process. */
const isOwnProcess = ({ env }: Host): boolean => env === process.env
