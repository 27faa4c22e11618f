import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Format, readSentences } from './sentences.ts'

const texts = (source: string, format: Format = 'text'): string[] =>
  readSentences(source, format).map((sentence) => sentence.text)

describe('sentences end where a reader ends them', () => {
  it.each([
    [
      'abbreviations',
      'We use U.S. servers, e.g. in Ohio. Acme Inc. runs them.',
      ['We use U.S. servers, e.g. in Ohio.', 'Acme Inc. runs them.'],
    ],
    [
      'a company name that ends a sentence',
      'It is provided by Example, Inc. Example Metrics uses cookies.',
      ['It is provided by Example, Inc.', 'Example Metrics uses cookies.'],
    ],
    [
      'frameworks with points',
      'We follow the EU-U.S. Data Privacy Framework. You may ask.',
      ['We follow the EU-U.S. Data Privacy Framework.', 'You may ask.'],
    ],
    [
      'a number before the full stop',
      'Not for persons under 13. We delete their data.',
      ['Not for persons under 13.', 'We delete their data.'],
    ],
    [
      'a telephone number with points',
      'Call +49.40.123.456 today. Or write.',
      ['Call +49.40.123.456 today.', 'Or write.'],
    ],
    ['decimal numbers', 'We use TLS 1.3 only. Nothing else.', ['We use TLS 1.3 only.', 'Nothing else.']],
    [
      'brackets',
      'We log data (e.g. your address. It is cut.) for a day. Then it goes.',
      ['We log data (e.g. your address. It is cut.) for a day.', 'Then it goes.'],
    ],
    [
      'a sentence within brackets',
      'We log. (It is cut at once.) It goes.',
      ['We log.', '(It is cut at once.)', 'It goes.'],
    ],
    ['closing quotes', 'We use “cookies.” They are small.', ['We use “cookies.”', 'They are small.']],
    ['a street', 'Write to Hafenstr. 12, Hamburg. We answer.', ['Write to Hafenstr. 12, Hamburg.', 'We answer.']],
    ['questions', 'Who are we? A shop! You know us.', ['Who are we?', 'A shop!', 'You know us.']],
    [
      'an address that lost its full stop',
      'Complain at <https://a.example/x> The board will then decide.',
      ['Complain at <https://a.example/x>', 'The board will then decide.'],
    ],
    [
      'a bold label that runs in',
      '**Cookies**. We use some. You choose.',
      ['**Cookies**. We use some.', 'You choose.'],
    ],
    [
      'a bold label with a colon inside',
      '**Log files:** We keep some. You choose.',
      ['**Log files:** We keep some.', 'You choose.'],
    ],
  ])('%s', (_, source, expected) => {
    expect(texts(source)).toEqual(expected)
  })

  it('cuts inline enumerations into lead-in and items, and keeps who governs whom', () => {
    const sentences = readSentences(
      'We share data: (a) to comply with law; (b) to stop fraud; or (c) with your consent. We sell none.',
      'text',
    )
    expect(sentences.map((sentence) => sentence.text)).toEqual([
      'We share data:',
      '(a) to comply with law;',
      '(b) to stop fraud; or',
      '(c) with your consent.',
      'We sell none.',
    ])
    expect(sentences.map((sentence) => sentence.leadIn)).toEqual([undefined, 1, 1, 1, undefined])
  })

  it('cuts a list of data at its semicolons, a list of purposes not', () => {
    expect(texts('Our agent records: the model; the system version; and the battery level.')).toHaveLength(4)
    expect(texts('We use data for: answering you; sending parcels; and preventing fraud.')).toHaveLength(1)
  })

  it('takes paragraphs in small letters as items of the lead-in before them', () => {
    const sentences = readSentences(
      'We collect data:\n\nwhen you write to us;\n\nwhen you buy; and\n\nwhen you call.\n\nWe keep it.',
      'text',
    )
    expect(sentences.map((sentence) => sentence.leadIn)).toEqual([undefined, 1, 1, 1, undefined])
  })
})

