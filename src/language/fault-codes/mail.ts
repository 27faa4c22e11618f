import type { FaultMeaning } from './index.ts'

/** Letters that are sent and mail that is collected. */
export const mailCodes: Readonly<Record<string, FaultMeaning>> = {
  'mail.bad-address': {
    what: 'A letter is addressed to what is no mail address.',
    mend: 'Correct the address in the case, or in the store that it came from.',
  },
  'mail.too-large': {
    what: 'A letter carries more than can be sent, or a mail that came in is larger than is read.',
    mend: 'Offer the files as a download; ask the person for a smaller mail.',
  },
  'mail.malformed': {
    what: 'A mail that came in is not built as people build them; only its header was read.',
    mend: 'Look at it in the folder of unread mails.',
  },
  'mail.dkim-key': {
    what: 'What `dkim.key` names is no private key that letters can be signed with.',
    mend: 'Make one: `openssl genpkey -algorithm ed25519 -out dkim.pem`.',
  },
  'mail.bad-url': {
    what: 'The address of a mail server or mailbox has another form than it may have.',
    mend: '`smtp://HOST:587`, `smtps://HOST:465`, `imap://HOST` or `imaps://HOST`, with `USER:PASSWORD@` before the host.',
  },
  'mail.sign-in': {
    what: 'The mail server did not accept the sign-in.',
    mend: 'Check user and password of `smtp`.',
  },
  'mail.not-encrypted': {
    what: 'The mail server offers no encryption, or its certificate does not hold.',
    mend: 'Use a server with TLS and a valid certificate; `plain: true` only for one of your own net.',
  },
  'mail.unreachable': {
    what: 'The mail server takes no letter now.',
    mend: 'See that it runs, that this machine reaches it, and that it takes mail from the address under `from`.',
  },
  'mail.imap-sign-in': {
    what: 'The mailbox did not accept the sign-in.',
    mend: 'Check user and password of `imap`.',
  },
  'mail.imap-unreachable': {
    what: 'The mailbox cannot be read now.',
    mend: 'See that its server runs, that its certificate holds, and that the folder is there.',
  },
  'mail.listen-open': {
    what: 'Mail would be taken over the network without encryption.',
    mend: 'Give `listen` a certificate and a key, or let it listen on 127.0.0.1.',
  },
  'mail.listen': {
    what: 'The port for incoming mail cannot be listened on.',
    mend: 'See who holds it, or name another one under `listen`.',
  },
  'mail.no-file': {
    what: 'A file with a certificate or key cannot be read.',
    mend: 'Put it where `kept.server.yaml` names it, readable for the account that Kept runs as.',
  },
  'mail.not-configured': {
    what: '`kept.server.yaml` does not say how mail is sent or collected.',
    mend: 'Write `mail:` with `from` and `smtp`, and `imap` to collect (docs/mail.md).',
  },
}
