/** What a rewritten cell holds, as told by readers that share no code with the rewriting: Python's and Perl's own. */
import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { type Codec, compileRedactor, rewrite } from '../src/content/index.ts'

const IDENTIFIERS = [
  ['email', 'marta.k@example.org'],
  ['name', 'Marta Zielińska'],
  ['phone', '+48 601 555 0147'],
  ['login', 'martak'],
].map(([kind = '', value = '']) => ({ kind, value, strong: true }))
const REDACTOR = compileRedactor(IDENTIFIERS)

function present(program: string, ...check: string[]): boolean {
  const found = spawnSync(program, check).status === 0
  if (!found) console.log(`skipped: ${program} ${check.join(' ')} does not run here`)
  return found
}

/** Runs a script that reads JSON and writes JSON. */
function ask(program: string, script: string, input: unknown): unknown {
  const flag = program === 'perl' ? '-e' : '-c'
  return JSON.parse(execFileSync(program, [flag, script], { input: JSON.stringify(input), maxBuffer: 1e8 }).toString())
}

/** The same value with every identifier replaced in strings and keys. */
function cleared(value: unknown): unknown {
  if (typeof value === 'string') return REDACTOR.text(value).text
  if (Array.isArray(value)) return value.map(cleared)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [REDACTOR.text(key).text, cleared(one)]))
}

async function rewritten(cells: readonly string[], codec: Codec): Promise<readonly string[]> {
  const out: string[] = []
  for (const cell of cells) {
    const result = await rewrite(Buffer.from(cell, 'base64'), codec, REDACTOR)
    expect(result).toMatchObject({ outcome: 'rewritten' })
    out.push(Buffer.from(result.bytes).toString('base64'))
  }
  return out
}

const STORE = `
use strict; use utf8; use Storable qw(nfreeze freeze store nstore); use MIME::Base64; use JSON::PP; use File::Temp qw(tempfile);
my $shared = { who => 'martak', list => [1, -2, 3.5, undef, 70000, 'x' x 300 . ' martak'] };
my @values = (
  { a => 'martak', 'marta.k@example.org' => [ 'none', 'Marta Zielińska', { deep => \\'martak' } ] },
  [ $shared, $shared, bless({ name => 'Marta Zielińska', again => bless([ 'martak' ], 'Some::List') }, 'Some::Person'), bless({ x => 'martak' }, 'Some::Person') ],
  { 'Zażółć' => 'Marta Zielińska', long => 'Zielińska, Marta ' x 40, edge => ('y' x 246) . ' martak', yes => !!1, no => !!0 },
  \\'martak', \\\\'martak',
);
my @cells;
for my $value (@values) {
  push @cells, nfreeze($value), freeze($value);
  for my $how (\\&store, \\&nstore) {
    my ($handle, $file) = tempfile(UNLINK => 1); close $handle; $how->($value, $file);
    open my $in, '<:raw', $file or die; local $/; push @cells, <$in>;
  }
}
print JSON::PP->new->encode([ map { encode_base64($_, '') } @cells ]);`

const THAW = `
use strict; use Storable qw(thaw retrieve); use MIME::Base64; use JSON::PP; use Scalar::Util qw(blessed reftype); use File::Temp qw(tempfile);
sub plain { my ($v) = @_; return $v unless ref $v; my $t = reftype $v; my $c = blessed $v;
  my $p = $t eq 'HASH' ? { map { $_ => plain($v->{$_}) } keys %$v } : $t eq 'ARRAY' ? [ map { plain($_) } @$v ]
    : ($t eq 'SCALAR' || $t eq 'REF') ? [ 'ref', plain($$v) ] : "$t";
  return defined $c ? [ $c, $p ] : $p }
local $/; my $cells = JSON::PP->new->decode(<STDIN>);
print JSON::PP->new->ascii->canonical->allow_nonref->encode([ map {
  my $bytes = decode_base64($_); my $value;
  if ($bytes =~ /^pst0/) { my ($h, $f) = tempfile(UNLINK => 1); binmode $h; print $h $bytes; close $h; $value = retrieve($f) } else { $value = thaw($bytes) }
  plain($value) } @$cells ]);`

describe.skipIf(!present('perl', '-MStorable', '-MJSON::PP', '-e', '1'))('Perl reads', () => {
  test('Storable: memory and files, native and network order, blessed, shared, long, UTF-8', async () => {
    const cells = ask('perl', STORE, null) as string[]
    expect(cells.length).toBe(20)
    const before = ask('perl', THAW, cells)
    const after = ask('perl', THAW, await rewritten(cells, ['perl']))
    expect(after).toEqual(cleared(before))
    expect(JSON.stringify(after)).toContain('[erased]')
  })
})

