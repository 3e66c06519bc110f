import { failureOf, logOf, warningsOf } from './results.ts'
import { brokenPromises, stages } from './schedule-check.ts'
import type { ScheduleRun } from './schedule-run.ts'

/** A readable report of a schedule: the plan, the requests with their times, the stages, and the deployments. */
export function reportSchedule(run: ScheduleRun): string {
  const { schedule, requests, repository, beganAt, struck } = run
  const at = (time: number) => `${((time - beganAt) / 1000).toFixed(3)} s`.padStart(11)
  const sent = requests.map(each => {
    const path = each.path.replace(/^\/repos\/[^/]+\/[^/]+/, '')
    const state = String(Object(each.body).state ?? '')
    const response = each.status === 0 ? 'no response' : each.status
    return `${at(each.at)}  ${each.token}  ${each.method} ${path} ${state} -> ${response}`
  })
  const ran = stages(run).flatMap(({ name, job, from, until, stage }) => [
    `${at(from)} to ${at(until).trim()}  ${name} of job ${job}: ${failureOf(stage) ?? 'green'}`,
    ...[...logOf(stage), ...warningsOf(stage)].map(line => `               ${line}`)
  ])
  const kept = repository.deployments().map(each => {
    const states = each.statuses.map(one => `${at(one.createdAt).trim()} ${one.state} (${one.description})`)
    return `${each.id} of ${each.environment}, task ${each.task}, ${at(each.createdAt).trim()}: ${states.join(', ')}`
  })
  return [
    JSON.stringify(schedule, undefined, 1),
    'Faults that occurred:',
    ...struck.map(each => `  ${each.name}, job ${each.job}`),
    'Requests:',
    ...sent,
    'Stages:',
    ...ran,
    'GitHub:',
    ...kept,
    'Broken:',
    ...brokenPromises(run)
  ].join('\n')
}
