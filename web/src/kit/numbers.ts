import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** A number as people write it: `+7 916 123-45-67`. Masked and inner numbers stay as they are. */
export function asPhone(number: string): string {
  if (!/^\+?\d{7,15}$/.test(number)) return number
  const parsed = parsePhoneNumberFromString(number.startsWith('+') ? number : `+${number}`)
  return parsed?.isPossible() ? hyphenated(parsed.formatInternational()) : number
}

/** As Russians write it: `+7 916 123-45-67`. */
const hyphenated = (number: string): string => number.replace(/^(\+7 \d{3} \d{3}) (\d{2}) (\d{2})$/, '$1-$2-$3')
