import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { annotationsOf } from '../support/act.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { openJob, type StagedJob } from '../support/stage-process.ts'

/** A command with a child and a grandchild. Each writes down its process id. */
const family = (trap = '') => `
cat > "$FOLDER/child.sh" <<'END'
${trap}
echo $$ >> "$FOLDER/pids"
sleep 300 &
echo $! >> "$FOLDER/pids"
wait
END
${trap}
echo $$ >> "$FOLDER/pids"
bash "$FOLDER/child.sh" &
until [ "$(wc -l < "$FOLDER/pids")" -ge 3 ]; do sleep 0.02; done
echo deploying
wait
`

async function begin(command: string) {
  const github = await startGitHub()
  const job = openJob(github)
  const inputs = { environment: 'qa', run: command }
  const main = job.start('main', inputs)
  const closeJob = async () => {
    const ended = await main.ended
    const late = { ...inputs, 'job-status': 'cancelled' }
    const post = await job.post(late, ended)
    expect([post.exitCode, annotationsOf(post, 'warning')]).toEqual([0, []])
    return states(github)
  }
  return { github, job, main, closeJob }
}

/** The ids of the command's processes that still run. */
function alive({ folder }: StagedJob): number[] {
  const file = join(folder, 'pids')
  const ids = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : []
  return ids.filter(id => {
    const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(id)], { encoding: 'utf8' })
    return /^[^Z\s]/.test(stdout.trim())
  })
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the whole process group', async signal => {
  const { job, main, closeJob } = await begin(family())
  await main.printed('deploying')
  expect(alive(job)).toHaveLength(3)
  main.kill(signal)
  await main.ended
  expect(alive(job)).toEqual([])
  expect(await closeJob()).toEqual(['in_progress', 'failure'])
})

test('a group that ignores SIGINT gets SIGTERM, and is killed if it ignores that too', async () => {
  const polite = await begin(family(`trap '' INT`))
  const stubborn = await begin(family(`trap '' INT TERM`))
  for (const { job, main, closeJob } of [polite, stubborn]) {
    await main.printed('deploying')
    main.kill('SIGINT')
    await sleep(200)
    expect([main.isRunning(), alive(job).length]).toEqual([true, 3])
    main.kill('SIGTERM')
    // The runner kills 2.5 s later.
    const isOver = await Promise.race([main.ended.then(() => true), sleep(2_500, false, { ref: false })])
    expect(alive(job)).toEqual([])
    await main.ended
    expect([isOver, await closeJob()]).toEqual([true, ['in_progress', 'failure']])
  }
})

// Without a loop of short commands: bash ignores a SIGINT that arrives while such a command ends normally.
const QUICK_FAMILY = 'echo $$ > "$FOLDER/pids"; sleep 300 & echo $! >> "$FOLDER/pids"; exec sleep 300'

test('a signal while the command starts ends all of it, and the deployment is finished', async () => {
  const delays = [0, 5, 10, 20, 30, 40, 55, 70, 90]
  await Promise.all(
    delays.map(async delay => {
      const { github, job, main, closeJob } = await begin(QUICK_FAMILY)
      while (!states(github).includes('in_progress')) await sleep(1)
      await sleep(delay)
      main.kill('SIGINT')
      const isOver = await Promise.race([main.ended.then(() => true), sleep(7_500, false, { ref: false })])
      expect([delay, isOver, alive(job)]).toEqual([delay, true, []])
      expect(await closeJob()).toEqual(['in_progress', 'failure'])
    })
  )
})