const ZIP = `
import zipfile, io, base64, json, sys
def run(text, split): return '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">' + text + '</w:t></w:r>'
doc = '<?xml version="1.0"?>\\n<w:document xmlns:w="w"><w:body><w:p>' + ''.join(run(t, 0) for t in ['Dear Mar', 'ta ', 'Zieli\\u0144', 'ska, ', 'marta.k@', 'example.org &amp; co']) + '</w:p>\\n  <w:p>' + run('martak', 0) + '</w:p></w:body></w:document>'
rels = '<Relationships><Relationship Id="1" Target="mailto:marta.k@example.org"/><Relationship Id="2" Target="media/martak.png"/></Relationships>'
class Pipe(io.RawIOBase):
    def __init__(self): self.b = bytearray()
    def writable(self): return True
    def write(self, d): self.b += bytes(d); return len(d)
def build(sink, method):
    z = zipfile.ZipFile(sink, 'w', method)
    z.writestr('[Content_Types].xml', '<Types/>' * 50)
    z.writestr('word/document.xml', doc)
    z.writestr('word/_rels/document.xml.rels', rels)
    z.writestr('word/media/martak.png', b'\\x89PNG\\r\\n\\x1a\\n' + bytes(range(256)) * 4)
    z.writestr('empty/', '')
    z.writestr('notes/Marta Zieli\\u0144ska.txt', 'nothing')
    z.writestr('table.csv', 'Marta,Zieli\\u0144ska\\n')
    inner = io.BytesIO(); zi = zipfile.ZipFile(inner, 'w', zipfile.ZIP_DEFLATED); zi.writestr('a.txt', 'martak'); zi.close()
    z.writestr('inner.zip', inner.getvalue())
    z.comment = b'for martak'
    z.close()
cells = []
for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
    b = io.BytesIO(); build(b, method); cells.append(b.getvalue())
    p = Pipe(); build(p, method); cells.append(bytes(p.b))
    b = io.BytesIO(); b.write(b'#!stub before\\n'); build(b, method); cells.append(b.getvalue())
print(json.dumps([base64.b64encode(c).decode() for c in cells]))`

const UNZIP = `
import zipfile, io, base64, json, sys
def raw(data, i):
    n = int.from_bytes(data[i.header_offset+26:i.header_offset+28], 'little') + int.from_bytes(data[i.header_offset+28:i.header_offset+30], 'little')
    s = i.header_offset + 30 + n
    return base64.b64encode(data[s:s+i.compress_size]).decode()
out = []
for cell in json.load(sys.stdin):
    data = base64.b64decode(cell); z = zipfile.ZipFile(io.BytesIO(data))
    assert z.testzip() is None
    e = [[i.filename, z.read(i).decode('utf8', 'replace') if not i.filename.endswith('.zip') else zipfile.ZipFile(io.BytesIO(z.read(i))).read('a.txt').decode(), raw(data, i), list(i.date_time), i.external_attr] for i in z.infolist()]
    out.append([z.comment.decode(), e])
print(json.dumps(out))`

type Archive = [string, [string, string, string, number[], number][]]

const MAIL = `
import email.policy, email.message, base64, json, sys
cells = []
for cte in ('base64', 'quoted-printable', '8bit'):
    for charset in ('utf-8', 'iso-8859-2'):
        if cte == '8bit' and charset != 'utf-8': continue
        m = email.message.EmailMessage(policy=email.policy.SMTP)
        m['From'] = 'Marta Zieli\\u0144ska <marta.k@example.org>'
        m['To'] = 'Zo\\u00eb Becker <zoe@example.org>, "Zieli\\u0144ska, Marta" <x@example.org>'
        m['Subject'] = 'Za\\u017c\\u00f3\\u0142\\u0107 g\\u0119\\u015bl\\u0105 ja\\u017a\\u0144: a very long subject that must be folded for Marta Zieli\\u0144ska and nobody else at all'
        m['X-Note'] = 'plain'
        m.set_content('Dear Marta Zieli\\u0144ska,\\r\\n\\r\\nyour number +48 601 555 0147 \\u2013 is it right? \\r\\nZa\\u017c\\u00f3\\u0142\\u0107 ' * 5 if charset == 'utf-8' else 'Dear Marta Zieli\\u0144ska,\\r\\nZa\\u017c\\u00f3\\u0142\\u0107 \\r\\n' * 5, cte=cte, charset=charset)
        m.add_alternative('<p>Marta <b>Zieli&nacute;ska</b></p><p>other</p>', subtype='html', cte='base64')
        m.add_attachment(b'a,b\\r\\nmartak,2\\r\\n', maintype='text', subtype='csv', filename='list of Marta Zieli\\u0144ska.csv')
        m.add_attachment(bytes(range(256)), maintype='application', subtype='octet-stream', filename='other.bin')
        outer = email.message.EmailMessage(policy=email.policy.SMTP); outer['Subject'] = 'fwd: martak'; outer.set_content('see below'); outer.add_attachment(m)
        cells += [m.as_bytes(), outer.as_bytes()]
print(json.dumps([base64.b64encode(c).decode() for c in cells]))`

