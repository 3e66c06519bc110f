/** The released version: part of the user agent, and what a release is cut from. */
export const VERSION = '0.1.0'
