import { readdirSync, readFileSync } from 'node:fs'

/**
 * Ends what a job's steps left running, as the runner does when a job is over. They are known by the
 * `RUNNER_TRACKING_ID` they inherited, so nothing else is touched. Linux only (`/proc`).
 */
export function endOrphans(trackingId: string): void {
  if (process.platform !== 'linux' || trackingId === '') return
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
      if (environment.includes(`RUNNER_TRACKING_ID=${trackingId}`)) {
        process.kill(Number(pid), 'SIGKILL')
      }
    } catch {
      // Ended meanwhile, or another user's.
    }
  }
}
