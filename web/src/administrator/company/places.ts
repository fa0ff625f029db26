import { getCountries } from 'libphonenumber-js/min'
import { useMemo } from 'react'
import { useLanguage } from '~/kit/words'

interface Choice {
  value: string
  label: string
}

/** `UTC+3`, `UTC+5:30`: what the clock of a zone shows today. */
function offsetOf(zone: string): string {
  const part = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return part.replace('GMT', 'UTC').replace(/([+-])0(\d)/, '$1$2').replace(':00', '')
}

/** All time zones that this browser knows, and the one that is set. */
export function useZones(now: string | undefined): Choice[] {
  return useMemo(() => {
    const known = Intl.supportedValuesOf('timeZone')
    const all = now && !known.includes(now) ? [now, ...known] : known
    return all.map((zone) => ({ value: zone, label: `${zone.replaceAll('_', ' ')}, ${offsetOf(zone)}` }))
  }, [now])
}

/** All countries that have telephone numbers, by name. */
export function useCountries(): Choice[] {
  const language = useLanguage()
  return useMemo(() => {
    const names = new Intl.DisplayNames([language], { type: 'region' })
    return getCountries().map((code) => ({ value: code, label: names.of(code) ?? code })).sort((a, b) => a.label.localeCompare(b.label, language))
  }, [language])
}
