/** A message without its last line, the link to the troubleshooting page. `troubleshooting.test.ts` is about that line. */
export const withoutLink = (message: string): string =>
  message.replace(/\nSee (?:http|").*docs\/troubleshooting\.md.*$/, '')
