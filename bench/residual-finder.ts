/** Speed of the residual search on clean data, for 1 and for 1,000 identifiers. Usage: node bench/residual-finder.ts [megabytes] [identifiers] */
import { compileFinder, type SoughtIdentity } from '../src/residual/index.ts'

const megabytes = Number(process.argv[2] ?? 64)
const many = Number(process.argv[3] ?? 1_000)
const ROUNDS = 5

let seed = 20_261_122
const random = (below: number) => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
  return (seed >>> 8) % below
}
const pick = <Item>(list: readonly Item[]): Item => list[random(list.length)] as Item

const GIVEN =
  'Marta Jan Anna Piotr Ingrid Luca Aoife Tomasz Elif Noah Priya Kenji Olga Mateo Amara Stefan Łukasz Zoë Björn Sinéad'.split(
    ' ',
  )
const SYLLABLES =
  'ko wal czyk no wick ski mor gan berg ström lind que sta ro ma ber gau dos san tel ler vi ri ha no da'.split(' ')
const family = () => {
  const word = Array.from({ length: 2 + random(2) }, () => pick(SYLLABLES)).join('')
  return word.charAt(0).toUpperCase() + word.slice(1)
}
const ascii = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()

function identities(count: number): SoughtIdentity[] {
  const list: SoughtIdentity[] = []
  while (list.length < count) {
    const given = pick(GIVEN)
    const last = family()
    const number = list.length
    list.push(
      {
        id: `e${number}`,
        kind: 'email',
        value: `${ascii(given)}.${ascii(last)}${number}@sought.example`,
        strong: true,
      },
      { id: `n${number}`, kind: 'name', value: `${given} ${last}x`, strong: false },
      { id: `p${number}`, kind: 'phone', value: `+48 6${String(10_000_000 + random(89_999_999))}`, strong: false },
      { id: `l${number}`, kind: 'login', value: `${ascii(given).slice(0, 1)}${ascii(last)}${number}`, strong: false },
      { id: `i${number}`, kind: 'ip', value: `203.0.${random(256)}.${random(256)}`, strong: false },
    )
  }
  return list.slice(0, count)
}

const WORDS =
  'the of and to in is you that it for on are with as this have from or one had by word but what some we can out other were all there when up use your how said an each she which do their time if will way about many then them write would like so these her long make thing see him two has look more day could go come did number sound no most people my over know water than call first who may down side been now find any new work part take get place made live where after back little only round man year came show every good me give our under name very through just form sentence great think say help low line differ turn cause much mean before move right boy old too same tell does set three want air well also play small end put home read hand port large spell add even land here must big high such follow act why ask men change went light kind off need house picture try us again animal point mother world near build self earth father invoice ticket customer printer account support message contact delivery office'.split(
    ' ',
  )

/** Rows as COPY text gives them: keys, stamps, words, a name, somebody's address, a paragraph with line ends. */
function cleanRows(bytes: number): Buffer {
  const parts: string[] = []
  let length = 0
  for (let key = 1; length < bytes; key++) {
    const words = Array.from({ length: 20 + random(120) }, () => pick(WORDS))
    for (let at = 12; at < words.length; at += 12) words[at] = `${words[at]}.\\n${pick(WORDS)}`
    const given = pick(GIVEN)
    const last = family()
    const row = `${key}\t${random(1_000_000)}\t2026-${10 + random(3)}-${10 + random(18)} 0${random(10)}:${10 + random(50)}:${10 + random(50)}\t${given} ${last}\t${ascii(given)}.${ascii(last)}@example.com\t${random(2) === 0 ? 't' : '\\N'}\t${words.join(' ')}\t10.0.${random(256)}.${random(256)}\n`
    parts.push(row)
    length += row.length
  }
  return Buffer.from(parts.join(''))
}

const median = (values: number[]) => values.sort((one, other) => one - other)[values.length >> 1] as number
/** Seconds of processor time that work takes: other programs on the machine do not count. */
const seconds = (work: () => void) => {
  const before = process.cpuUsage()
  work()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1e6
}

const finders = [1, many].map((count) => {
  const memory = process.memoryUsage()
  const list = identities(count)
  const began = performance.now()
  const finder = compileFinder(list)
  const compiled = performance.now() - began
  const now = process.memoryUsage()
  const used = (now.arrayBuffers + now.heapUsed - memory.arrayBuffers - memory.heapUsed) / 1e6
  return { count, finder, compiled, used, blocks: [] as number[], cells: [] as number[], rows: 0 }
})
const data = cleanRows(megabytes * 1e6)
const blocks: Buffer[] = []
for (let at = 0; at < data.length; ) {
  const line = data.indexOf(10, Math.min(data.length - 1, at + (256 << 10)))
  const end = line === -1 ? data.length : line + 1
  blocks.push(data.subarray(at, end))
  at = end
}

const cells = blocks.map((block) => Buffer.from(block.toString().replaceAll('\\N', '').replaceAll('\\n', '\n')))
const cellBytes = cells.reduce((sum, cell) => sum + cell.length, 0)
for (let round = 0; round < ROUNDS; round++) {
  for (const one of finders) {
    one.rows = 0
    one.blocks.push(
      seconds(() => {
        for (const block of blocks) one.rows += one.finder.suspects(block).length
      }),
    )
    one.cells.push(
      seconds(() => {
        for (const cell of cells) one.finder.cell(cell, { type: 'text' })
      }),
    )
  }
}
for (const { count, compiled, used, blocks: times, cells: cellTimes, rows } of finders) {
  const speed = data.length / 1e6 / median(times)
  const cellSpeed = cellBytes / 1e6 / median(cellTimes)
  console.log(
    `${count} identifiers: ${speed.toFixed(0)} MB/s in blocks, ${cellSpeed.toFixed(0)} MB/s as long text cells; compiled in ${compiled.toFixed(0)} ms to ${used.toFixed(0)} MB; ${rows} rows suspected`,
  )
}
const [one, other] = finders.map((finder) => median(finder.blocks)) as [number, number]
console.log(`ratio ${(other / one).toFixed(2)}`)
