import { readdirSync, readFileSync } from 'node:fs'

const jobs = new Set<string>()

/** Remembers that a job has started a process, which can leave others behind. */
export const trackProcess = (env: Readonly<Record<string, string>>): void =>
  void jobs.add(env['RUNNER_TRACKING_ID'] ?? '')

/**
 * Kills the processes that a job's steps left behind, as the runner does at the end of a job. They are
 * found by the `RUNNER_TRACKING_ID` that they inherited. Linux only (`/proc`).
 */
export function endOrphans(trackingId: string): void {
  if (process.platform !== 'linux' || trackingId === '' || !jobs.delete(trackingId)) return
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
      if (environment.includes(`RUNNER_TRACKING_ID=${trackingId}`)) {
        process.kill(Number(pid), 'SIGKILL')
      }
    } catch {
      // The process has ended in the meantime, or belongs to another user.
    }
  }
}
