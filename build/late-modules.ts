/**
 * Makes Node's own modules that most runs never use load late in a bundle. ncc loads each of them at the
 * start, and `@actions/http-client`, `tunnel` and `@actions/exec` (through `@actions/core`) name more than most jobs need.
 */
const LATE = ['assert', 'child_process', 'https', 'node:https', 'timers', 'tls']

const LOADER = `
/** One of Node's own modules, loaded when something of it is used first. */
function lateModule(name) {
    let loaded;
    const get = () => (loaded ??= __WEBPACK_EXTERNAL_createRequire(import.meta.url)(name));
    // As a namespace, so that the helpers of TypeScript and of the bundler use it as it is. Told that it is
    // none, they would copy what it holds: all of it at the start, or nothing.
    const read = (_target, key) =>
        key === '__esModule' ? true : key === 'default' ? get() : get()[key];
    return new Proxy({}, { get: read });
}
`

/** The text of a bundle with those modules loaded late. Throws where it does not load one as expected. */
export function withLateModules(bundle: string): string {
  const late = LATE.reduce((text, name) => {
    const early = `__WEBPACK_EXTERNAL_createRequire(import.meta.url)("${name}")`
    if (!text.includes(early)) throw new Error(`The bundle does not load "${name}": drop it here.`)
    return text.replaceAll(early, `lateModule("${name}")`)
  }, bundle)
  const [imports = '', ...rest] = late.split('\n')
  if (!imports.includes('__WEBPACK_EXTERNAL_createRequire')) {
    throw new Error('The bundle does not begin with its import of createRequire.')
  }
  return [imports, LOADER, ...rest].join('\n')
}