describe('headings and layout', () => {
  it('knows marked, bold, underlined and plain headings, and sections', () => {
    const source =
      '# One\n\nWe ask.\n\n**Two**  \nWe log.\n\nThree\n=====\n\nWe keep.\n\nWhat We Share\n\nWe share nothing at all with anybody.\n\n#### 5\\.  Five\n\nWe go.'
    const sentences = readSentences(source, 'text')
    expect(sentences.filter((sentence) => sentence.heading).map((sentence) => sentence.section)).toEqual([
      'One',
      'Two',
      'Three',
      'What We Share',
      '5. Five',
    ])
    expect(sentences.filter((sentence) => !sentence.heading).map((sentence) => sentence.section)).toEqual([
      'One',
      'Two',
      'Three',
      'What We Share',
      '5. Five',
    ])
  })

  it('takes lines that each end a sentence as paragraphs, and rules as nothing', () => {
    expect(
      texts(
        'Acme Inc.\nPrivacy Policy\nWe ask for your name.\nWe keep it for a day.\n==========\nYour Security\nWe use locks.',
      ),
    ).toEqual([
      'Acme Inc.',
      'Privacy Policy',
      'We ask for your name.',
      'We keep it for a day.',
      'Your Security',
      'We use locks.',
    ])
  })

  it('joins wrapped lines', () => {
    expect(
      texts(
        'We ask for your name and for the address to which\nthe parcel goes, and for nothing else that we do\nnot need.',
      ),
    ).toEqual([
      'We ask for your name and for the address to which the parcel goes, and for nothing else that we do not need.',
    ])
  })

  it('shows the text of links, keeps the file in the quote', () => {
    const [sentence] = readSentences(
      'Write to [our office](mailto:a@b.example "x") or see ![a map](map.png).',
      'markdown',
    )
    expect(sentence?.text).toBe('Write to our office or see a map.')
    expect(sentence?.quote).toBe('Write to [our office](mailto:a@b.example "x") or see ![a map](map.png).')
  })

  it('keeps mistakes of the source', () => {
    expect(texts('We shares data with we will tell you, or nor will we sell')).toEqual([
      'We shares data with we will tell you, or nor will we sell',
    ])
  })
})

describe('HTML', () => {
  it('reads blocks, lists, run-in labels and entities; shows no script', () => {
    const source =
      '<!doctype html><html><head><title>T</title><style>p{}</style></head><body><h1>Privacy&nbsp;Notice</h1><p><b>Cookies.</b> We use &ldquo;cookies.&rdquo; They are <a href="/x">small</a>.<script>alert(1)</script></p><p>We may:</p><ul><li>log</li><li>count<li>keep &amp; erase</ul><table><tr><td>Name</td><td>2 years</td></tr></table></body></html>'
    const sentences = readSentences(source, 'html')
    expect(sentences.map((sentence) => sentence.text)).toEqual([
      'Privacy\u00a0Notice'.replace('\u00a0', ' '),
      'Cookies. We use “cookies.”',
      'They are small.',
      'We may:',
      'log',
      'count',
      'keep & erase',
      'Name',
      '2 years',
    ])
    expect(sentences[1]?.section).toBe('Privacy Notice > Cookies')
    expect(sentences.slice(4, 7).map((sentence) => sentence.leadIn)).toEqual([4, 4, 4])
    for (const sentence of sentences) expect(source.slice(sentence.start, sentence.end)).toBe(sentence.quote)
  })
})

/** Every character between and around the quotes is white space or a mark without words. */
function lost(source: string, format: Format): string {
  let at = 0
  let between = ''
  for (const sentence of readSentences(source, format)) {
    expect(sentence.start).toBeGreaterThanOrEqual(at)
    expect(source.slice(sentence.start, sentence.end)).toBe(sentence.quote)
    between += source.slice(at, sentence.start)
    at = sentence.end
  }
  return between + source.slice(at)
}

const word = fc.constantFrom(
  'We',
  'you',
  'data.',
  'Inc.',
  'U.S.',
  'e.g.',
  '(a)',
  '(b)',
  '(i)',
  'may',
  'keep;',
  'and',
  '13.',
  'under',
  '“cookies.”',
  '**Label.**',
  '[link](x)',
  '<https://a.example>',
  'list:',
  '1.',
  '- item',
  '# Head',
  '>',
  '\n',
  '\n\n',
  '  \n',
  '====',
  'Ltd.',
  'etc.',
  '[',
  ']',
  '(',
  ')',
  '_x_',
  '|',
  'ünï',
  '😀',
)

describe('nothing is dropped', () => {
  it('in any text: quotes in order, and no word between them', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const source = words.join(' ')
        expect(lost(source, 'text').replace(/[=\-*_#|>\s\\]/gu, '')).toBe('')
      }),
      { numRuns: 400 },
    )
  })

  it('in any HTML: no letter between the quotes but of tags', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<b>',
      '</b>',
      '<li>',
      'We keep data.',
      ' Cookies. ',
      '&amp;',
      '&nbsp;',
      '<br>',
      '<a href="x">',
      '</a>',
      'name',
      '<',
      '&',
      '<!-- c -->',
      '<h2>',
      '</h2>',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const between = lost(pieces.join(''), 'html')
        expect(between.replace(/<!--[\s\S]*?-->|<[^>]*>?|&nbsp;|\s/gu, '')).toBe('')
      }),
      { numRuns: 400 },
    )
  })

  it.each([
    ['brackets', '['.repeat(50_000)],
    ['nested links', '[a]('.repeat(20_000)],
    ['round brackets', '('.repeat(100_000)],
    ['full stops', 'a. '.repeat(50_000)],
    ['bullets', '- a\n'.repeat(30_000)],
    ['one endless word', 'a'.repeat(500_000)],
    ['one endless sentence', 'we share data with third parties and '.repeat(8_000)],
  ])('reads hostile input in bounded time: %s', (_, source) => {
    const start = performance.now()
    readSentences(source, 'text')
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
