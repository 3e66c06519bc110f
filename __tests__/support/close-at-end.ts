import { afterEach } from '@jest/globals'

interface Closing {
  close(): void
}

const open: Closing[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

/** Closes it after the test. */
export function closeAtEnd<T extends Closing>(one: T): T {
  open.push(one)
  return one
}
