import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

/**
 * A page that shows Markdown as a job summary, with GitHub's stylesheet. It keeps HTML, which GitHub filters: text
 * that is inert here is inert on GitHub. `modules` is the path of `node_modules`, relative to the page.
 */
export const markdownPage = (title: string, markdown: string, modules: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="stylesheet" href="${modules}/github-markdown-css/github-markdown.css">
<style>
body { margin: 0 }
main { padding: 24px }
/* GitHub's default setting, which the stylesheet leaves out. */
.markdown-body a { text-decoration: underline; text-underline-offset: .2rem }
</style>
</head>
<body>
<main class="markdown-body">
${micromark(markdown, {
  allowDangerousHtml: true,
  allowDangerousProtocol: true,
  extensions: [gfm()],
  htmlExtensions: [gfmHtml()]
}).replace(/\s+$/, '')}
</main>
</body>
</html>
`
