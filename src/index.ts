import * as core from '@actions/core'
import { messageOf } from './errors.ts'
import { runMain } from './main.ts'
import { runPost } from './post.ts'
import { visible } from './text.ts'

/** Why a stage failed, without a stack: a person reads it. An error that is not ours is a bug of ours. */
const reasonOf = (error: unknown): string =>
  messageOf(error)
    .split('\n')
    .map(line => visible(line))
    .join('\n')

/** The main step. The one place where an error becomes a failed step. */
export async function main(): Promise<void> {
  try {
    await runMain(process.env)
  } catch (error) {
    core.setFailed(reasonOf(error))
  }
}

/** The post step. It never fails the job: the deploy has happened, only the report has not. */
export async function post(): Promise<void> {
  try {
    await runPost(process.env)
  } catch (error) {
    core.warning(`The final state of the deployment was not reported. ${reasonOf(error)}`)
  }
}
