// Loaded into a measured process in runs that are not timed: writes its resource usage when it ends.
const { readFileSync, writeFileSync } = require('node:fs')

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  let peakKib = maxRSS
  try {
    // On Linux, maxRSS includes the memory of the parent before the start.
    peakKib = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
  } catch {}
  const cpuMs = (userCPUTime + systemCPUTime) / 1000
  writeFileSync(process.env.BENCH_USAGE_FILE, JSON.stringify({ cpuMs, peakMb: peakKib / 1024 }))
})
