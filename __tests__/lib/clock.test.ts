import { afterAll, expect, test } from '@jest/globals'

const HOUR_MS = 3_600_000

// The computer's clock, before anything of the action reads it.
const original = Date.now
let shift = 0
Date.now = () => original() + shift
afterAll(() => {
  Date.now = original
})
const { realClock } = await import('../../src/lib/clock.ts')

test.each([-HOUR_MS, HOUR_MS])('a computer whose clock is set by %s ms changes no timeout', by => {
  shift = 0
  const before = realClock.now()
  expect(Math.abs(before - original())).toBeLessThan(HOUR_MS / 2)
  shift = by
  const after = realClock.now()
  expect(after).toBeGreaterThanOrEqual(before)
  expect(after - before).toBeLessThan(HOUR_MS / 2)
})
