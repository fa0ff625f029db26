import type { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** The table of the world's numbers is half as large as the rest of the desk: it comes when a number is shown first. */
let parse: typeof parsePhoneNumberFromString | undefined
let coming: Promise<void> | undefined

/** Returns once every number is written as in its country. */
export function knowNumbers(): Promise<void> {
  coming ??= import('libphonenumber-js/min').then((library) => void (parse = library.parsePhoneNumberFromString))
  return coming
}

/** A number as people write it: `+7 916 123-45-67`. Masked and inner numbers stay as they are. */
export function asPhone(number: string): string {
  if (!/^\+?\d{7,15}$/.test(number)) return number
  const whole = number.startsWith('+') ? number : `+${number}`
  if (parse === undefined) {
    void knowNumbers()
    return russian(whole.replace(/^(\+7)(\d{3})(\d{3})(\d{2})(\d{2})$/, '$1 $2 $3 $4 $5')) ?? number
  }
  const parsed = parse(whole)
  if (!parsed?.isPossible()) return number
  const written = parsed.formatInternational()
  return russian(written) ?? written
}

/** As Russians write theirs: `+7 916 123-45-67`; undefined for any other. */
function russian(spaced: string): string | undefined {
  const found = /^(\+7 \d{3} \d{3}) (\d{2}) (\d{2})$/.exec(spaced)
  return found ? `${found[1]}-${found[2]}-${found[3]}` : undefined
}
