import type { Flow } from './flows.ts'

const COLUMNS = ['category', 'purpose', 'store', 'recipient', 'country'] as const
type Column = (typeof COLUMNS)[number]

const HEADINGS: Readonly<Record<Column, string>> = {
  category: 'Data',
  purpose: 'Purposes',
  store: 'Stores',
  recipient: 'Recipients',
  country: 'Countries',
}

const COLOURS: Readonly<Record<Column, string>> = {
  category: '#14532d',
  purpose: '#1d4f91',
  store: '#6b3fa0',
  recipient: '#8a4b00',
  country: '#4a4f45',
}

interface Node {
  readonly column: Column
  readonly name: string
  readonly lines: readonly string[]
  x: number
  y: number
}

interface Edge {
  readonly from: Node
  readonly to: Node
}

// Room for about 22 letters of the font that any viewer has; longer words are broken.
const LINE_LETTERS = 22
const BOX_WIDTH = 190
const GAP = 90
const LINE_HEIGHT = 18
const PADDING = 10
const TOP = 56
const MARGIN = 16

/**
 * The flows as one SVG document of its own: columns from data to countries, nothing loaded from anywhere, colours as
 * attributes, so that it looks the same in a page, a printed report and an editor. `words`: how names are shown.
 */
export function drawFlows(
  flows: readonly Flow[],
  title: string,
  words: (column: string, name: string) => string,
): string {
  const nodes = nodesOf(flows, words)
  const edges = edgesOf(flows, nodes)
  const height = place(nodes, edges)
  const width = MARGIN * 2 + COLUMNS.length * BOX_WIDTH + (COLUMNS.length - 1) * GAP
  const heads = COLUMNS.map(
    (column, index) =>
      `<text x="${MARGIN + index * (BOX_WIDTH + GAP)}" y="32" font-size="15" font-weight="700" fill="${COLOURS[column]}">${HEADINGS[column]}</text>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description" font-family="system-ui, sans-serif">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(described(nodes))}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...heads,
    '<g fill="none" stroke="#7d8378" stroke-width="1.4" stroke-opacity="0.55">',
    ...edges.map(curve),
    '</g>',
    ...[...nodes.values()].map(box),
    '</svg>',
    '',
  ].join('\n')
}

const keyOf = (column: Column, name: string): string => `${column} ${name}`

function nodesOf(flows: readonly Flow[], words: (column: string, name: string) => string): Map<string, Node> {
  const nodes = new Map<string, Node>()
  for (const flow of flows) {
    for (const column of COLUMNS) {
      const name = flow[column]
      if (name === undefined || nodes.has(keyOf(column, name))) continue
      nodes.set(keyOf(column, name), { column, name, lines: broken(words(column, name)), x: 0, y: 0 })
    }
  }
  return nodes
}

/** One line for each pair of neighbours on a way, however many ways take it. */
function edgesOf(flows: readonly Flow[], nodes: ReadonlyMap<string, Node>): Edge[] {
  const edges = new Map<string, Edge>()
  for (const flow of flows) {
    const way = COLUMNS.flatMap((column) => {
      const name = flow[column]
      const node = name === undefined ? undefined : nodes.get(keyOf(column, name))
      return node === undefined ? [] : [node]
    })
    for (const [index, from] of way.entries()) {
      const to = way[index + 1]
      if (to !== undefined) edges.set(`${keyOf(from.column, from.name)}\0${keyOf(to.column, to.name)}`, { from, to })
    }
  }
  return [...edges.values()]
}

const heightOf = ({ lines }: Node): number => lines.length * LINE_HEIGHT + PADDING

const GAP_BELOW = 12

/** Puts each node near the middle of those that lead to it, so that few lines cross; answers the height of the whole. */
function place(nodes: ReadonlyMap<string, Node>, edges: readonly Edge[]): number {
  const columns = COLUMNS.map((column) => [...nodes.values()].filter((node) => node.column === column))
  const heights = columns.map((own) => own.reduce((sum, node) => sum + heightOf(node) + GAP_BELOW, 0))
  const tallest = Math.max(...heights)
  for (const [index, own] of columns.entries()) {
    const middle = new Map(
      own.map((node) => {
        const before = edges.filter(({ to }) => to === node).map(({ from }) => from.y)
        return [node, before.length === 0 ? 0 : before.reduce((sum, y) => sum + y, 0) / before.length] as const
      }),
    )
    own.sort((one, other) => (middle.get(one) ?? 0) - (middle.get(other) ?? 0))
    let y = TOP + (tallest - (heights[index] ?? 0)) / 2
    for (const node of own) {
      node.x = MARGIN + index * (BOX_WIDTH + GAP)
      node.y = y
      y += heightOf(node) + GAP_BELOW
    }
  }
  return TOP + tallest + MARGIN
}

function curve({ from, to }: Edge): string {
  const [x1, y1] = [from.x + BOX_WIDTH, from.y + heightOf(from) / 2]
  const [x2, y2] = [to.x, to.y + heightOf(to) / 2]
  const bend = Math.max(40, (x2 - x1) / 2)
  return `<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}"/>`
}

function box(node: Node): string {
  const { x, y, lines, column } = node
  const text = lines.map(
    (line, index) =>
      `<tspan x="${x + PADDING}" y="${y + PADDING / 2 + (index + 0.75) * LINE_HEIGHT}">${escaped(line)}</tspan>`,
  )
  return [
    `<rect x="${x}" y="${y}" width="${BOX_WIDTH}" height="${heightOf(node)}" rx="7" fill="#ffffff" stroke="${COLOURS[column]}" stroke-width="1.5"/>`,
    `<text font-size="13.5" fill="#1d1f1b">${text.join('')}</text>`,
  ].join('')
}

function broken(text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/u).flatMap((one) => one.match(/.{1,22}/gu) ?? [])) {
    if (line !== '' && line.length + word.length + 1 > LINE_LETTERS) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  if (line !== '') lines.push(line)
  return lines.length > 4 ? [...lines.slice(0, 3), `${lines[3]} …`] : lines
}

function described(nodes: ReadonlyMap<string, Node>): string {
  return COLUMNS.flatMap((column) => {
    const own = [...nodes.values()].filter((node) => node.column === column)
    return own.length === 0 ? [] : [`${HEADINGS[column]}: ${own.map(({ lines }) => lines.join(' ')).join(', ')}.`]
  }).join(' ')
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string): string =>
  text.replace(/[^\P{Cc}\t\n\r]/gu, '\uFFFD').replace(/[&<>"]/gu, (sign) => SIGNS[sign] ?? sign)
