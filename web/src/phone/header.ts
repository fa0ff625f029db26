/** What our own header in an INVITE says: which call it is, and whether the page takes it by itself. */
export interface Announced {
  call: string | null
  auto: boolean
}

/** Of `X-Switchroom: call=20261124T120000-7f3kq2;answer=auto`. */
export function announced(header: string | undefined): Announced {
  const parts = new Map((header ?? '').split(';').map((part) => part.trim().split('=', 2) as [string, string | undefined]))
  return { call: parts.get('call') || null, auto: parts.get('answer') === 'auto' }
}