const PARSE = `
import email, email.policy, base64, json, sys
def tell(m):
    if m.get_content_type() == 'message/rfc822': return ['message', tell(m.get_content())]
    heads = [[k, str(v)] for k, v in m.items() if k.lower() not in ('content-type', 'content-transfer-encoding')]
    if m.is_multipart(): return [heads, m.get_content_type(), [tell(p) for p in m.iter_parts()]]
    body = m.get_content()
    return [heads, m.get_content_type(), body if isinstance(body, str) else base64.b64encode(body).decode(), m.get_filename()]
print(json.dumps([tell(email.message_from_bytes(base64.b64decode(c), policy=email.policy.default)) for c in json.load(sys.stdin)]))`

describe.skipIf(!present('python3', '-c', 'import zipfile, email'))('Python reads', () => {
  test('archives and office documents: entries, checksums, untouched bytes', async () => {
    const cells = ask('python3', ZIP, null) as string[]
    const before = ask('python3', UNZIP, cells) as Archive[]
    const after = ask('python3', UNZIP, await rewritten(cells, ['docx'])) as Archive[]
    after.forEach(([comment, entries], index) => {
      expect(comment).toBe('for [erased]')
      const old = before[index]?.[1] ?? []
      expect(entries.map(([name]) => name)).toEqual(old.map(([name]) => REDACTOR.text(name).text))
      const document = entries.find(([name]) => name === 'word/document.xml')?.[1] ?? ''
      expect(document.replace(/<[^>]*>/g, '').trim()).toBe('Dear [erased], [erased] &amp; co\n  [erased]')
      expect(document.replace(/>[^<]*</g, '><')).toBe(old[1]?.[1].replace(/>[^<]*</g, '><'))
      expect(entries[2]?.[1]).toBe(
        '<Relationships><Relationship Id="1" Target="mailto:[erased]"/><Relationship Id="2" Target="media/[erased].png"/></Relationships>',
      )
      expect(entries.find(([name]) => name === 'table.csv')?.[1]).toBe('[erased],\n')
      expect(entries.find(([name]) => name === 'inner.zip')?.[1]).toBe('[erased]')
      for (const [place, kept] of [0, 3, 4, 5].entries()) {
        expect(entries[kept]?.[2], String(place)).toBe(old[kept]?.[2])
      }
      for (const [at, entry] of entries.entries()) expect(entry.slice(3)).toEqual(old[at]?.slice(3))
    })
  })

  test('mail: headers, bodies in three encodings and two character sets, attachments, a message in a message', async () => {
    const cells = ask('python3', MAIL, null) as string[]
    const before = ask('python3', PARSE, cells)
    const after = ask('python3', PARSE, await rewritten(cells, ['mime']))
    const expected = JSON.stringify(cleared(before))
      .replaceAll('[erased] <[erased]>', '\\"[erased]\\" <erased@erased.invalid>')
      .replaceAll('Marta <b>Zieli&nacute;ska</b>', '[erased]<b></b>')
      .replaceAll(
        Buffer.from('a,b\r\nmartak,2\r\n').toString('base64'),
        Buffer.from('a,b\r\n[erased],2\r\n').toString('base64'),
      )
    expect(after).toEqual(JSON.parse(expected))
  })

  test('quoted-printable', async () => {
    const make = `import quopri, base64, json\nprint(json.dumps([base64.b64encode(quopri.encodestring(('Za\\u017c\\u00f3\\u0142\\u0107 =20 ' * n + 'Marta Zieli\\u0144ska, martak = ' + 'x' * n + '\\n').encode())).decode() for n in range(90)]))`
    const read = `import quopri, base64, json, sys\nprint(json.dumps([quopri.decodestring(base64.b64decode(c)).decode() for c in json.load(sys.stdin)]))`
    const cells = ask('python3', make, null) as string[]
    const out = await rewritten(cells, ['quoted-printable'])
    expect(ask('python3', read, out)).toEqual(cleared(ask('python3', read, cells)))
    for (const cell of out) {
      const lines = Buffer.from(cell, 'base64').toString('latin1').split('\n')
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(76)
    }
  })
})
