/** The tip of the default branch, and the base of a pull request. */
export const BASE_SHA = 'ba5e'.repeat(10)
/** The pushed commit, and the head of a pull request. */
export const HEAD_SHA = 'feed'.repeat(10)
/** GitHub's test merge commit of a pull request, or the commit that merged it. */
export const MERGE_SHA = 'cafe'.repeat(10)
/** GitHub's value for a missing commit. */
export const NO_SHA = '0'.repeat(40)
