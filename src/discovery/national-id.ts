/** National numbers whose check digits make chance unlikely; each by its country's own published rule. */

const digits = (text: string): number[] => [...text].map(Number)

const weighted = (text: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * (digits(text)[index] ?? 0), 0)

/** Luhn (ISO/IEC 7812-1): cards, IMEI, Swedish personal numbers. */
export function luhn(number: string): boolean {
  let sum = 0
  for (let index = 0; index < number.length; index++) {
    const digit = Number(number[number.length - 1 - index])
    const twice = digit * 2
    sum += index % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice
  }
  return sum % 10 === 0
}

const isMonthDay = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31

/** Poland: the century stands in the month (+20: 2000s). */
const pesel = (id: string): boolean =>
  /^\d{11}$/.test(id) &&
  isMonthDay(Number(id.slice(2, 4)) % 20, Number(id.slice(4, 6))) &&
  (10 - (weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(id[10])

const dutchBsn = (id: string): boolean =>
  /^\d{9}$/.test(id) && id !== '000000000' && weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0

const spanishId = (id: string): boolean =>
  /^[XYZ\d]\d{7}[A-Z]$/.test(id) &&
  'TRWAGMYFPDXBNJZSQVHLCKE'[Number(id.slice(0, 8).replace('X', '0').replace('Y', '1').replace('Z', '2')) % 23] === id[8]

const italianFiscalCode = (id: string): boolean => /^[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]$/.test(id)

const brazilianCpf = (id: string): boolean => {
  if (!/^\d{11}$/.test(id) || /^(\d)\1+$/.test(id)) return false
  const check = (length: number): number =>
    ((weighted(
      id,
      Array.from({ length }, (_, index) => length + 1 - index),
    ) *
      10) %
      11) %
    10
  return check(9) === Number(id[9]) && check(10) === Number(id[10])
}

const frenchNir = (id: string): boolean =>
  /^[12]\d{14}$/.test(id) && Number(BigInt(id.slice(0, 13)) % 97n) === 97 - Number(id.slice(13))

const britishNino = (id: string): boolean => /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(id)

const americanSsn = (written: string): boolean => /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/.test(written)

/** Whether a value is a national number of Poland, the Netherlands, Spain, Italy, Brazil, France, the United Kingdom or the United States. */
export function isNationalId(written: string): boolean {
  if (written.length < 8 || written.length > 21) return false
  const id = written.replaceAll(/[\s.-]/g, '').toUpperCase()
  return (
    pesel(id) ||
    dutchBsn(id) ||
    spanishId(id) ||
    italianFiscalCode(id) ||
    brazilianCpf(id) ||
    frenchNir(id) ||
    britishNino(id) ||
    americanSsn(written)
  )
}

/** IBAN (ISO 13616): letters as numbers, the whole modulo 97 is 1. */
export function isIban(written: string): boolean {
  const iban = written.replaceAll(' ', '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(iban)) return false
  const turned = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  )
  return BigInt(turned) % 97n === 1n
}

/** A payment card: the ranges of the networks, their lengths and the check digit. */
export function isCard(written: string): boolean {
  if (!/^\d[\d -]{11,22}\d$/.test(written)) return false
  const number = written.replaceAll(/[ -]/g, '')
  return (
    /^(4\d{12}(\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(011|5\d\d)\d{12}|3(0[0-5]|[68]\d)\d{11}|35\d{14})$/.test(
      number,
    ) && luhn(number)
  )
}

export const isImei = (written: string): boolean =>
  /^\d{15}$/.test(written) && !/^(\d)\1+$/.test(written) && luhn(written)
