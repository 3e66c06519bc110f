/**
 * Has V8 interpret what it runs from here on, and keep its young generation as small as it is. Long work on
 * GitHub's API waits and computes little: compiled code saves no time there, while the compilers, what they make,
 * and room for garbage that is soon collected took up to 30 MB (see docs/design.md). Where an engine does not know
 * a flag any more, it says so on stderr and goes on.
 */
export async function spareMemory(): Promise<void> {
  // Loaded here: most steps never need it.
  const { setFlagsFromString } = await import('node:v8')
  for (const flag of ['--no-opt', '--no-maglev', '--semi-space-growth-factor=1']) {
    setFlagsFromString(flag)
  }
}
