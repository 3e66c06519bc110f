// Requests the page every second and updates only what differs, which keeps focus, selection and open details.
const EVERY_MS = 1000
const main = document.getElementById('main')
const ended = document.getElementById('ended')
let last = ''

const say = text => {
  if (ended.textContent !== text) ended.textContent = text
}

function updateAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    // Keep the details that the reader opened or closed.
    if (name !== 'open' && !fresh.hasAttribute(name)) old.removeAttribute(name)
  }
  for (const { name, value } of fresh.attributes) {
    if (name !== 'open' && old.getAttribute(name) !== value) old.setAttribute(name, value)
  }
}

function updateChildren(old, fresh) {
  const wanted = new Set([...fresh.children].map(child => child.id))
  for (const child of [...old.children]) {
    if (child.id !== '' && !wanted.has(child.id)) child.remove()
  }
  let at = old.firstChild
  for (const child of [...fresh.childNodes]) {
    const isSame = at?.nodeName === child.nodeName && (at.id ?? '') === (child.id ?? '')
    if (!isSame) {
      old.insertBefore(child, at)
      continue
    }
    if (child.nodeType !== Node.ELEMENT_NODE) {
      if (at.nodeValue !== child.nodeValue) at.nodeValue = child.nodeValue
    } else if (!at.isEqualNode(child)) {
      updateAttributes(at, child)
      updateChildren(at, child)
    }
    at = at.nextSibling
  }
  while (at !== null) {
    const next = at.nextSibling
    at.remove()
    at = next
  }
}

async function refresh() {
  try {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(5 * EVERY_MS) })
    const text = await answer.text()
    say('')
    if (text === last) return
    last = text
    const fresh = new DOMParser().parseFromString(text, 'text/html')
    if (document.title !== fresh.title) document.title = fresh.title
    updateChildren(main, fresh.getElementById('main'))
  } catch {
    say('The simulated GitHub has ended. This page shows its last state.')
  }
}

async function live() {
  if (!document.hidden) await refresh()
  setTimeout(live, EVERY_MS)
}
void live()
