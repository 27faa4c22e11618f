import { describe, expect, it } from 'vitest'
import { makeSigner, originOf, readNote, readSignedText, readVerifier, signNote, signText } from './note.ts'

// The example of golang.org/x/mod/sumdb/note, the first implementation of signed notes.
const key = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const seed = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1)
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const signed = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`

function signer(name: string) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  return makeSigner(name, `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`)
}

describe('signed notes', () => {
  it('signs the published example to the same bytes under the same key', () => {
    expect(signer('PeterNeumann').key).toBe(key)
    expect(signText(text, signer('PeterNeumann'))).toBe(signed)
  })

  it('reads the published verifier keys', () => {
    for (const published of [
      key,
      'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop',
      'TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6',
    ]) {
      expect(readVerifier(published)?.key).toBe(published)
    }
    expect(readVerifier('PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toBeUndefined()
    expect(readVerifier('remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2')).toBeUndefined()
  })

  it('accepts the published signature and none over another text or by another key', () => {
    const verifier = readVerifier(key)
    if (verifier === undefined) throw new Error('the published key must be readable')
    expect(readSignedText(signed)?.signedBy(verifier)).toBe(true)
    expect(readSignedText(signed.replace('answer', 'Answer'))?.signedBy(verifier)).toBe(false)
    expect(readSignedText(signed)?.signedBy(signer('Somebody'))).toBe(false)
  })

  it('writes and reads a checkpoint', () => {
    const origin = originOf('Larkspur Software + Söhne')
    expect(origin).not.toMatch(/[\s+]/)
    const head = { origin, size: 7, root: Buffer.alloc(32, 5) }
    const note = signNote(head, signer(origin))
    expect(note.split('\n').slice(0, 3)).toEqual([origin, '7', Buffer.alloc(32, 5).toString('base64')])
    expect(readNote(note)?.head).toEqual(head)
    expect(readNote(note)?.signedBy(signer(origin))).toBe(true)
  })

  it('refuses broken forms', () => {
    const head = { origin: 'kept/x', size: 7, root: Buffer.alloc(32, 5) }
    const note = signNote(head, signer('kept/x'))
    for (const broken of [
      '',
      note.slice(0, -1),
      note.replace('\n7\n', '\n07\n'),
      note.replace('BQU=', 'BQV='),
      note.replace('— ', '- '),
    ]) {
      expect(readNote(broken)).toBeUndefined()
    }
  })
})
