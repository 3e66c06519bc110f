import { transformSync } from 'esbuild'

// The import at the top of a bundle, how ncc loads Node's modules with it, and how ncc names the module that follows.
const IMPORT = 'import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";\n'
const LOAD = '__WEBPACK_EXTERNAL_createRequire(import.meta.url)('
const MODULE = /^;\/\/ CONCATENATED MODULE: \.\/(\S+)$/gm
// The folder of the files that ncc copies next to a bundle. This bundle has none.
const ASSETS = /^\/\*+\/ if \(typeof __nccwpck_require__ !== 'undefined'\) (__nccwpck_require__\.ab) = .*;$/m

const LATE_MODULE = `
/** One of Node's modules, loaded when it is first used. */
function lateModule(name) {
    let loaded;
    const load = () => (loaded ??= process.getBuiltinModule(name));
    // The helpers of TypeScript and ncc copy the properties of a module unless it has \`__esModule\`.
    const get = (_target, key) =>
        key === "__esModule" ? true : key === "default" ? load() : key === "promises" ? latePromises : load()[key];
    return new Proxy({}, { get });
}
/** The functions of \`fs.promises\`. @actions/core and @actions/io read them at the start, and seldom call them. */
const latePromises = new Proxy({}, {
    get: (_target, name) => (...parameters) => process.getBuiltinModule("fs/promises")[name](...parameters)
});
`

/**
 * The text of a bundle of ncc without unused code and comments, which loads each of Node's modules when it is first
 * used. ncc removes unused code only if it also minifies, which would take the names out of stack traces.
 * `docs/design.md` has the time that each step saves. Throws if the bundle is not as expected.
 */
export function prune(bundle: string): string {
  if (!bundle.startsWith(IMPORT)) throw new Error(`The bundle does not start with ${IMPORT}`)
  const [line = '', assets = ''] = ASSETS.exec(bundle) ?? []
  if (line === '' || bundle.split(assets).length > 2) throw new Error('The bundle uses files that ncc copied.')
  const text = bundle
    .slice(IMPORT.length)
    .replace(line, '')
    .replaceAll(LOAD, '/* @__PURE__ */ lateModule(')
    .replace(MODULE, '//! $1')
  return transformSync(LATE_MODULE + text, {
    format: 'esm',
    legalComments: 'inline',
    // 3 kB less to download. Names stay for stack traces, unlike with full minification.
    minifySyntax: true,
    treeShaking: true
  }).code
}
