import { api, done, type Schemas } from '~/api/client'

export type Contact = Schemas['ListedContact']
export type Import = Schemas['ImportOut']

/** Contacts of one list; every change makes them be asked for again. */
export const contactsKey = (list: string) => ['contacts', list]
const path = (key: string) => ({ params: { path: { key } } })
const one = (key: string, contact: string) => ({ params: { path: { key, contact } } })

export const contacts = {
  page: (key: string, search: string, first: number, most: number) => done(api.GET('/api/contact-lists/{key}/contacts', { params: { path: { key }, query: { search, first, most } } })),
  make: (key: string, body: Schemas['ContactIn']) => done(api.POST('/api/contact-lists/{key}/contacts', { ...path(key), body })),
  put: (key: string, contact: string, body: Schemas['ContactIn']) => done(api.PUT('/api/contact-lists/{key}/contacts/{contact}', { ...one(key, contact), body })),
  erase: (key: string, contact: string) => done(api.DELETE('/api/contact-lists/{key}/contacts/{contact}', one(key, contact))),
  eraseAll: (key: string) => done(api.DELETE('/api/contact-lists/{key}/contacts', path(key))),
  read: (key: string, table: File, columns: readonly string[] | null) => done(api.POST('/api/contact-lists/{key}/contacts/-/read', { ...path(key), ...sent(table, columns) })),
  import: (key: string, table: File, columns: readonly string[]) => done(api.POST('/api/contact-lists/{key}/contacts/-/import', { ...path(key), ...sent(table, columns) })),
}

function sent(table: File, columns: readonly string[] | null) {
  return {
    body: { table: table as unknown as string }, bodySerializer: () => {
      const body = new FormData()
      body.append('table', table)
      if (columns !== null) body.append('columns', JSON.stringify(columns))
      return body
    },
  }
}
