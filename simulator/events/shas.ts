/** The tip of the default branch, and a pull request's base. */
export const BASE_SHA = 'ba5e'.repeat(10)
/** What was pushed, and a pull request's head. */
export const HEAD_SHA = 'feed'.repeat(10)
/** GitHub's test merge of a pull request, or the commit that merged it. */
export const MERGE_SHA = 'cafe'.repeat(10)
/** What GitHub writes where there is no commit. */
export const NO_SHA = '0'.repeat(40)
