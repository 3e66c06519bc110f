import ts from 'typescript'

// How ncc names the module that follows. A string stays where a comment goes, and becomes a comment again.
const MARKER = /^;\/\/ CONCATENATED MODULE: (\.\/\S+)$/gm
const KEPT = /^( *)"module: (.+)";$/gm

/**
 * The text of a bundle without comments, but for the name of each module. A third of what a runner downloads
 * were comments, most of them of packages; they are in the sources, and the licences in `licenses.txt`.
 */
export function withoutComments(bundle: string): string {
  const marked = bundle.replaceAll(MARKER, (_, path: string) => `;"module: ${path}";`)
  const { outputText } = ts.transpileModule(marked, {
    fileName: 'index.js',
    compilerOptions: {
      allowJs: true,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      removeComments: true
    }
  })
  return outputText.replaceAll(KEPT, '$1// MODULE: $2')
}
