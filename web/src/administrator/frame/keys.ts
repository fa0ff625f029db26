const LATIN: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p',
  р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
}
const LONGEST = 48
export const KEY = /^[a-z0-9][a-z0-9_-]{0,47}$/

/** A key made from a title: `Анна Петрова` becomes `anna-petrova`; with a number where that is taken. */
export function keyFrom(title: string, taken: ReadonlySet<string>, otherwise: string): string {
  const latin = [...title.toLowerCase().normalize('NFC')].map((c) => LATIN[c] ?? c).join('')
  const plain = latin.normalize('NFD').replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, LONGEST - 3).replace(/-+$/, '')
  return free(plain || otherwise, taken)
}

function free(key: string, taken: ReadonlySet<string>): string {
  if (!taken.has(key)) return key
  let n = 2
  while (taken.has(`${key}-${n}`)) n += 1
  return `${key}-${n}`
}
