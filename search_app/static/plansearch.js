// What scripts add: focus for skip links and errors, and suggestions below a search box.
import { SkipLink, ErrorSummary, createAll } from './nhsuk-frontend.min.js'

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
createAll(SkipLink)
createAll(ErrorSummary)

const PAUSE_MS = 150

for (const box of document.querySelectorAll('input[data-suggest]')) {
  const list = document.createElement('datalist')
  list.id = `${box.id}-suggestions`
  box.after(list)
  box.setAttribute('list', list.id)
  let waiting
  box.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => suggest(box, list), PAUSE_MS)
  })
}

async function suggest (box, list) {
  const typed = box.value
  if (typed.trim().length < 2) return list.replaceChildren()
  const address = new URL(box.dataset.suggest, location.origin)
  address.searchParams.set('q', typed)
  const response = await fetch(address)
  if (!response.ok || box.value !== typed) return
  const { suggestions } = await response.json()
  list.replaceChildren(...suggestions.map(makeOption))
}

function makeOption ({ text, meaning }) {
  const option = document.createElement('option')
  option.value = text
  option.label = meaning ? `${text} (${meaning})` : text
  return option
}
