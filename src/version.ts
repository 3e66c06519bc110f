/** The released version: part of the user agent, and the version of the next release. */
export const VERSION = '0.1.0'
