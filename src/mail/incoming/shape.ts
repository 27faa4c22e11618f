/** What a mail is made of is counted before it is parsed: parsers need memory and time for every line and part. */

// A mail of 25 MB in lines of base64 has 340,000 lines; programs write a few dozen parts.
const mostLines = 400_000
const mostBoundaryLines = 2_000
const mostBrackets = 500_000

/** True where a mail has no more lines, part boundaries and tags than one that people send. One pass over the bytes. */
export function isOrdinary(message: Uint8Array): boolean {
  let lines = 0
  let boundaries = 0
  let brackets = 0
  for (let at = 0; at < message.length; at++) {
    const byte = message[at]
    if (byte === 0x0a) {
      lines++
      if (message[at + 1] === 0x2d && message[at + 2] === 0x2d) boundaries++
    } else if (byte === 0x3c) brackets++
  }
  return lines <= mostLines && boundaries <= mostBoundaryLines && brackets <= mostBrackets
}
